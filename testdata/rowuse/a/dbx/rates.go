package dbx

import (
	"context"
	"database/sql"
	"io"
	"log"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/dbx/rates"
)

var currencyRates *rates.Cache

var rateCache = rowuse.Case{
	Name:   "exchange rates are loaded into memory",
	Why:    "The rows go into a map kept in a struct; their number is only logged.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE rates (base TEXT NOT NULL, currency TEXT NOT NULL, per_unit REAL NOT NULL, PRIMARY KEY (base, currency));
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40) INSERT INTO rates SELECT CASE i % 2 WHEN 0 THEN 'EUR' ELSE 'NOK' END, 'C' || i, 1 + i / 10.0 FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		currencyRates = rates.NewCache(wrap(db), log.New(io.Discard, "rates ", log.LstdFlags))
		return currencyRates.Refresh(ctx, "EUR")
	},
}
