// Package depot knows which parcels lie where.
package depot

import (
	"context"
	"fmt"
	"io"

	"xorm.io/xorm"
)

type Parcel struct {
	Id      int64
	DepotId int64
	Code    string
	Status  string
	Reason  string
}

type Parcels struct{ Engine *xorm.Engine }

func (p Parcels) At(ctx context.Context, depot int64) (map[int64]*Parcel, error) {
	m := make(map[int64]*Parcel)
	err := p.Engine.Context(ctx).Where("depot_id = ?", depot).Find(&m) // want: filter-in-app
	return m, err
}

// PrintHeld writes the parcels that customs hold.
func PrintHeld(ctx context.Context, w io.Writer, p Parcels, depot int64) error {
	parcels, err := p.At(ctx, depot)
	if err != nil {
		return err
	}
	for id, parcel := range parcels {
		if parcel.Status == "held" {
			fmt.Fprintln(w, id, parcel.Code, parcel.Reason)
		}
	}
	return nil
}
