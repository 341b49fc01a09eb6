package gojet

import (
	"context"
	"database/sql"
	"html/template"
	"net/http"
	"net/http/httptest"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/gojet/lostfound"
)

var lostTmpl = template.Must(template.New("lost").Parse(`<table>{{range .}}<tr><td>{{.ID}}<td>{{.What}}<td>{{.Place}}<td>{{.FoundOn}}</tr>{{end}}</table>`))

func lostPage(d *lostfound.Desk) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		items, err := d.Waiting(r.Context())
		if err == nil {
			err = lostTmpl.Execute(w, items)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
}

var lostItems = rowuse.Case{
	Name:   "page of the things that wait for their owners",
	Want:   []string{rowuse.UnboundedResult},
	Why:    "Everything in the state waiting is printed on one page without a LIMIT.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE lost_items (id INTEGER NOT NULL PRIMARY KEY, what TEXT NOT NULL, place TEXT NOT NULL, found_on TEXT NOT NULL, state TEXT NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1700) INSERT INTO lost_items SELECT i, 'umbrella ' || i, 'line ' || (i % 30), date('2020-01-01', '+' || i || ' days'), CASE WHEN i % 6 = 0 THEN 'returned' ELSE 'waiting' END FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		rec := httptest.NewRecorder()
		lostPage(lostfound.NewDesk(db)).ServeHTTP(rec, httptest.NewRequest("GET", "/lost", nil).WithContext(ctx))
		Sink = rec.Body.Len()
		return statusErr(rec)
	},
}
