package squirrel

import (
	"context"
	"database/sql"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/squirrel/brewery"
)

var breweryTap = rowuse.Case{
	Name:   "keg is put on a free tap",
	Why:    "The check is SELECT EXISTS.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE kegs (id INTEGER PRIMARY KEY, tap INTEGER NOT NULL, beer TEXT NOT NULL, empty INTEGER NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30) INSERT INTO kegs SELECT i, i % 10, 'Beer ' || i, i < 25 FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		return brewery.Open(db).Tap(ctx, 2, "Porter")
	},
}
