package depot

import (
	"context"

	"github.com/uptrace/bun"
)

// Parcel is an order as the packing station sees it: it knows how many lines it has as soon as it is read.
type Parcel struct {
	bun.BaseModel `bun:"table:orders,alias:o"`

	ID       int64 `bun:",pk"`
	Customer string
	Lines    int `bun:"-"`
}

var _ bun.AfterSelectHook = (*Parcel)(nil)

// AfterSelect counts the lines.
func (*Parcel) AfterSelect(ctx context.Context, query *bun.SelectQuery) error {
	parcels, ok := query.GetModel().Value().(*[]*Parcel)
	if !ok {
		return nil
	}
	for _, p := range *parcels { // want loop: n-plus-one
		n, err := query.DB().NewSelect().Model((*Line)(nil)).Where("order_id = ?", p.ID).Count(ctx)
		if err != nil {
			return err
		}
		p.Lines = int(n)
	}
	return nil
}

// Station returns the parcels that wait at the packing station.
func Station(ctx context.Context, db *bun.DB) (parcels []*Parcel, err error) {
	err = db.NewSelect().Model(&parcels).Where("status <> ?", "hold").Scan(ctx)
	return parcels, err
}
