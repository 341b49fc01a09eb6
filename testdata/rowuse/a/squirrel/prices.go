package squirrel

import (
	"context"
	"database/sql"
	"fmt"
	"io"

	sq "github.com/Masterminds/squirrel"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

type priceRow struct {
	Article string
	Cents   int64
}

type priceList struct{ tx *sql.Tx }

func (p priceList) group(ctx context.Context, group string) ([]priceRow, error) {
	rows, err := sq.Select("article", "cents").From("prices").Where(sq.Eq{"price_group": group}).OrderBy("article").RunWith(p.tx).QueryContext(ctx)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []priceRow
	for rows.Next() {
		var r priceRow
		if err := rows.Scan(&r.Article, &r.Cents); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

func (p priceList) raise(ctx context.Context, group string, percent int) error {
	_, err := sq.Update("prices").Set("cents", sq.Expr("cents + cents * ? / 100", percent)).Where(sq.Eq{"price_group": group}).RunWith(p.tx).ExecContext(ctx)
	return err
}

func raiseReport(ctx context.Context, db *sql.DB, w io.Writer, group string, percent int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	list := priceList{tx}
	before, err := list.group(ctx, group)
	if err != nil {
		return err
	}
	if err := list.raise(ctx, group, percent); err != nil {
		return err
	}
	after, err := list.group(ctx, group)
	if err != nil {
		return err
	}
	for i, b := range before {
		fmt.Fprintf(w, "%s\t%d\t%d\n", b.Article, b.Cents, after[i].Cents)
	}
	return tx.Commit()
}

var priceRaise = rowuse.Case{
	Name:   "prices of a group are raised, with a list of old and new ones",
	Why:    "The SELECT runs again after the UPDATE; both results are printed.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE prices (article TEXT PRIMARY KEY, price_group TEXT NOT NULL, cents INTEGER NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 33) INSERT INTO prices SELECT 'A' || i, 'G' || (i % 3), 1000 + i FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		return raiseReport(ctx, db, io.Discard, "G1", 4)
	},
}
