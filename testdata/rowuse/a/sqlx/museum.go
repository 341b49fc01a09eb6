package sqlx

import (
	"context"
	"database/sql"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"

	"github.com/jmoiron/sqlx"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

type exhibit struct {
	Inventory string `db:"inventory" json:"inventory"`
	Title     string `db:"title" json:"title"`
	Century   int    `db:"century" json:"century"`
}

type pageRequest struct{ limit, offset int }

func pageOf(r *http.Request) pageRequest {
	n, err := strconv.Atoi(r.FormValue("page"))
	if err != nil || n < 1 {
		n = 1
	}
	return pageRequest{limit: 40, offset: (n - 1) * 40}
}

type exhibitDAO struct{ x *sqlx.DB }

func (d exhibitDAO) onDisplay(ctx context.Context, p pageRequest) (es []exhibit, err error) {
	err = d.x.SelectContext(ctx, &es, d.x.Rebind(`SELECT inventory, title, century FROM exhibits WHERE on_display = ? ORDER BY inventory LIMIT ? OFFSET ?`), true, p.limit, p.offset)
	return
}

func catalogue(d exhibitDAO) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		es, err := d.onDisplay(r.Context(), pageOf(r))
		if err != nil {
			http.Error(w, err.Error(), 500)
			return
		}
		json.NewEncoder(w).Encode(es)
	}
}

var museumCatalogue = rowuse.Case{
	Name:   "catalogue of a museum, one page",
	Why:    "The list is bounded by LIMIT and OFFSET.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE exhibits (inventory TEXT PRIMARY KEY, title TEXT NOT NULL, century INTEGER NOT NULL, on_display INTEGER NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1400) INSERT INTO exhibits SELECT printf('M%05d', i), 'Vase ' || i, i % 20, i % 2 FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		rec := httptest.NewRecorder()
		catalogue(exhibitDAO{wrap(db)})(rec, httptest.NewRequest("GET", "/catalogue?page=3", nil).WithContext(ctx))
		Sink = rec.Body.String()
		return statusErr(rec)
	},
}
