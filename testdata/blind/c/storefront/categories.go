package storefront

import (
	"context"
	"database/sql"
)

// Category is a node of the menu.
type Category struct {
	ID       int64
	Name     string
	Children []*Category
}

func (s *shop) children(ctx context.Context, id int64) ([]*Category, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, name FROM categories WHERE parent_id = $1 ORDER BY id`, id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []*Category
	for rows.Next() {
		c := new(Category)
		if err := rows.Scan(&c.ID, &c.Name); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

func (s *shop) menu(ctx context.Context, c *Category) (err error) {
	if c.Children, err = s.children(ctx, c.ID); err != nil {
		return err
	}
	for _, sub := range c.Children { // want loop: recursive-query
		if err := s.menu(ctx, sub); err != nil {
			return err
		}
	}
	return nil
}

func (s *shop) trail(ctx context.Context, id int64) ([]string, error) {
	var out []string
	next := sql.NullInt64{Int64: id, Valid: true}
	for next.Valid { // want loop: n-plus-one recursive-query
		var name string
		if err := s.db.QueryRowContext(ctx, `SELECT name, parent_id FROM categories WHERE id = $1`, next.Int64).Scan(&name, &next); err != nil {
			return nil, err
		}
		out = append([]string{name}, out...)
	}
	return out, nil
}

func (s *shop) path(ctx context.Context, id int64) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, `WITH RECURSIVE up AS (
		SELECT id, parent_id, name, 0 AS depth FROM categories WHERE id = $1
		UNION ALL SELECT c.id, c.parent_id, c.name, up.depth + 1 FROM categories c JOIN up ON up.parent_id = c.id)
		SELECT name FROM up ORDER BY depth DESC`, id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		out = append(out, name)
	}
	return out, rows.Err()
}
