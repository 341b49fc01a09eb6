package billing

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	sq "github.com/Masterminds/squirrel"
	"github.com/jackc/pgx/v5/pgconn"
)

// Customer is who gets invoices.
type Customer struct {
	No      string
	Name    string
	Country string
	Parent  sql.NullString
}

// Invoice is an invoice without its lines.
type Invoice struct {
	ID       int64
	Customer string
	State    string
	Total    int64
	Next     sql.NullInt64
}

// Ledger reads and writes the books.
type Ledger struct {
	sql sq.StatementBuilderType
	db  *sql.DB
}

func ledger(db *sql.DB) *Ledger {
	return &Ledger{sql: sq.StatementBuilder.PlaceholderFormat(sq.Dollar).RunWith(db), db: db}
}

// Customers lists the customers that a condition fits.
func (l *Ledger) Customers(ctx context.Context, where any) ([]Customer, error) {
	rows, err := l.sql.Select("no", "name", "country", "parent").From("customers").Where(where).OrderBy("no").QueryContext(ctx)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Customer
	for rows.Next() {
		var c Customer
		if err := rows.Scan(&c.No, &c.Name, &c.Country, &c.Parent); err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, rows.Err()
}

// Invoices lists the invoices that a condition fits.
func (l *Ledger) Invoices(ctx context.Context, where any) ([]Invoice, error) {
	rows, err := l.sql.Select("id", "customer", "state", "total", "next").From("invoices").Where(where).OrderBy("id").QueryContext(ctx)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Invoice
	for rows.Next() {
		var i Invoice
		if err := rows.Scan(&i.ID, &i.Customer, &i.State, &i.Total, &i.Next); err != nil {
			return nil, err
		}
		list = append(list, i)
	}
	return list, rows.Err()
}

// Debt is what a customer has not paid yet.
func (l *Ledger) Debt(ctx context.Context, customer string) (int64, error) {
	var sum int64
	err := l.sql.Select("coalesce(sum(total), 0)").From("invoices").
		Where(sq.And{sq.Eq{"customer": customer}, sq.NotEq{"state": "paid"}}).
		QueryRowContext(ctx).Scan(&sum)
	return sum, err
}

// Rate is the tax rate of a country.
func (l *Ledger) Rate(country string) (float64, error) {
	var rate float64
	err := l.sql.Select("rate").From("taxes").Where(sq.Eq{"country": country}).QueryRow().Scan(&rate) // want loop: duplicate-query
	return rate, err
}

// Name loads what a line of the journal is about.
func (l *Ledger) Name(ctx context.Context, kind string, id int64) (name string, err error) {
	switch kind {
	case "invoice":
		err = l.sql.Select("customer || ' ' || state").From("invoices").Where(sq.Eq{"id": id}).QueryRowContext(ctx).Scan(&name)
	case "payment":
		err = l.sql.Select("method").From("payments").Where(sq.Eq{"id": id}).QueryRowContext(ctx).Scan(&name)
	default:
		err = fmt.Errorf("unknown kind %q", kind)
	}
	return name, err
}

func isTaken(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == "23505"
}
