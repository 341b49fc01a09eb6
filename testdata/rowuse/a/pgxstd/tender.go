package pgxstd

import (
	"context"
	"database/sql"
	"encoding/json"
	"net/http"
	"net/http/httptest"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/pgxstd/tender"
)

func handle[T any](load func(ctx context.Context) (T, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v, err := load(r.Context())
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(v)
	}
}

var openTenders = rowuse.Case{
	Name:   "open tenders as JSON",
	Want:   []string{rowuse.UnboundedResult},
	Why:    "All open tenders are returned; nothing bounds their number.",
	Driver: "pgx",
	Schema: `
CREATE TABLE tenders (id bigint PRIMARY KEY, from_town text NOT NULL, to_town text NOT NULL, tons int NOT NULL, cargo text NOT NULL, state text NOT NULL);
INSERT INTO tenders SELECT i, 'Town ' || i % 40, 'Town ' || i % 37, i % 24, 'gravel', CASE WHEN i % 7 = 0 THEN 'closed' ELSE 'open' END FROM generate_series(1, 1600) i;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		rec := httptest.NewRecorder()
		handle(tender.NewRepository(db).Open)(rec, httptest.NewRequest("GET", "/tenders", nil).WithContext(ctx))
		Sink = rec.Body.Len()
		return statusErr(rec)
	},
}
