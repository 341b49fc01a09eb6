package sqlx

import (
	"context"
	"database/sql"
	"net/http/httptest"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/sqlx/podcasts"
)

var podcastDirectory = rowuse.Case{
	Name:   "directory of all published podcasts as JSON",
	Want:   []string{rowuse.UnboundedResult},
	Why:    "Every published podcast is returned in one response; the condition is a flag and there is no LIMIT.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE podcasts (id INTEGER PRIMARY KEY, title TEXT NOT NULL, feed_url TEXT NOT NULL, lang TEXT NOT NULL, published INTEGER NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500) INSERT INTO podcasts SELECT i, 'Podcast ' || i, 'https://feed.example/' || i, 'en', i % 10 <> 0 FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		rec := httptest.NewRecorder()
		podcasts.Directory{Repo: podcasts.NewRepository(wrap(db))}.ServeHTTP(rec, httptest.NewRequest("GET", "/podcasts", nil).WithContext(ctx))
		Sink = rec.Body.Len()
		return statusErr(rec)
	},
}
