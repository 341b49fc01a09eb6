package app

import (
	"context"
	"database/sql"
	"net/http"
)

type category struct {
	ID       int64       `json:"id"`
	Name     string      `json:"name"`
	Children []*category `json:"children,omitempty"`
}

// Tip 5: a tree is a relation too. The walk sends a query for each node.
func (s *service) badCategories(w http.ResponseWriter, r *http.Request) error {
	var root category
	err := s.db.QueryRowContext(r.Context(), `SELECT id, name FROM categories WHERE parent_id IS NULL`).
		Scan(&root.ID, &root.Name)
	if err != nil {
		return err
	}
	if err := s.grow(r.Context(), &root); err != nil {
		return err
	}
	return writeJSON(w, root)
}

// grow loads what hangs below a node.
func (s *service) grow(ctx context.Context, node *category) error {
	children, err := s.children(ctx, node.ID)
	if err != nil {
		return err
	}
	for _, child := range children {
		if err := s.grow(ctx, child); err != nil {
			return err
		}
	}
	node.Children = children
	return nil
}

func (s *service) children(ctx context.Context, parent int64) ([]*category, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, name FROM categories WHERE parent_id = ? ORDER BY id`, parent)
	if err != nil {
		return nil, err
	}
	defer rows.Close()

	var children []*category
	for rows.Next() {
		var c category
		if err := rows.Scan(&c.ID, &c.Name); err != nil {
			return nil, err
		}
		children = append(children, &c)
	}
	return children, rows.Err()
}

// A recursive CTE walks the tree inside the database; parents come before their children.
func (s *service) goodCategories(w http.ResponseWriter, r *http.Request) error {
	rows, err := s.db.QueryContext(r.Context(), `
		WITH RECURSIVE tree (id, parent_id, name, depth) AS (
			SELECT id, 0, name, 0 FROM categories WHERE parent_id IS NULL
			UNION ALL
			SELECT c.id, c.parent_id, c.name, tree.depth + 1
			FROM categories c JOIN tree ON tree.id = c.parent_id
		)
		SELECT id, parent_id, name FROM tree ORDER BY depth, id`)
	if err != nil {
		return err
	}
	defer rows.Close()

	var top category // what hangs below no category: the root
	nodes := map[int64]*category{0: &top}
	for rows.Next() {
		var c category
		var parent int64
		if err := rows.Scan(&c.ID, &parent, &c.Name); err != nil {
			return err
		}
		nodes[c.ID] = &c
		nodes[parent].Children = append(nodes[parent].Children, &c)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if len(top.Children) == 0 {
		return sql.ErrNoRows
	}
	return writeJSON(w, top.Children[0])
}
