// Package shop reads orders and customers.
package shop

import (
	"context"

	"github.com/jmoiron/sqlx"
)

type Order struct {
	ID         int64  `db:"id"`
	CustomerID int64  `db:"customer_id"`
	State      string `db:"state"`
}

type Customer struct {
	ID     int64  `db:"id"`
	Name   string `db:"name"`
	Email  string `db:"email"`
	Street string `db:"street"`
}

type Address struct {
	Label string `db:"label" json:"label"`
	Line  string `db:"line" json:"line"`
}

type Store struct{ db *sqlx.DB }

func NewStore(db *sqlx.DB) *Store { return &Store{db} }

func (s *Store) Order(ctx context.Context, id int64) (*Order, error) {
	o := &Order{}
	return o, s.db.GetContext(ctx, o, `SELECT id, customer_id, state FROM orders WHERE id = ?`, id)
}

func (s *Store) Customer(ctx context.Context, id int64) (*Customer, error) {
	c := &Customer{}
	return c, s.db.GetContext(ctx, c, `SELECT id, name, email, street FROM customers WHERE id = ?`, id) // want: redundant-key-lookup
}

func (s *Store) Addresses(ctx context.Context, customer int64) ([]Address, error) {
	as := []Address{}
	err := s.db.SelectContext(ctx, &as, `SELECT label, line FROM addresses WHERE customer_id = ? ORDER BY label`, customer)
	return as, err
}
