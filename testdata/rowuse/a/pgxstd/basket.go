package pgxstd

import (
	"context"
	"database/sql"
	"encoding/json"
	"net/http"
	"net/http/httptest"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/pgxstd/pgq"
)

type basketLine struct {
	Sku   string `json:"sku"`
	Qty   int    `json:"qty"`
	Cents int64  `json:"cents"`
}

type baskets struct{ db pgq.DB }

func (b *baskets) lines(ctx context.Context, basket int64) ([]basketLine, error) {
	return pgq.All[basketLine](ctx, b.db, `SELECT sku, qty, cents FROM basket_lines WHERE basket_id = $1 ORDER BY sku`, basket)
}

func (b *baskets) add(ctx context.Context, basket int64, sku string, cents int64) error {
	_, err := pgq.Exec(ctx, b.db, `INSERT INTO basket_lines AS l (basket_id, sku, qty, cents) VALUES ($1, $2, 1, $3)
		ON CONFLICT (basket_id, sku) DO UPDATE SET qty = l.qty + 1`, basket, sku, cents)
	return err
}

type basketDiff struct {
	Before []basketLine `json:"before"`
	After  []basketLine `json:"after"`
}

func (b *baskets) addHandler(w http.ResponseWriter, r *http.Request) {
	var d basketDiff
	var err error
	ctx := r.Context()
	if d.Before, err = b.lines(ctx, 6); err == nil {
		if err = b.add(ctx, 6, r.FormValue("sku"), 1990); err == nil {
			d.After, err = b.lines(ctx, 6)
		}
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	json.NewEncoder(w).Encode(d)
}

var basketAdd = rowuse.Case{
	Name:   "article is put into a basket that is empty",
	Why:    "The lines are read again after the INSERT. The first result is empty in this run.",
	Driver: "pgx",
	Schema: `
CREATE TABLE basket_lines (basket_id bigint NOT NULL, sku text NOT NULL, qty int NOT NULL, cents bigint NOT NULL, PRIMARY KEY (basket_id, sku));
INSERT INTO basket_lines SELECT i % 4, 'S' || i, 1, 100 * i FROM generate_series(1, 16) i;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		rec := httptest.NewRecorder()
		(&baskets{db}).addHandler(rec, httptest.NewRequest("POST", "/basket?sku=S99", nil).WithContext(ctx))
		Sink = rec.Body.String()
		return statusErr(rec)
	},
}
