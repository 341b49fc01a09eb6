package billing

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	sq "github.com/Masterminds/squirrel"
)

// Item is a line of an invoice.
type Item struct {
	Text   string
	Amount int64
}

// Post writes an invoice with its lines.
func (l *Ledger) Post(ctx context.Context, customer string, items []Item) (int64, error) {
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer tx.Rollback()
	b := l.sql.RunWith(tx)
	var total, id int64
	for _, it := range items {
		total += it.Amount
	}
	err = b.Insert("invoices").Columns("customer", "state", "total").Values(customer, "open", total).
		Suffix("RETURNING id").QueryRowContext(ctx).Scan(&id)
	if err != nil {
		return 0, err
	}
	for pos, it := range items { // want loop: row-by-row-insert
		_, err := b.Insert("items").Columns("invoice", "pos", "text", "amount").Values(id, pos, it.Text, it.Amount).ExecContext(ctx)
		if err != nil {
			return 0, err
		}
	}
	return id, tx.Commit()
}

// Amend adds lines to an invoice.
func (l *Ledger) Amend(ctx context.Context, invoice int64, items []Item) error {
	b := l.sql.Insert("items").Columns("invoice", "pos", "text", "amount")
	for pos, it := range items {
		b = b.Values(invoice, pos, it.Text, it.Amount)
	}
	_, err := b.ExecContext(ctx)
	return err
}

// Quote computes the price of an offer.
func (l *Ledger) Quote(country string, net int64) (string, error) {
	gross, err := l.gross(country, net)
	if err != nil {
		return "", err
	}
	shipping, err := l.shipping(country)
	if err != nil {
		return "", err
	}
	hint, err := l.hint(country)
	return fmt.Sprintf("%.2f + %.2f (%s)", gross, shipping, hint), err
}

func (l *Ledger) gross(country string, net int64) (float64, error) {
	rate, err := l.Rate(country)
	return float64(net) * (1 + rate), err
}

func (l *Ledger) shipping(country string) (float64, error) {
	rate, err := l.Rate(country)
	return 490 * (1 + rate), err
}

func (l *Ledger) hint(country string) (string, error) {
	rate, err := l.Rate(country)
	return fmt.Sprintf("tax %.0f%%", rate*100), err
}

// Settle spreads a payment over the open invoices of a customer, oldest first, until it is used up.
func (l *Ledger) Settle(ctx context.Context, customer string, amount int64) (int64, error) {
	open, err := l.Invoices(ctx, sq.Eq{"customer": customer, "state": "open"})
	if err != nil {
		return amount, err
	}
	for _, i := range open {
		if i.Total > amount {
			break
		}
		_, err := l.sql.Update("invoices").Set("state", "paid").Where(sq.Eq{"id": i.ID}).ExecContext(ctx)
		if err != nil {
			return amount, err
		}
		amount -= i.Total
	}
	return amount, nil
}

// Change is what an import says about an invoice.
type Change struct {
	ID  int64
	Set map[string]any
}

// Correct applies changes that are different in kind.
func (l *Ledger) Correct(list []Change) error {
	for _, c := range list {
		if _, err := l.sql.Update("invoices").SetMap(c.Set).Where(sq.Eq{"id": c.ID}).Exec(); err != nil {
			return err
		}
	}
	return nil
}

// Number gives an invoice a free number of its year. The hint may be stale, as other clerks take numbers too.
func (l *Ledger) Number(ctx context.Context, invoice int64, year, hint int) (int, error) {
	for n := hint + 1; n < hint+20; n++ {
		_, err := l.sql.Insert("numbers").Columns("year", "number", "invoice").Values(year, n, invoice).ExecContext(ctx)
		if isTaken(err) {
			continue
		}
		return n, err
	}
	return 0, errors.New("no number")
}

// Mark sets the state of all invoices of some customers and gives back which ones.
func (l *Ledger) Mark(ctx context.Context, customers []string, state string) (ids []int64, err error) {
	rows, err := l.sql.Update("invoices").Set("state", state).Where(sq.Eq{"customer": customers}).Suffix("RETURNING id").QueryContext(ctx)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// Run makes the invoice of the month for each customer, each in a transaction of its own.
func (l *Ledger) Run(ctx context.Context, list []Customer) error {
	for _, c := range list {
		if err := l.runOne(ctx, c); err != nil {
			return fmt.Errorf("customer %s: %w", c.No, err)
		}
	}
	return nil
}

func (l *Ledger) runOne(ctx context.Context, c Customer) error {
	tx, err := l.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead})
	if err != nil {
		return err
	}
	defer tx.Rollback()
	b := l.sql.RunWith(tx)
	var sum sql.NullInt64
	err = b.Select("sum(total)").From("invoices").Where(sq.Eq{"customer": c.No, "state": "open"}).QueryRowContext(ctx).Scan(&sum)
	if err != nil {
		return err
	}
	_, err = b.Insert("invoices").Columns("customer", "state", "total").Values(c.No, "fee", 100+sum.Int64/50).ExecContext(ctx)
	if err != nil {
		return err
	}
	return tx.Commit()
}
