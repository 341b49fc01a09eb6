// Package loader represents a data layer that nplusgone does not know. It loads and saves relations row by row.
package loader

import (
	"context"
	"database/sql"
)

// A Parent is a row with the names of its children.
type Parent struct {
	ID       int64
	Children []string
}

// With loads all parents, and the children of each with a statement of its own.
func With(ctx context.Context, db *sql.DB) (out []*Parent, err error) {
	rows, err := db.QueryContext(ctx, "SELECT id FROM parents ORDER BY id")
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		p := &Parent{}
		if err := rows.Scan(&p.ID); err != nil {
			rows.Close()
			return nil, err
		}
		out = append(out, p)
	}
	rows.Close()
	for _, p := range out {
		if err := fill(ctx, db, p); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func fill(ctx context.Context, db *sql.DB, p *Parent) error {
	rows, err := db.QueryContext(ctx, "SELECT name FROM children WHERE parent_id = ?", p.ID)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return err
		}
		p.Children = append(p.Children, s)
	}
	return rows.Err()
}

// SaveAll inserts each name with a statement of its own.
func SaveAll(ctx context.Context, db *sql.DB, names []string) error {
	for _, n := range names {
		if _, err := db.ExecContext(ctx, "INSERT INTO children (parent_id, name) VALUES (?, ?)", 1, n); err != nil {
			return err
		}
	}
	return nil
}

// An Order has marks. A mark may belong to several orders.
type Order struct {
	ID    int64
	Title string
	Marks []Mark
}

// A Mark belongs to orders.
type Mark struct {
	ID   int64
	Name string
}

// Save updates an order and each of its marks, and inserts the rows that link them where they are missing.
func Save(ctx context.Context, db *sql.DB, o *Order) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "UPDATE orders SET title = ? WHERE id = ?", o.Title, o.ID); err != nil {
		return err
	}
	for _, m := range o.Marks {
		if _, err := tx.ExecContext(ctx, "UPDATE marks SET name = ? WHERE id = ?", m.Name, m.ID); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO order_marks (order_id, mark_id) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM order_marks WHERE order_id = ? AND mark_id = ?)",
			o.ID, m.ID, o.ID, m.ID); err != nil {
			return err
		}
	}
	return tx.Commit()
}
