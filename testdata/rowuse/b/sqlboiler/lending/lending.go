// Package lending lends the books of a library.
package lending

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/aarondl/sqlboiler/v4/boil"

	"github.com/nplusgone/nplusgone/testdata/rowuse/b/sqlboiler/models"
)

type Desk struct{ DB *sql.DB }

func (d *Desk) borrower(ctx context.Context, l *models.Loan) (*models.Borrower, error) {
	return l.Borrower().One(ctx, d.DB) // want: redundant-key-lookup
}

func (d *Desk) out(ctx context.Context, borrower int64) (int64, error) {
	return models.Loans(
		models.LoanWhere.BorrowerID.EQ(borrower),
		models.LoanWhere.Returned.EQ(false),
	).Count(ctx, d.DB)
}

// Slip is what is printed at the desk for a loan.
func (d *Desk) Slip(ctx context.Context, loan int64) (string, error) {
	l, err := models.FindLoan(ctx, d.DB, loan)
	if err != nil {
		return "", err
	}
	b, err := d.borrower(ctx, l)
	if err != nil {
		return "", err
	}
	n, err := d.out(ctx, b.ID)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s, due %s (%d out)", l.Title, l.Due, n), nil
}

// Calendar knows on which days the library is open.
type Calendar struct{ Holidays map[string]bool }

func (c Calendar) open(day time.Time) bool {
	return day.Weekday() != time.Sunday && !c.Holidays[day.Format("01-02")]
}

// After is the n-th open day after a day.
func (c Calendar) After(day string, n int) (string, error) {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return "", err
	}
	for n > 0 {
		t = t.AddDate(0, 0, 1)
		if c.open(t) {
			n--
		}
	}
	return t.Format(time.DateOnly), nil
}

// Extend gives the borrower of a loan some more open days.
func (d *Desk) Extend(ctx context.Context, c Calendar, loan int64, days int) (*models.Loan, error) {
	l, err := models.FindLoan(ctx, d.DB, loan)
	if err != nil {
		return nil, err
	}
	if l.Due, err = c.After(l.Due, days); err != nil {
		return nil, err
	}
	_, err = l.Update(ctx, d.DB, boil.Whitelist(models.LoanColumns.Due))
	return l, err
}
