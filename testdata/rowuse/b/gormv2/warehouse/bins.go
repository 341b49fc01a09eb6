// Package warehouse keeps the stock of bins.
package warehouse

import (
	"context"

	"gorm.io/gorm"
)

type Bin struct {
	ID     uint
	SKU    string
	Aisle  string
	OnHand int
}

type Bins struct{ DB *gorm.DB }

func (b *Bins) Get(ctx context.Context, id uint) (*Bin, error) {
	bin := new(Bin)
	return bin, b.DB.WithContext(ctx).First(bin, id).Error // also: read-modify-write
}

func (b *Bins) Store(ctx context.Context, bin *Bin) error {
	return b.DB.WithContext(ctx).Save(bin).Error // want: read-modify-write
}
