// Package coupon keeps the coupons of shoppers.
package coupon

import (
	"context"
	"database/sql"
	"time"

	sq "github.com/Masterminds/squirrel"
)

type Coupon struct {
	Code      string
	Percent   int
	ExpiresAt time.Time
	UsedAt    sql.NullTime
}

func (c Coupon) IsExpired(now time.Time) bool { return !c.ExpiresAt.After(now) }

func (c Coupon) IsUsed() bool { return c.UsedAt.Valid }

// Usable reports whether the coupon can be redeemed.
func (c Coupon) Usable(now time.Time) bool { return !c.IsUsed() && !c.IsExpired(now) }

type Repository struct {
	sb sq.StatementBuilderType
}

func NewRepository(db *sql.DB) *Repository {
	return &Repository{sq.StatementBuilder.RunWith(db)}
}

func (r *Repository) ByShopper(ctx context.Context, shopper int64) ([]Coupon, error) {
	q := r.sb.Select("code", "percent", "expires_at", "used_at").From("coupons").Where(sq.Eq{"shopper_id": shopper}).OrderBy("expires_at")
	rows, err := q.QueryContext(ctx) // want: filter-in-app
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var cs []Coupon
	for rows.Next() {
		var c Coupon
		if err := rows.Scan(&c.Code, &c.Percent, &c.ExpiresAt, &c.UsedAt); err != nil {
			return nil, err
		}
		cs = append(cs, c)
	}
	return cs, rows.Err()
}
