// Package reviews stores what customers write about products.
package reviews

import (
	"context"

	"github.com/jmoiron/sqlx"
)

type Repo struct{ db *sqlx.DB }

func New(db *sqlx.DB) *Repo { return &Repo{db: db} }

// IDsByProduct returns the ids of the reviews of a product.
func (r *Repo) IDsByProduct(ctx context.Context, product int64) (ids []int64, err error) {
	err = r.db.SelectContext(ctx, &ids, `SELECT id FROM reviews WHERE product_id = ?`, product) // want: fetch-to-exist
	return ids, err
}
