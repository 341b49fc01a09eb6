package shop

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// Store is the shop's access to its database.
type Store struct{ db *sql.DB }

// Order is an order with what the page shows of it.
type Order struct {
	ID       int64   `json:"id"`
	Customer int64   `json:"customer_id"`
	Status   string  `json:"status"`
	Name     string  `json:"name,omitempty"`
	Items    []*Item `json:"items,omitempty"`
}

// Item is a line of an order.
type Item struct {
	ProductID int64  `json:"product_id"`
	Product   string `json:"product"`
	Qty       int    `json:"qty"`
	Cents     int64  `json:"cents"`
}

// Product is what the catalogue shows.
type Product struct {
	ID       int64   `json:"id"`
	Name     string  `json:"name"`
	Cents    int64   `json:"cents"`
	Currency string  `json:"currency"`
	Symbol   string  `json:"symbol,omitempty"`
	Stars    float64 `json:"stars,omitempty"`
}

// Customer is somebody who can sign in.
type Customer struct {
	ID                int64
	Name, Email, Tier string
}

func (s *Store) RecentOrders(ctx context.Context, n int) ([]*Order, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, customer_id, status FROM orders ORDER BY placed_at DESC LIMIT ?`, n)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var orders []*Order
	for rows.Next() {
		var o Order
		if err := rows.Scan(&o.ID, &o.Customer, &o.Status); err != nil {
			return nil, err
		}
		orders = append(orders, &o)
	}
	return orders, rows.Err()
}

func (s *Store) Customer(ctx context.Context, id int64) (*Customer, error) {
	var c Customer
	err := s.db.QueryRowContext(ctx, `SELECT id, name, email, tier FROM customers WHERE id = ?`, id).Scan(&c.ID, &c.Name, &c.Email, &c.Tier)
	if err != nil {
		return nil, fmt.Errorf("customer %d: %w", id, err)
	}
	return &c, nil
}

func (s *Store) Items(ctx context.Context, order int64) ([]*Item, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT product_id, qty, cents FROM order_items WHERE order_id = ?`, order)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var items []*Item
	for rows.Next() {
		var it Item
		if err := rows.Scan(&it.ProductID, &it.Qty, &it.Cents); err != nil {
			return nil, err
		}
		items = append(items, &it)
	}
	return items, rows.Err()
}

func (s *Store) NamedItems(ctx context.Context, order int64) ([]*Item, error) {
	rows, err := s.db.QueryContext(ctx, `
		SELECT i.product_id, p.name, i.qty, i.cents
		FROM order_items i JOIN products p ON p.id = i.product_id
		WHERE i.order_id = ?`, order)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var items []*Item
	for rows.Next() {
		var it Item
		if err := rows.Scan(&it.ProductID, &it.Product, &it.Qty, &it.Cents); err != nil {
			return nil, err
		}
		items = append(items, &it)
	}
	return items, rows.Err()
}

func (s *Store) Product(ctx context.Context, id int64) (*Product, error) {
	var p Product
	err := s.db.QueryRowContext(ctx, `SELECT id, name, cents, currency FROM products WHERE id = ?`, id).Scan(&p.ID, &p.Name, &p.Cents, &p.Currency)
	return &p, err
}

const productColumns = `SELECT id, name, cents, currency FROM products `

func (s *Store) products(ctx context.Context, query string, args ...any) ([]*Product, error) {
	rows, err := s.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []*Product
	for rows.Next() {
		var p Product
		if err := rows.Scan(&p.ID, &p.Name, &p.Cents, &p.Currency); err != nil {
			return nil, err
		}
		list = append(list, &p)
	}
	return list, rows.Err()
}

func (s *Store) InCategory(ctx context.Context, category int64) ([]*Product, error) {
	return s.products(ctx, productColumns+`WHERE category_id = ? ORDER BY name`, category)
}

func (s *Store) OnShelf(ctx context.Context, shelf string) ([]*Product, error) {
	return s.products(ctx, productColumns+`WHERE shelf = ? ORDER BY id DESC LIMIT 4`, shelf)
}

func (s *Store) ProductPage(ctx context.Context, limit, offset int) ([]*Product, error) {
	return s.products(ctx, productColumns+`ORDER BY id LIMIT ? OFFSET ?`, limit, offset)
}

func (s *Store) Stars(ctx context.Context, product int64) (float64, error) {
	var stars sql.NullFloat64
	err := s.db.QueryRowContext(ctx, `SELECT avg(stars) FROM reviews WHERE product_id = ?`, product).Scan(&stars)
	return stars.Float64, err
}

// StarsOf returns the average stars of many products.
func (s *Store) StarsOf(ctx context.Context, products []*Product) (map[int64]float64, error) {
	if len(products) == 0 {
		return nil, nil
	}
	args := make([]any, len(products))
	for i, p := range products {
		args[i] = p.ID
	}
	rows, err := s.db.QueryContext(ctx, `SELECT product_id, avg(stars) FROM reviews WHERE product_id IN (?`+
		strings.Repeat(", ?", len(args)-1)+`) GROUP BY product_id`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	stars := make(map[int64]float64, len(products))
	for rows.Next() {
		var id int64
		var avg float64
		if err := rows.Scan(&id, &avg); err != nil {
			return nil, err
		}
		stars[id] = avg
	}
	return stars, rows.Err()
}

func (s *Store) Setting(ctx context.Context, name string) (string, error) {
	var v string
	err := s.db.QueryRowContext(ctx, `SELECT value FROM settings WHERE name = ?`, name).Scan(&v)
	return v, err
}

func (s *Store) Symbol(ctx context.Context, currency string) (string, error) {
	var symbol string
	err := s.db.QueryRowContext(ctx, `SELECT symbol FROM currencies WHERE code = ?`, currency).Scan(&symbol)
	return symbol, err
}
