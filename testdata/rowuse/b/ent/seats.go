package ent

import (
	"context"

	"github.com/nplusgone/nplusgone/testdata/rowuse/b/ent/ent"
)

type hallPlan struct {
	Hall  int
	Rows  string
	Seats int
	Price int
}

type boxOffice struct{ client *ent.Client }

func (b *boxOffice) addSeat(ctx context.Context, hall int, row string, number, price int) error {
	return b.client.Seat.Create().
		SetHall(hall).
		SetRow(row).
		SetNumber(number).
		SetPrice(price).
		Exec(ctx) // want: row-by-row-insert
}

// furnish makes the seats of a hall.
func (b *boxOffice) furnish(ctx context.Context, p hallPlan) error {
	for _, row := range p.Rows {
		for n := 1; n <= p.Seats; n++ { // also: row-by-row-insert
			if err := b.addSeat(ctx, p.Hall, string(row), n, p.Price); err != nil { // also: row-by-row-insert
				return err
			}
		}
	}
	return nil
}
