// Package shop opens its databases through wrappers around drivers, which hide the type of the driver and so the dialect of SQL: names
// in double quotes are names on PostgreSQL and SQLite, and texts on MariaDB. Each loop is an n-plus-one, proven by its parent.
package shop

import (
	"context"
	"database/sql"
)

const (
	doubled = `SELECT "body" FROM "comments" WHERE "post_id" = $1 AND "state" = 'x'`
	ticked  = "SELECT `body` FROM `comments` WHERE `post_id` = ? AND `state` = \"x\""
)

func List(ctx context.Context, db *sql.DB, query string) (n int, err error) {
	rows, err := db.QueryContext(ctx, "SELECT id FROM posts ORDER BY id")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return 0, err
		}
		ids = append(ids, id)
	}
	for _, id := range ids { // loopList
		var body sql.NullString
		if err := db.QueryRowContext(ctx, query, id).Scan(&body); err != nil && err != sql.ErrNoRows {
			return 0, err
		}
		n += len(body.String)
	}
	return n, rows.Err()
}
