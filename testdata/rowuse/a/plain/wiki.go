package plain

import (
	"context"
	"database/sql"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/plain/wiki"
)

var wikiRename = rowuse.Case{
	Name:   "note is appended to a wiki page",
	Why:    "The write checks the version that was read and is tried again on a conflict: no change is lost.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE wiki_pages (slug TEXT PRIMARY KEY, text TEXT NOT NULL, edits INTEGER NOT NULL, version INTEGER NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 15) INSERT INTO wiki_pages SELECT 'page-' || i, 'Text of page ' || i, i, 1 FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		return wiki.AppendNote(ctx, wiki.Pages{DB: db}, "page-3", "See also page-4.")
	},
}
