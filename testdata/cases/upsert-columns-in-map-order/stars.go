// Package stars updates a row and inserts it if the UPDATE changed no row. The SET list has its columns in the
// order of a map. An upsert is not reported, in any order of the columns.
package stars

import "database/sql"

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

// Ordered always writes the columns in the same order.
func (s *store) Ordered() {
	for _, id := range s.ids(`SELECT id FROM songs ORDER BY id`) {
		s.upsert(`starred = ?, at = ?`, id)
	}
}

// Mixed varies the order of the columns, as iteration over a map does.
func (s *store) Mixed() {
	for i, id := range s.ids(`SELECT id FROM songs ORDER BY id`) {
		set := `starred = ?, at = ?`
		if i%3 == 0 {
			set = `at = ?, starred = ?`
		}
		s.upsert(set, id)
	}
}

func (s *store) upsert(set, id string) {
	if s.exec(`UPDATE annotations SET `+set+` WHERE item_id = ?`, 1, 1, id) == 0 {
		s.exec(`INSERT INTO annotations (item_id, starred, at) VALUES (?, 1, 1)`, id)
	}
}
