// Package shop is on PostgreSQL, by pgx without database/sql.
package shop

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// A DB is a pool, a connection or a transaction.
type DB interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
	SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
	CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, rows pgx.CopyFromSource) (int64, error)
}

// Orders returns the keys of all orders.
func Orders(ctx context.Context, db DB) ([]int64, error) {
	rows, err := db.Query(ctx, "SELECT id FROM orders ORDER BY id")
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

const bySKU = "SELECT sku FROM order_lines WHERE order_id = $1"

// Lines runs one query for each order.
func Lines(ctx context.Context, db DB) (lines []string, err error) {
	ids, err := Orders(ctx, db)
	if err != nil {
		return nil, err
	}
	for _, id := range ids { // want: n-plus-one proven measured
		var sku string
		if err := db.QueryRow(ctx, bySKU, id).Scan(&sku); err != nil {
			return nil, err
		}
		lines = append(lines, sku)
	}
	return lines, nil
}

// LinesWhileReading runs one query for each order, by another connection, while it reads the orders.
func LinesWhileReading(ctx context.Context, db, other DB) (lines []string, err error) {
	rows, err := db.Query(ctx, "SELECT id FROM orders ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() { // want: n-plus-one proven measured
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		found, err := other.Query(ctx, bySKU, id)
		if err != nil {
			return nil, err
		}
		skus, err := pgx.CollectRows(found, pgx.RowTo[string])
		if err != nil {
			return nil, err
		}
		lines = append(lines, skus...)
	}
	return lines, rows.Err()
}

// LinesOfAll runs one query for all orders.
func LinesOfAll(ctx context.Context, db DB) ([]string, error) {
	ids, err := Orders(ctx, db)
	if err != nil {
		return nil, err
	}
	rows, err := db.Query(ctx, "SELECT sku FROM order_lines WHERE order_id = ANY($1)", ids)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// LinesByBatch sends all queries in one round trip.
func LinesByBatch(ctx context.Context, db DB) (lines []string, err error) {
	ids, err := Orders(ctx, db)
	if err != nil {
		return nil, err
	}
	var batch pgx.Batch
	for _, id := range ids {
		batch.Queue(bySKU, id).QueryRow(func(row pgx.Row) error {
			var sku string
			err := row.Scan(&sku)
			lines = append(lines, sku)
			return err
		})
	}
	return lines, db.SendBatch(ctx, &batch).Close()
}

// LinesInChunks sends the queries in batches of two.
func LinesInChunks(ctx context.Context, db DB) error {
	ids, err := Orders(ctx, db)
	for len(ids) > 0 {
		var batch pgx.Batch
		for _, id := range ids[:min(2, len(ids))] {
			batch.Queue(bySKU, id)
		}
		ids = ids[batch.Len():]
		if err := db.SendBatch(ctx, &batch).Close(); err != nil {
			return err
		}
	}
	return err
}

// LinesByBatches sends a batch of one query for each order.
func LinesByBatches(ctx context.Context, db DB) (lines []string, err error) {
	ids, err := Orders(ctx, db)
	if err != nil {
		return nil, err
	}
	for _, id := range ids { // want: n-plus-one proven measured
		var batch pgx.Batch
		batch.Queue(bySKU, id)
		results := db.SendBatch(ctx, &batch)
		var sku string
		if err := results.QueryRow().Scan(&sku); err != nil {
			results.Close()
			return nil, err
		}
		if err := results.Close(); err != nil {
			return nil, err
		}
		lines = append(lines, sku)
	}
	return lines, nil
}

// Insert inserts lines one by one.
func Insert(ctx context.Context, db DB, skus []string) error {
	for i, sku := range skus { // want: row-by-row-insert proven measured
		if _, err := db.Exec(ctx, "INSERT INTO order_lines (order_id, sku) VALUES ($1, $2)", i, sku); err != nil {
			return err
		}
	}
	return nil
}

// InsertAll copies all lines in one statement.
func InsertAll(ctx context.Context, db DB, skus []string) error {
	_, err := db.CopyFrom(ctx, pgx.Identifier{"order_lines"}, []string{"order_id", "sku"}, pgx.CopyFromSlice(len(skus), func(i int) ([]any, error) {
		return []any{int64(i), skus[i]}, nil
	}))
	return err
}

// InsertNested inserts lines with a savepoint for each, which pgx begins for a transaction within another one.
func InsertNested(ctx context.Context, tx pgx.Tx, skus []string) error {
	for i, sku := range skus { // suspect
		nested, err := tx.Begin(ctx)
		if err != nil {
			return err
		}
		if _, err := nested.Exec(ctx, "INSERT INTO order_lines (order_id, sku) VALUES ($1, $2)", i, sku); err != nil {
			nested.Rollback(ctx)
			continue
		}
		if err := nested.Commit(ctx); err != nil {
			return err
		}
	}
	return nil
}
