// Package orders writes orders with one line each. With a transaction for each order all statements of an
// iteration are suspect. Without transactions each INSERT is a row-by-row-insert at the loop.
package orders

import (
	"context"
	"database/sql"
)

func Orders(ctx context.Context, db *sql.DB, names []string) error {
	for _, n := range names { // loopOrders
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		var id int64
		if err := tx.QueryRowContext(ctx, "INSERT INTO orders (name) VALUES ($1) RETURNING id", n).Scan(&id); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO lines (order_id, note) VALUES ($1, $2)", id, "x"+n); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM drafts WHERE order_id = $1", id); err != nil {
			return err
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}

func OrdersFreely(ctx context.Context, db *sql.DB, names []string) error {
	for _, n := range names { // loopFreely
		var id int64
		if err := db.QueryRowContext(ctx, "INSERT INTO orders (name) VALUES ($1) RETURNING id", n).Scan(&id); err != nil {
			return err
		}
		if _, err := db.ExecContext(ctx, "INSERT INTO lines (order_id, note) VALUES ($1, $2)", id, "x"+n); err != nil {
			return err
		}
	}
	return nil
}
