// Package picking takes goods out of bins.
package picking

import (
	"context"
	"fmt"

	"github.com/nplusgone/nplusgone/testdata/rowuse/b/gormv2/warehouse"
)

type BinStore interface {
	Get(ctx context.Context, id uint) (*warehouse.Bin, error)
	Store(ctx context.Context, bin *warehouse.Bin) error
}

type Picker struct{ Bins BinStore }

type Line struct {
	Bin uint
	Qty int
}

// Pick takes a line's goods out of its bin.
func (p Picker) Pick(ctx context.Context, l Line) (left int, err error) {
	bin, err := p.Bins.Get(ctx, l.Bin)
	if err != nil {
		return 0, err
	}
	if bin.OnHand < l.Qty {
		return bin.OnHand, fmt.Errorf("bin %s/%s: %d asked, %d there", bin.Aisle, bin.SKU, l.Qty, bin.OnHand)
	}
	bin.OnHand -= l.Qty
	return bin.OnHand, p.Bins.Store(ctx, bin)
}
