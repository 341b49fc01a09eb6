// Package bulk moves many tasks, each in its one view. The inner loop has one iteration for each task. A
// row-by-row-update is wanted at the loop over the tasks, and a duplicate-query for the views.
package bulk

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

// Bulk moves all tasks of a project.
func (s *store) Bulk() {
	for _, id := range s.ids(`SELECT id FROM tasks WHERE project_id = ?`, "p1") { // loop
		s.one(id)
	}
}

func (s *store) one(id string) {
	s.move(id, s.ids(`SELECT id FROM views WHERE project_id = ?`, "p1"))
}

func (s *store) move(id string, views []string) {
	for _, v := range views { // loopMove
		s.exec(`UPDATE task_buckets SET bucket_id = ? WHERE task_id = ? AND view_id = ?`, "done", id, v)
	}
}
