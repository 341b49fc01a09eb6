package xorm

import (
	"context"
	"encoding/csv"
	"io"
	"strconv"

	"xorm.io/xorm"
)

type Payslip struct {
	Id       int64
	Employer int64
	Worker   string
	Month    string
	Gross    int64
	Net      int64
}

type payslipExport struct {
	engine *xorm.Engine
	out    *csv.Writer
}

func (e *payslipExport) row(_ int, bean any) error {
	p := bean.(*Payslip)
	n := func(i int64) string { return strconv.FormatInt(i, 10) }
	return e.out.Write([]string{n(p.Id), n(p.Employer), p.Worker, p.Month, n(p.Gross), n(p.Net)})
}

func (e *payslipExport) run(ctx context.Context, employer int64) error {
	err := e.engine.Context(ctx).Where("employer = ?", employer).OrderBy("id").Iterate(new(Payslip), e.row)
	if err != nil {
		return err
	}
	e.out.Flush()
	return e.out.Error()
}

func exportPayslips(ctx context.Context, engine *xorm.Engine, w io.Writer, employer int64) error {
	return (&payslipExport{engine, csv.NewWriter(w)}).run(ctx, employer)
}
