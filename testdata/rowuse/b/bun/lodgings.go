package bun

import (
	"context"
	"encoding/json"
	"io"

	"github.com/uptrace/bun"
)

type Lodging struct {
	bun.BaseModel `bun:"table:lodgings" json:"-"`

	ID     int64  `bun:",pk,autoincrement" json:"id"`
	Town   string `json:"town"`
	Name   string `json:"name"`
	Beds   int    `json:"beds"`
	Blurb  string `json:"blurb"`
	Active bool   `json:"active"`
}

type paged[T any] struct {
	Items []T   `json:"items"`
	Total int64 `json:"total"`
}

func selectPage[T any](ctx context.Context, db bun.IDB, limit, offset int64, cond func(*bun.SelectQuery) *bun.SelectQuery) (p paged[T], err error) {
	p.Total, err = db.NewSelect().
		Model(&p.Items).
		Apply(cond).
		Limit(limit).
		Offset(offset).
		ScanAndCount(ctx)
	return p, err
}

func serveLodgings(ctx context.Context, db bun.IDB, w io.Writer, offset int64) error {
	p, err := selectPage[Lodging](ctx, db, 12, offset, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("active").Order("name")
	})
	if err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(p)
}
