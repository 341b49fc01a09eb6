package shop

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5/stdlib"
)

// LinesOfDatabase runs one query for each order, by pgx's driver for database/sql.
func LinesOfDatabase(ctx context.Context, db *sql.Conn, ids []int64) (lines []string, err error) {
	for _, id := range ids { // want: n-plus-one likely measured
		var sku string
		if err := db.QueryRowContext(ctx, "SELECT sku FROM order_lines WHERE order_id = $1 FOR SHARE", id).Scan(&sku); err != nil {
			return nil, err
		}
		lines = append(lines, sku)
	}
	return lines, nil
}

// LinesOfRaw runs one query for each order, on the connection of database/sql, past it.
func LinesOfRaw(ctx context.Context, db *sql.Conn) (lines []string, err error) {
	err = db.Raw(func(c any) error {
		conn := c.(*stdlib.Conn).Conn()
		ids, err := Orders(ctx, conn)
		if err != nil {
			return err
		}
		for _, id := range ids { // want: n-plus-one proven measured
			var sku string
			if err := conn.QueryRow(ctx, bySKU, id).Scan(&sku); err != nil {
				return err
			}
			lines = append(lines, sku)
		}
		return nil
	})
	return lines, err
}
