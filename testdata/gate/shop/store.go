// Package shop is a small application with old debts: loops that run a statement for each row, and a baseline that knows
// them. The tests of the command change it as a team would, and look at what the gate says.
package shop

import (
	"context"
	"database/sql"
)

// A Store reads a shop's database.
type Store struct{ DB *sql.DB }

// keys returns the first column of a query.
func (s *Store) keys(ctx context.Context, query string) (ids []int64, err error) {
	rows, err := s.DB.QueryContext(ctx, query)
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
