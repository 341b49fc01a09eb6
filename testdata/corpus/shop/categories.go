package shop

import (
	"context"
	"net/http"
)

type category struct {
	ID       int64
	Name     string
	Children []*category
}

func (s *server) categoryTree(_ http.ResponseWriter, r *http.Request) (any, error) {
	root := &category{ID: 1, Name: "All"}
	return root, s.store.fill(r.Context(), root)
}

// fill loads the categories below c, and those below them.
func (s *Store) fill(ctx context.Context, c *category) error {
	rows, err := s.db.QueryContext(ctx, `SELECT id, name FROM categories WHERE parent_id = ? ORDER BY name`, c.ID)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var child category
		if err := rows.Scan(&child.ID, &child.Name); err != nil {
			return err
		}
		c.Children = append(c.Children, &child)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	rows.Close()
	for _, child := range c.Children { // want loop: recursive-query
		if err := s.fill(ctx, child); err != nil { // want loop: recursive-query
			return err
		}
	}
	return nil
}

func (s *server) categoryTreeAtOnce(_ http.ResponseWriter, r *http.Request) (any, error) {
	rows, err := s.store.db.QueryContext(r.Context(), `
		WITH RECURSIVE tree(id, parent_id, name, depth) AS (
			SELECT id, parent_id, name, 0 FROM categories WHERE parent_id IS NULL
			UNION ALL
			SELECT c.id, c.parent_id, c.name, tree.depth + 1 FROM categories c JOIN tree ON c.parent_id = tree.id
		)
		SELECT id, coalesce(parent_id, 0), name FROM tree ORDER BY depth, name`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var root *category
	byID := map[int64]*category{}
	for rows.Next() {
		var c category
		var parent int64
		if err := rows.Scan(&c.ID, &parent, &c.Name); err != nil {
			return nil, err
		}
		byID[c.ID] = &c
		if up := byID[parent]; up != nil {
			up.Children = append(up.Children, &c)
		} else {
			root = &c
		}
	}
	return root, rows.Err()
}
