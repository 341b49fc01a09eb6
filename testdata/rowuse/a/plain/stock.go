package plain

import (
	"context"
	"database/sql"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/plain/stock"
)

var warehousePick = rowuse.Case{
	Name:   "pieces are picked off a shelf",
	Want:   []string{rowuse.ReadModifyWrite},
	Why:    "The quantity is read, lowered in Go and written back without a lock or transaction; two pickers can lose a change.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE stock_items (sku TEXT PRIMARY KEY, name TEXT NOT NULL, on_hand INTEGER NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20) INSERT INTO stock_items SELECT 'SKU-' || i, 'thing ' || i, 10 + i FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		left, err := stock.NewPicker(stock.NewRepository(db)).Pick(ctx, "SKU-7", 3)
		Sink = left
		return err
	},
}
