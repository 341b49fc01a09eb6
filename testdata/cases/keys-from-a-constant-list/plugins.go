// Package plugins reads by the two keys of a constant list. Rows that were read before hold the same values in a
// column of the same name. The name of a column proves nothing, and two statements are too few to report.
package plugins

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

// Start reads the plugins of two applications.
func (s *store) Start() {
	s.ids(`SELECT module_path FROM plugin_confs WHERE app_id = ?`, "a1")
	s.ids(`SELECT module_path FROM plugin_confs WHERE app_id = ?`, "a2")
}

// StartAll reads the plugins of each application with one statement.
func (s *store) StartAll() {
	for _, app := range s.ids(`SELECT DISTINCT app_id FROM plugin_confs ORDER BY app_id`) { // loopStart
		s.ids(`SELECT module_path FROM plugin_confs WHERE app_id = ?`, app)
	}
}

// Stop reads the configuration of each of paths.
func (s *store) Stop(paths []string) {
	for _, path := range paths { // loopStop
		s.ids(`SELECT token FROM plugin_confs WHERE user_id = ? AND module_path = ?`, "u1", path)
	}
}
