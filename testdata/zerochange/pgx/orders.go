// Package orders is on PostgreSQL, by pgx's driver for database/sql.
package orders

import (
	"context"
	"database/sql"
)

type Line struct {
	OrderID int64
	SKU     string
}

func orders(ctx context.Context, db *sql.DB) (ids []int64, err error) {
	rows, err := db.QueryContext(ctx, "SELECT id FROM orders ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// Lines runs one query for each order.
func Lines(ctx context.Context, db *sql.DB) (lines []Line, err error) {
	ids, err := orders(ctx, db)
	if err != nil {
		return nil, err
	}
	for _, id := range ids { // want: n-plus-one proven
		l := Line{OrderID: id}
		if err := db.QueryRowContext(ctx, "SELECT sku FROM order_lines WHERE order_id = $1", id).Scan(&l.SKU); err != nil {
			return nil, err
		}
		lines = append(lines, l)
	}
	return lines, nil
}

// LinesOfAll runs one query for all orders.
func LinesOfAll(ctx context.Context, db *sql.DB) (lines []Line, err error) {
	ids, err := orders(ctx, db)
	if err != nil {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, "SELECT order_id, sku FROM order_lines WHERE order_id = ANY($1)", ids)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var l Line
		if err := rows.Scan(&l.OrderID, &l.SKU); err != nil {
			return nil, err
		}
		lines = append(lines, l)
	}
	return lines, rows.Err()
}
