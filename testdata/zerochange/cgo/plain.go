package cgo

import "database/sql"

func ids(db *sql.DB) (ids []int64, err error) {
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

func inGo(db *sql.DB, ids []int64) error {
	for _, id := range ids { // want: n-plus-one likely measured
		if _, err := body(db, id); err != nil {
			return err
		}
	}
	return nil
}
