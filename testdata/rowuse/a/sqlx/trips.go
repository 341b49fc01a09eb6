package sqlx

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/sqlx/trips"
)

var tripExpenses = rowuse.Case{
	Name:   "share of a trip's budget that is used",
	Want:   []string{rowuse.AggregateInApp},
	Why:    "The expenses are fetched only to be summed: SUM(cents).",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE expenses (id INTEGER PRIMARY KEY, trip_id INTEGER NOT NULL, cents INTEGER NOT NULL, category TEXT NOT NULL, spent_on DATE NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50) INSERT INTO expenses SELECT i, i % 3, 100 * i, 'meal', '2024-04-01' FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		pct, err := trips.Budget{Limit: 250000}.Used(ctx, trips.ExpenseStore{DB: wrap(db)}, 2)
		Sink = fmt.Sprintf("%.1f %%", pct)
		return err
	},
}
