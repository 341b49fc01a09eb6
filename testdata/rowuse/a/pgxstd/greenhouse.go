package pgxstd

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/pgxstd/pgq"
)

type greenhouse struct{ db *sql.DB }

// lockBench holds the bench against other movers until the end of the transaction.
func lockBench(ctx context.Context, tx *sql.Tx, bench int64) error {
	_, err := pgq.One[int64](ctx, tx, `SELECT id FROM benches WHERE id = $1 FOR UPDATE`, bench)
	if errors.Is(err, pgq.ErrNone) {
		return fmt.Errorf("no bench %d", bench)
	}
	return err
}

func usedPlaces(ctx context.Context, tx *sql.Tx, bench int64) (int, error) {
	return pgq.One[int](ctx, tx, `SELECT count(*)::int FROM pots WHERE bench_id = $1`, bench)
}

func (g greenhouse) move(ctx context.Context, pot, bench int64) (msg string, err error) {
	err = pgq.InTx(ctx, g.db, func(tx *sql.Tx) error {
		if err := lockBench(ctx, tx, bench); err != nil {
			return err
		}
		n, err := usedPlaces(ctx, tx, bench)
		if err != nil {
			return err
		}
		if n >= 20 {
			return fmt.Errorf("bench %d is full: %d pots", bench, n)
		}
		if _, err := pgq.Exec(ctx, tx, `UPDATE pots SET bench_id = $2 WHERE id = $1`, pot, bench); err != nil {
			return err
		}
		if _, err := pgq.Exec(ctx, tx, `UPDATE benches SET touched_at = now() WHERE id = $1`, bench); err != nil {
			return err
		}
		msg = fmt.Sprintf("place %d", n+1)
		return nil
	})
	return msg, err
}

var greenhouseMove = rowuse.Case{
	Name:   "pot is moved to another bench",
	Why:    "The bench's row is selected to lock it before its pots are counted.",
	Driver: "pgx",
	Schema: `
CREATE TABLE benches (id bigint PRIMARY KEY, name text NOT NULL, touched_at timestamptz);
CREATE TABLE pots (id bigint PRIMARY KEY, bench_id bigint NOT NULL, plant text NOT NULL);
INSERT INTO benches (id, name) SELECT i, 'Bench ' || i FROM generate_series(1, 12) i;
INSERT INTO pots SELECT i, 1 + i % 4, 'Plant ' || i FROM generate_series(1, 40) i;
`,
	Run: func(ctx context.Context, db *sql.DB) (err error) {
		Sink, err = greenhouse{db}.move(ctx, 7, 3)
		return err
	},
}
