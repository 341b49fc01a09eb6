// Package members has an inner loop that updates the first row that fits, and returns. It runs one statement each
// time it is entered. An n-plus-one and a row-by-row-update are wanted at the loop over the projects, for long
// keys and for small integers.
package members

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

// Promote ensures that each project has an administrator.
func (s *store) Promote() {
	for _, p := range s.ids(`SELECT id FROM projects ORDER BY id`) { // loop
		s.ensureAdmin(p)
	}
}

func (s *store) ensureAdmin(project string) bool {
	for _, m := range s.ids(`SELECT id FROM members WHERE project_id = ? ORDER BY id`, project) { // loopMembers
		if m != "" {
			s.exec(`UPDATE members SET admin = 1 WHERE id = ?`, m)
			return true
		}
	}
	return false
}
