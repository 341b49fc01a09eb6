// Package covers loads albums with their tracks, which repeat the key of the album, and then deletes covers by the
// keys of the albums. An n-plus-one is wanted for the tracks. The parent of the row-by-row-delete is the query of
// the albums and not that of the tracks.
package covers

import (
	"context"
	"database/sql"
)

type album struct {
	id     string
	tracks []string
}

func texts(ctx context.Context, db *sql.DB, q string, args ...any) (out []string, err error) {
	rows, err := db.QueryContext(ctx, q, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

func albums(ctx context.Context, db *sql.DB) (out []album, err error) {
	ids, err := texts(ctx, db, "SELECT id FROM albums ORDER BY id")
	if err != nil {
		return nil, err
	}
	for _, id := range ids { // loopTracks
		tracks, err := texts(ctx, db, "SELECT album_id FROM tracks WHERE album_id = $1", id)
		if err != nil {
			return nil, err
		}
		out = append(out, album{id, tracks})
	}
	return out, nil
}

func DropCovers(ctx context.Context, db *sql.DB) error {
	all, err := albums(ctx, db)
	if err != nil {
		return err
	}
	for _, a := range all { // loopCovers
		if _, err := db.ExecContext(ctx, "DELETE FROM covers WHERE album_id = $1", a.id); err != nil {
			return err
		}
	}
	return nil
}
