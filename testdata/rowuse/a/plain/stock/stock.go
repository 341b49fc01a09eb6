// Package stock keeps the quantities of a warehouse.
package stock

import (
	"context"
	"database/sql"
	"errors"
)

var ErrShort = errors.New("not enough on the shelf")

type Repository interface {
	OnHand(ctx context.Context, sku string) (int, error)
	SetOnHand(ctx context.Context, sku string, n int) error
}

type repository struct{ db *sql.DB }

func NewRepository(db *sql.DB) Repository { return &repository{db} }

func (r *repository) OnHand(ctx context.Context, sku string) (n int, err error) {
	row := r.db.QueryRowContext(ctx, `SELECT on_hand FROM stock_items WHERE sku = ?`, sku) // also: read-modify-write
	err = row.Scan(&n)
	return
}

func (r *repository) SetOnHand(ctx context.Context, sku string, n int) error {
	_, err := r.db.ExecContext(ctx, `UPDATE stock_items SET on_hand = ? WHERE sku = ?`, n, sku) // want: read-modify-write
	return err
}

type Picker struct{ repo Repository }

func NewPicker(r Repository) *Picker { return &Picker{repo: r} }

// Pick takes n pieces off the shelf and returns what is left.
func (p *Picker) Pick(ctx context.Context, sku string, n int) (int, error) {
	have, err := p.repo.OnHand(ctx, sku)
	if err != nil {
		return 0, err
	}
	if have < n {
		return have, ErrShort
	}
	have -= n
	return have, p.repo.SetOnHand(ctx, sku, have)
}
