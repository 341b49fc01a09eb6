package gojet

import (
	"context"
	"database/sql"
	"errors"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/gojet/suppliers"
)

var supplierBlock = rowuse.Case{
	Name:   "supplier is blocked unless deliveries are due",
	Want:   []string{rowuse.FetchToExist},
	Why:    "The deliveries are fetched only to see whether there is one. None is due in this run.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE suppliers (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, blocked BOOLEAN NOT NULL);
CREATE TABLE deliveries (id INTEGER NOT NULL PRIMARY KEY, supplier_id INTEGER NOT NULL, due TEXT NOT NULL, pallets INTEGER NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12) INSERT INTO suppliers SELECT i, 'Supplier ' || i, 0 FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60) INSERT INTO deliveries SELECT i, 1 + i % 4, date('2024-01-01', '+' || i || ' days'), i % 9 FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		err := suppliers.NewRepo(db).Block(ctx, 9, "2024-01-20")
		Sink = err
		if errors.Is(err, suppliers.ErrDeliveriesDue) {
			return nil
		}
		return err
	},
}
