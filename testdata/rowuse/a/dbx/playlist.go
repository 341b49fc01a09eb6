package dbx

import (
	"context"
	"database/sql"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/dbx/playlist"
)

var playlistAdd = rowuse.Case{
	Name:   "song is appended to a playlist",
	Want:   []string{rowuse.ReadModifyWrite},
	Why:    "MAX(position) is read and the next row takes it plus one; two requests can take the same position.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE tracks (id INTEGER PRIMARY KEY, playlist_id INTEGER NOT NULL, song TEXT NOT NULL, position INTEGER NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30) INSERT INTO tracks SELECT i, i % 3, 'Song ' || i, 1 + i / 3 FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		t, err := playlist.Append(ctx, playlist.DAO{DB: wrap(db)}, 1, "Encore")
		Sink = t
		return err
	},
}
