package sqlc

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/sqlc/bankdb"
)

var errOverdrawn = errors.New("overdraft limit reached")

type bank struct {
	db *sql.DB
	q  *bankdb.Queries
}

func (b *bank) inTx(ctx context.Context, f func(q *bankdb.Queries) error) error {
	tx, err := b.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := f(b.q.WithTx(tx)); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

func (b *bank) withdraw(ctx context.Context, iban string, cents int64) (note string, err error) {
	err = b.inTx(ctx, func(q *bankdb.Queries) error {
		acc, err := q.GetAccountForUpdate(ctx, iban)
		if err != nil {
			return err
		}
		rest := acc.Cents - cents
		if rest < -acc.Overdraft {
			return errOverdrawn
		}
		if err := q.UpdateBalance(ctx, bankdb.UpdateBalanceParams{Iban: acc.Iban, Cents: rest}); err != nil {
			return err
		}
		note = fmt.Sprintf("%s: %d", acc.Owner, rest)
		return q.CreateEntry(ctx, bankdb.CreateEntryParams{Iban: iban, Cents: -cents, Text: "cash"})
	})
	return note, err
}

var bankWithdraw = rowuse.Case{
	Name:   "cash is drawn from an account",
	Why:    "The row is read FOR UPDATE in the transaction that writes it.",
	Driver: "pgx",
	Schema: `
CREATE TABLE accounts (iban text PRIMARY KEY, owner text NOT NULL, cents bigint NOT NULL, overdraft bigint NOT NULL);
CREATE TABLE entries (id bigserial PRIMARY KEY, iban text NOT NULL, cents bigint NOT NULL, text text NOT NULL);
INSERT INTO accounts SELECT 'NO' || i, 'Owner ' || i, 1000 * i, 500 FROM generate_series(1, 20) i;
`,
	Run: func(ctx context.Context, db *sql.DB) (err error) {
		Sink, err = (&bank{db, bankdb.New(db)}).withdraw(ctx, "NO5", 1200)
		return err
	},
}
