package ginkgo

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

// Body returns the comment of a post.
func Body(db *sql.DB, id int64) (body string, err error) {
	err = db.QueryRow("SELECT body FROM comments WHERE post_id = ?", id).Scan(&body)
	return body, err
}

// Bodies runs one query for each post.
func Bodies(db *sql.DB, ids []int64) (bodies []string, err error) {
	for _, id := range ids { // want: n-plus-one proven measured
		body, err := Body(db, id)
		if err != nil {
			return nil, err
		}
		bodies = append(bodies, body)
	}
	return bodies, nil
}

// Count returns the number of posts.
func Count(db *sql.DB) (n int, err error) {
	err = db.QueryRow("SELECT count(*) FROM posts").Scan(&n)
	return n, err
}
