package billing

import (
	"context"
	"fmt"
	"strings"

	sq "github.com/Masterminds/squirrel"
)

type debts interface {
	Debt(ctx context.Context, customer string) (int64, error)
}

// Letter is a reminder.
type Letter struct {
	To     string
	Amount int64
}

func letters(ctx context.Context, list []Customer, d debts) ([]Letter, error) {
	var out []Letter
	for _, c := range list { // want loop: n-plus-one
		amount, err := d.Debt(ctx, c.No)
		if err != nil {
			return nil, err
		}
		if amount > 0 {
			out = append(out, Letter{To: c.Name, Amount: amount})
		}
	}
	return out, nil
}

// DebtLetters makes the letters to those who owe something.
func (l *Ledger) DebtLetters(ctx context.Context, list []Customer) ([]Letter, error) {
	names := map[string]string{}
	var nos []string
	for _, c := range list {
		names[c.No] = c.Name
		nos = append(nos, c.No)
	}
	rows, err := l.sql.Select("customer", "sum(total)").From("invoices").
		Where(sq.Eq{"customer": nos}).Where(sq.NotEq{"state": "paid"}).GroupBy("customer").QueryContext(ctx)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Letter
	for rows.Next() {
		var no string
		var letter Letter
		if err := rows.Scan(&no, &letter.Amount); err != nil {
			return nil, err
		}
		letter.To = names[no]
		out = append(out, letter)
	}
	return out, rows.Err()
}

// Dossier counts the invoices of customers.
func (l *Ledger) Dossier(ctx context.Context, list []Customer) (map[string]int, error) {
	count := map[string]int{}
	for from, to := 0, 0; from < len(list); from = to {
		to = min(from+6, len(list))
		var nos []string
		for _, c := range list[from:to] {
			nos = append(nos, c.No)
		}
		invoices, err := l.Invoices(ctx, sq.Eq{"customer": nos})
		if err != nil {
			return nil, err
		}
		for _, i := range invoices {
			count[i.Customer]++
		}
	}
	return count, nil
}

// Report has parts that are computed when it is printed.
type Report struct {
	parts []func(ctx context.Context) (string, error)
}

// Print computes the parts.
func (r *Report) Print(ctx context.Context) (string, error) {
	var out []string
	for _, part := range r.parts { // want loop: n-plus-one
		s, err := part(ctx)
		if err != nil {
			return "", err
		}
		out = append(out, s)
	}
	return strings.Join(out, "\n"), nil
}

// Statements puts a part for each customer into a report.
func (l *Ledger) Statements(list []Customer) *Report {
	r := &Report{}
	for _, c := range list { // also loop: n-plus-one
		r.parts = append(r.parts, func(ctx context.Context) (string, error) {
			open, err := l.Invoices(ctx, sq.Eq{"customer": []string{c.No}, "state": "open"})
			return fmt.Sprintf("%s: %d open", c.Name, len(open)), err
		})
	}
	return r
}

// Holding goes down from a company to all that belong to it.
func (l *Ledger) Holding(ctx context.Context, top string) ([]string, error) {
	var all []string
	queue := []string{top}
	for len(queue) > 0 { // want loop: n-plus-one // also loop: recursive-query
		no := queue[0]
		queue = queue[1:]
		all = append(all, no)
		below, err := l.Customers(ctx, sq.Eq{"parent": no})
		if err != nil {
			return nil, err
		}
		for _, c := range below {
			queue = append(queue, c.No)
		}
	}
	return all, nil
}

// Journal prints the newest lines of the journal.
func (l *Ledger) Journal(ctx context.Context, n uint64) ([]string, error) {
	rows, err := l.sql.Select("kind", "subject").From("journal").OrderBy("id DESC").Limit(n).QueryContext(ctx)
	if err != nil {
		return nil, err
	}
	type entry struct {
		kind    string
		subject int64
	}
	var entries []entry
	for rows.Next() {
		var e entry
		if err := rows.Scan(&e.kind, &e.subject); err != nil {
			rows.Close()
			return nil, err
		}
		entries = append(entries, e)
	}
	if err := rows.Close(); err != nil {
		return nil, err
	}
	var out []string
	for _, e := range entries { // want loop: n-plus-one
		name, err := l.Name(ctx, e.kind, e.subject)
		if err != nil {
			return nil, err
		}
		out = append(out, e.kind+" "+name)
	}
	return out, nil
}

// Newest follows an invoice that has been replaced to the one that is valid.
func (l *Ledger) Newest(ctx context.Context, id int64) (Invoice, error) {
	for {
		list, err := l.Invoices(ctx, sq.Eq{"id": id})
		if err != nil {
			return Invoice{}, err
		}
		if len(list) != 1 {
			return Invoice{}, fmt.Errorf("no invoice %d", id)
		}
		if !list[0].Next.Valid {
			return list[0], nil
		}
		id = list[0].Next.Int64
	}
}

// Desk is the first page of the accountant: one figure each out of four tables.
func (l *Ledger) Desk(ctx context.Context) (map[string]int64, error) {
	desk := map[string]int64{}
	for _, table := range [...]string{"customers", "invoices", "payments", "journal"} {
		var n int64
		if err := l.sql.Select("count(*)").From(table).QueryRowContext(ctx).Scan(&n); err != nil {
			return nil, err
		}
		desk[table] = n
	}
	return desk, nil
}
