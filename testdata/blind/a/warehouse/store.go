package warehouse

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgtype"
)

var types = pgtype.NewMap()

// Product is an article.
type Product struct {
	ID     int64
	SKU    string
	Tags   []string
	Parts  []int64
	Vendor sql.NullInt64
}

// Place says how much of a product lies in a bin.
type Place struct {
	Product int64
	Bin     string
	Qty     int
}

// Repo reads and writes the warehouse.
type Repo struct{ db *sql.DB }

func scanAll[T any](rows *sql.Rows, err error, scan func(*sql.Rows, *T) error) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []T
	for rows.Next() {
		var v T
		if err := scan(rows, &v); err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, rows.Err()
}

func scanProduct(r *sql.Rows, p *Product) error {
	return r.Scan(&p.ID, &p.SKU, types.SQLScanner(&p.Tags), types.SQLScanner(&p.Parts), &p.Vendor)
}

func scanPlace(r *sql.Rows, p *Place) error { return r.Scan(&p.Product, &p.Bin, &p.Qty) }

func scanID(r *sql.Rows, id *int64) error { return r.Scan(id) }

// ProductsByID loads products with their arrays.
func (r *Repo) ProductsByID(ctx context.Context, ids []int64) ([]Product, error) {
	rows, err := r.db.QueryContext(ctx, `SELECT id, sku, tags, parts, vendor FROM products WHERE id = ANY($1)`, ids)
	return scanAll(rows, err, scanProduct)
}

// PlacesOf loads the places of many products.
func (r *Repo) PlacesOf(ctx context.Context, products ...int64) ([]Place, error) {
	rows, err := r.db.QueryContext(ctx,
		`SELECT product, bin, qty FROM stock WHERE product = ANY($1) ORDER BY product, qty DESC`, products)
	return scanAll(rows, err, scanPlace)
}

// Tagged lists the products that carry all the tags.
func (r *Repo) Tagged(ctx context.Context, tags ...string) ([]int64, error) {
	rows, err := r.db.QueryContext(ctx, `SELECT id FROM products WHERE tags @> $1 ORDER BY id`, tags)
	return scanAll(rows, err, scanID)
}

// AfterID is one page of the catalogue.
func (r *Repo) AfterID(ctx context.Context, id int64, size int) ([]Product, error) {
	rows, err := r.db.QueryContext(ctx,
		`SELECT id, sku, tags, parts, vendor FROM products WHERE id > $1 ORDER BY id LIMIT $2`, id, size)
	return scanAll(rows, err, scanProduct)
}

// Order is an order with its lines.
type Order struct {
	ID    int64
	Lines []Line
}

// Line is a position of an order.
type Line struct {
	Order   int64
	Product int64
	Qty     int
}

// OpenOrders loads the orders that are not packed yet.
func (r *Repo) OpenOrders(ctx context.Context) ([]Order, error) {
	rows, err := r.db.QueryContext(ctx, `
		SELECT l.order_id, l.product, l.qty FROM order_lines l JOIN orders o ON o.id = l.order_id
		WHERE o.packed IS NULL ORDER BY l.order_id, l.product`)
	lines, err := scanAll(rows, err, func(r *sql.Rows, l *Line) error { return r.Scan(&l.Order, &l.Product, &l.Qty) })
	if err != nil {
		return nil, err
	}
	var orders []Order
	for _, l := range lines {
		if n := len(orders); n == 0 || orders[n-1].ID != l.Order {
			orders = append(orders, Order{ID: l.Order})
		}
		o := &orders[len(orders)-1]
		o.Lines = append(o.Lines, l)
	}
	return orders, nil
}

// Expired lists reservations whose time is up.
func (r *Repo) Expired(now time.Time) ([]int64, error) {
	rows, err := r.db.Query(`SELECT id FROM reservations WHERE until < $1`, now)
	return scanAll(rows, err, scanID)
}

func (r *Repo) inTx(ctx context.Context, fn func(tx *sql.Tx) error) error {
	tx, err := r.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := fn(tx); err != nil {
		tx.Rollback()
		return fmt.Errorf("rolled back: %w", err)
	}
	return tx.Commit()
}
