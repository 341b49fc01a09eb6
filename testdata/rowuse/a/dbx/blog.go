package dbx

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/dbx/blog"
)

func teaserHandler(l *blog.Loader) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		a, err := l.Article(r.Context(), 3)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		fmt.Fprintf(w, "<a href=/a/%d><h4>%s</h4></a><p>%s</p><small>%d comments</small>", a.ID, a.Title, a.Teaser, len(a.Comments))
	}
}

var blogTeaser = rowuse.Case{
	Name:   "teaser of an article says how many comments it has",
	Want:   []string{rowuse.FetchToCount},
	Why:    "The comments, and their readers beside them, are loaded; the teaser only takes len.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE articles (id INTEGER PRIMARY KEY, title TEXT NOT NULL, teaser TEXT NOT NULL);
CREATE TABLE readers (id INTEGER PRIMARY KEY, nick TEXT NOT NULL);
CREATE TABLE comments (id INTEGER PRIMARY KEY, article_id INTEGER NOT NULL, reader_id INTEGER NOT NULL, text TEXT NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12) INSERT INTO articles SELECT i, 'Article ' || i, 'Teaser' FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12) INSERT INTO readers SELECT i, 'nick' || i FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60) INSERT INTO comments SELECT i, 1 + i % 4, 1 + i % 12, 'text ' || i FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		rec := httptest.NewRecorder()
		teaserHandler(blog.NewLoader(wrap(db)))(rec, httptest.NewRequest("GET", "/teaser/3", nil).WithContext(ctx))
		Sink = rec.Body.String()
		return statusErr(rec)
	},
}
