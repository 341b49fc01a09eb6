package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// An output prints results as they are measured.
type output interface {
	ratios([]ratio) error
	sizes([]size) error
}

// lines writes one JSON object a line.
type lines struct{ w io.Writer }

func (l lines) ratios(all []ratio) error { return encode(l.w, all) }

func (l lines) sizes(all []size) error { return encode(l.w, all) }

func encode[T any](w io.Writer, all []T) error {
	e := json.NewEncoder(w)
	for _, one := range all {
		if err := e.Encode(one); err != nil {
			return err
		}
	}
	return nil
}

// table writes text.
type table struct{ w io.Writer }

func (t table) ratios(all []ratio) error {
	var b strings.Builder
	row(&b, "%-6s  %-18s  %-23s  %8s  %5s  %7s  %s", "driver", "workload", "subject", "ns", "ratio", "allocs", "budget")
	for i, r := range all {
		if i > 0 && r.Workload != all[i-1].Workload {
			row(&b, "")
		}
		row(&b, "%-6s  %-18s  %-23s  %8.0f  %5.2f  %7.2f  %s",
			r.Driver, r.Workload, r.Subject, r.nanoseconds, r.Ratio, r.Allocs, marked(r.budget.String(), r.missed()))
	}
	row(&b, "")
	_, err := io.WriteString(t.w, b.String())
	return err
}

func (t table) sizes(all []size) error {
	var b strings.Builder
	row(&b, "%-40s  %10s  %s", "scope", "bytes", "budget")
	for _, s := range all {
		row(&b, "%-40s  %10d  %s", s.Scope, s.Bytes, marked(fmt.Sprintf("≤ %d", s.Budget), s.missed()))
	}
	_, err := io.WriteString(t.w, b.String())
	return err
}

// row writes one line without the spaces that padding leaves at its end.
func row(b *strings.Builder, format string, args ...any) {
	b.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " ") + "\n")
}

func marked(budget string, missed bool) string {
	if missed {
		return budget + "  missed"
	}
	return budget
}
