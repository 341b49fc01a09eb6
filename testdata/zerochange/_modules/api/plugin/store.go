package api

import "database/sql"

// IDs returns the posts.
func IDs(db *sql.DB) (ids []int64, err error) {
	rows, err := db.Query("SELECT id FROM posts ORDER BY id")
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

// Bodies runs one query for each post.
func Bodies(db *sql.DB, ids []int64) (bodies []string, err error) {
	for _, id := range ids { // want: n-plus-one proven
		var body string
		if err := db.QueryRow("SELECT body FROM comments WHERE post_id = ?", id).Scan(&body); err != nil {
			return nil, err
		}
		bodies = append(bodies, body)
	}
	return bodies, nil
}
