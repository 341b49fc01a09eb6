package depot

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/uptrace/bun"
)

// Ledger books what goes in and out.
type Ledger struct {
	db *bun.DB
}

// Receipt is a delivery of a supplier.
type Receipt struct {
	Supplier string
	Got      []Movement
}

// Book writes a receipt into the ledger.
func (l *Ledger) Book(ctx context.Context, r Receipt) error {
	return l.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		for i := range r.Got { // want loop: row-by-row-insert
			m := &r.Got[i]
			m.Reason = "receipt of " + r.Supplier
			if _, err := tx.NewInsert().Model(m).Exec(ctx); err != nil {
				return fmt.Errorf("%s: %w", m.SKU, err)
			}
		}
		return nil
	})
}

// BookBulk writes a large receipt into the ledger.
func (l *Ledger) BookBulk(ctx context.Context, r Receipt) error {
	for i := range r.Got {
		r.Got[i].Reason = "bulk receipt of " + r.Supplier
	}
	return l.db.RunInTx(ctx, &sql.TxOptions{}, func(ctx context.Context, tx bun.Tx) error {
		for rest := r.Got; len(rest) > 0; {
			n := min(len(rest), 30)
			part := rest[:n]
			if _, err := tx.NewInsert().Model(&part).Returning("NULL").Exec(ctx); err != nil {
				return err
			}
			rest = rest[n:]
		}
		return nil
	})
}

// Recount sets the stock to what was counted on the shelves.
func (l *Ledger) Recount(counted map[string]int) error {
	skus := make([]string, 0, len(counted))
	for sku := range counted {
		skus = append(skus, sku)
	}
	slices.Sort(skus)
	for _, sku := range skus { // want loop: row-by-row-update
		_, err := l.db.NewUpdate().Model((*Item)(nil)).
			Set("on_hand = ?", counted[sku]).
			Where("sku = ?", sku).
			Exec(context.Background())
		if err != nil {
			return err
		}
	}
	return nil
}

// RecountBulk does the same for a whole zone.
func (l *Ledger) RecountBulk(ctx context.Context, counted []*Item) error {
	for part := range slices.Chunk(counted, 12) {
		_, err := l.db.NewUpdate().
			With("_data", l.db.NewValues(&part).Column("sku", "on_hand")).
			Model((*Item)(nil)).
			TableExpr("_data").
			Set("on_hand = _data.on_hand").
			Where("i.sku = _data.sku").
			Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}

// ReleaseExpired drops the reservations that have run out and says which baskets lost something.
func (l *Ledger) ReleaseExpired(ctx context.Context) (baskets []string, err error) {
	var old []Reservation
	if err = l.db.NewSelect().Model(&old).Where("expired").Scan(ctx); err != nil {
		return nil, err
	}
	release := func(r *Reservation) error {
		_, err := l.db.NewDelete().Model(r).WherePK().Exec(ctx)
		return err
	}
	for i := range old { // want loop: row-by-row-delete
		if err = release(&old[i]); err != nil {
			return nil, err
		}
		if !slices.Contains(baskets, old[i].Basket) {
			baskets = append(baskets, old[i].Basket)
		}
	}
	return baskets, nil
}

// Drain takes one piece after the other from the shelf until none is left, and looks at the shelf each time.
func (l *Ledger) Drain(ctx context.Context, sku string) (taken int, err error) {
	for {
		item := new(Item)
		if err := l.db.NewSelect().Model(item).Where("sku = ?", sku).Scan(ctx); err != nil {
			return taken, err
		}
		if item.OnHand == 0 {
			return taken, nil
		}
		half := (item.OnHand + 1) / 2
		_, err := l.db.NewUpdate().Model(item).Set("on_hand = on_hand - ?", half).WherePK().Where("on_hand >= ?", half).Exec(ctx)
		if err != nil {
			return taken, err
		}
		taken += half
	}
}
