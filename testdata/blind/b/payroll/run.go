package payroll

import (
	"context"
	"fmt"

	"xorm.io/xorm"
)

// Run makes the payslips of a period.
type Run struct {
	engine *xorm.Engine
	period string
}

func (r *Run) minutes(ctx context.Context, e *Employee) (total int, err error) {
	var sheets []Timesheet
	if err := r.engine.Context(ctx).Where("employee_id = ?", e.ID).Asc("day").Find(&sheets); err != nil {
		return 0, err
	}
	for _, s := range sheets {
		total += s.Minutes
	}
	return total, nil
}

// Preview says what each employee would get.
func (r *Run) Preview(ctx context.Context) (map[string]int64, error) {
	var staff []*Employee
	if err := r.engine.Context(ctx).Asc("name").Find(&staff); err != nil {
		return nil, err
	}
	gross := make(map[string]int64, len(staff))
	for _, e := range staff { // want loop: n-plus-one
		m, err := r.minutes(ctx, e)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Badge, err)
		}
		gross[e.Badge] = e.SalaryCents * int64(m) / 9600
	}
	return gross, nil
}

// Close makes the payslips that are not there yet.
func (r *Run) Close() (int64, error) {
	var staff []Employee
	if err := r.engine.Where("salary_cents > ?", 0).Find(&staff); err != nil {
		return 0, err
	}
	var slips []*Payslip
	for _, e := range staff { // want loop: n-plus-one
		done, err := r.engine.Exist(&Payslip{EmployeeID: e.ID, Period: r.period})
		if err != nil {
			return 0, err
		}
		if !done {
			slips = append(slips, &Payslip{EmployeeID: e.ID, Period: r.period, GrossCents: e.SalaryCents})
		}
	}
	return r.engine.Insert(&slips)
}

// CloseInBlocks makes the payslips of everybody, some at a time.
func (r *Run) CloseInBlocks(ctx context.Context, size int) (total int64, err error) {
	sess := r.engine.NewSession().Context(ctx)
	defer sess.Close()
	if err := sess.Begin(); err != nil {
		return 0, err
	}
	var staff []Employee
	if err := sess.Find(&staff); err != nil {
		return 0, err
	}
	block := make([]Payslip, 0, size)
	flush := func() error {
		if len(block) == 0 {
			return nil
		}
		n, err := sess.Insert(&block)
		total += n
		block = block[:0]
		return err
	}
	for _, e := range staff {
		block = append(block, Payslip{EmployeeID: e.ID, Period: r.period, GrossCents: e.SalaryCents})
		if len(block) == size {
			if err := flush(); err != nil {
				return total, err
			}
		}
	}
	if err := flush(); err != nil {
		return total, err
	}
	return total, sess.Commit()
}

// Net subtracts the income tax.
func (r *Run) Net(ctx context.Context, year int) (map[int64]int64, error) {
	var staff []Employee
	if err := r.engine.Context(ctx).Find(&staff); err != nil {
		return nil, err
	}
	net := map[int64]int64{}
	for _, e := range staff { // want loop: duplicate-query n-plus-one
		brackets, err := r.brackets(ctx, year)
		if err != nil {
			return nil, err
		}
		net[e.ID] = e.SalaryCents - tax(brackets, e.SalaryCents)
	}
	return net, nil
}

func (r *Run) brackets(ctx context.Context, year int) (list []Bracket, err error) {
	err = r.engine.Context(ctx).Where("year = ?", year).Desc("from_cents").Find(&list)
	return list, err
}

func tax(brackets []Bracket, cents int64) (sum int64) {
	for _, b := range brackets {
		if cents > b.From {
			sum += (cents - b.From) * int64(b.Percent) / 100
			cents = b.From
		}
	}
	return sum
}
