package gojet

import (
	"context"
	"database/sql"
	"fmt"
	"io"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/gojet/bar"
)

func printPrices(ctx context.Context, w io.Writer, m bar.Menu, menu int64) error {
	drinks, err := m.Cocktails(ctx, menu)
	if err != nil {
		return err
	}
	for i := range drinks {
		d := &drinks[i]
		if _, err := fmt.Fprintf(w, "%-24s %3d.%02d\n", d.Name, d.Cents/100, d.Cents%100); err != nil {
			return err
		}
	}
	return nil
}

var cocktailPrices = rowuse.Case{
	Name:   "price list of a bar's menu",
	Want:   []string{rowuse.UnusedColumns},
	Why:    "AllColumns reads method, history and picture; name and price are printed.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE cocktails (id INTEGER NOT NULL PRIMARY KEY, menu_id INTEGER NOT NULL, name TEXT NOT NULL, method TEXT NOT NULL, history TEXT NOT NULL, picture BLOB NOT NULL, cents INTEGER NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 42) INSERT INTO cocktails SELECT i, i % 3, 'Cocktail ' || i, printf('%.*c', 800, 'm'), printf('%.*c', 3000, 'h'), randomblob(6000), 1100 + i FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		return printPrices(ctx, io.Discard, bar.Menu{DB: db}, 2)
	},
}
