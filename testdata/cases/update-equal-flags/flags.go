// Package flags updates all columns of each row. The value of one column is computed from the row, and is equal
// for all rows of this test. That is a row-by-row-update. Its fix must set the value of each row, or have no
// statement.
package flags

import (
	"database/sql"
	"fmt"
)

type store struct{ db *sql.DB }

func (s *store) ids(q string, args ...any) (out []string) {
	rows, err := s.db.Query(q, args...)
	if err != nil {
		panic(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			panic(err)
		}
		out = append(out, id)
	}
	return out
}

func (s *store) exec(q string, args ...any) int64 {
	r, err := s.db.Exec(q, args...)
	if err != nil {
		panic(err)
	}
	n, _ := r.RowsAffected()
	return n
}

func (s *store) SaveAll() {
	for i, id := range s.ids(`SELECT id FROM apps WHERE user_id = ? ORDER BY id`, "u1") { // loop
		s.exec(`UPDATE apps SET name = ?, internal = ? WHERE id = ?`, fmt.Sprint("n", i), internal(id), id)
	}
}

func internal(id string) bool { return id == "app-000009" }
