package pgxstd

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"time"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/pgxstd/pgq"
)

type posting struct {
	BookedOn time.Time
	Text     string
	Cents    int64
}

type ledger struct{ db pgq.DB }

func (l ledger) month(ctx context.Context, account string, from time.Time) ([]posting, error) {
	const q = `SELECT booked_on, text, cents FROM postings WHERE account = $1 AND booked_on >= $2 AND booked_on < $3 ORDER BY booked_on, id`
	return pgq.All[posting](ctx, l.db, q, account, from, from.AddDate(0, 1, 0))
}

func statement(ctx context.Context, l ledger, w io.Writer, account string, from time.Time) error {
	ps, err := l.month(ctx, account, from)
	if err != nil {
		return err
	}
	var balance int64
	for _, p := range ps {
		balance += p.Cents
		fmt.Fprintf(w, "%s  %-20s %8.2f %10.2f\n", p.BookedOn.Format(time.DateOnly), p.Text, float64(p.Cents)/100, float64(balance)/100)
	}
	_, err = fmt.Fprintf(w, "%d postings, change %.2f\n", len(ps), float64(balance)/100)
	return err
}

var accountStatement = rowuse.Case{
	Name:   "statement of an account with the running balance",
	Why:    "Each posting is printed with the balance after it; the last sum is the same variable.",
	Driver: "pgx",
	Schema: `
CREATE TABLE postings (id bigserial PRIMARY KEY, account text NOT NULL, booked_on date NOT NULL, text text NOT NULL, cents bigint NOT NULL);
INSERT INTO postings (account, booked_on, text, cents) SELECT 'A' || (i % 3), date '2024-03-01' + i % 28, 'posting ' || i, (i * 37) % 101 - 50 FROM generate_series(1, 60) i;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		return statement(ctx, ledger{db}, io.Discard, "A1", time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC))
	},
}
