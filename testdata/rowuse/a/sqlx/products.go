package sqlx

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"

	"github.com/jmoiron/sqlx"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/sqlx/reviews"
)

var errHasReviews = errors.New("product has reviews")

type productService struct {
	db      *sqlx.DB
	reviews *reviews.Repo
}

func (s *productService) retire(ctx context.Context, id int64) error {
	ids, err := s.reviews.IDsByProduct(ctx, id)
	if err != nil {
		return err
	}
	if len(ids) > 0 {
		return errHasReviews
	}
	_, err = s.db.ExecContext(ctx, `DELETE FROM products WHERE id = ?`, id)
	return err
}

func (s *productService) deleteHandler(w http.ResponseWriter, r *http.Request) {
	id, _ := strconv.ParseInt(r.URL.Query().Get("id"), 10, 64)
	switch err := s.retire(r.Context(), id); {
	case errors.Is(err, errHasReviews):
		w.Header().Set("X-Kept", "1")
		w.WriteHeader(http.StatusNoContent)
	case err != nil:
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

var productRetire = rowuse.Case{
	Name:   "product is deleted unless it has reviews",
	Want:   []string{rowuse.FetchToExist},
	Why:    "All ids of the reviews are fetched only to see whether there is any. The product of this run has none.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE reviews (id INTEGER PRIMARY KEY, product_id INTEGER NOT NULL, stars INTEGER NOT NULL, text TEXT NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12) INSERT INTO products SELECT i, 'Product ' || i FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60) INSERT INTO reviews SELECT i, 1 + i % 5, i % 5, 'fine' FROM n;
`,
	Run: func(ctx context.Context, sdb *sql.DB) error {
		db := wrap(sdb)
		svc := &productService{db: db, reviews: reviews.New(db)}
		rec := httptest.NewRecorder()
		svc.deleteHandler(rec, httptest.NewRequest("DELETE", "/products?id=9", nil).WithContext(ctx))
		Sink = rec.Code
		return statusErr(rec)
	},
}
