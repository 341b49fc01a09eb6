// Package touch updates in each iteration the row of a task, and then the row of the project that all tasks belong
// to. A row-by-row-update is wanted for both. For the project any level is right.
package touch

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

func (s *store) Touch() {
	for _, id := range s.ids(`SELECT id FROM tasks WHERE project_id = ?`, "p1") { // loop
		s.exec(`UPDATE tasks SET done = 1 WHERE id = ?`, id)
		s.exec(`UPDATE projects SET touched = touched + 1 WHERE id = ?`, "p1")
	}
}
