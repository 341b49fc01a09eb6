package pgxstd

import (
	"context"
	"database/sql"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/pgxstd/turnstile"
)

var turnstileNumber = rowuse.Case{
	Name:   "people pass a turnstile",
	Why:    "Read and write are under one Go mutex, and the process is the row's only writer.",
	Driver: "pgx",
	Schema: `
CREATE TABLE gates (code text PRIMARY KEY, stand text NOT NULL, passed int NOT NULL);
INSERT INTO gates SELECT 'G' || i, 'north', 100 * i FROM generate_series(1, 12) i;
`,
	Run: func(ctx context.Context, db *sql.DB) (err error) {
		Sink, err = turnstile.NewGate(db, "G4").Pass(ctx, 2)
		return err
	},
}
