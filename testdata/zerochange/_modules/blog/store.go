package blog

import "database/sql"

// Bodies runs one query.
func Bodies(db *sql.DB) (bodies []string, err error) {
	rows, err := db.Query("SELECT id FROM posts ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var body string
		if err := rows.Scan(&body); err != nil {
			return nil, err
		}
		bodies = append(bodies, body)
	}
	return bodies, rows.Err()
}
