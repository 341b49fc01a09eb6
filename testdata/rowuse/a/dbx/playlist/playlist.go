// Package playlist stores the tracks of playlists.
package playlist

import (
	"context"

	"github.com/pocketbase/dbx"
)

type Track struct {
	ID       int64  `db:"pk,id"`
	Playlist int64  `db:"playlist_id"`
	Song     string `db:"song"`
	Position int    `db:"position"`
}

func (Track) TableName() string { return "tracks" }

type DAO struct{ DB *dbx.DB }

func (d DAO) LastPosition(ctx context.Context, playlist int64) (int, error) {
	var max int
	q := d.DB.Select("COALESCE(MAX(position), 0)").From("tracks").Where(dbx.HashExp{"playlist_id": playlist}).WithContext(ctx)
	err := q.Row(&max) // also: read-modify-write
	return max, err
}

func (d DAO) Insert(ctx context.Context, t *Track) error {
	return d.DB.WithContext(ctx).Model(t).Insert() // want: read-modify-write
}

// Append puts a song at the end of a playlist.
func Append(ctx context.Context, d DAO, playlist int64, song string) (*Track, error) {
	last, err := d.LastPosition(ctx, playlist)
	if err != nil {
		return nil, err
	}
	t := &Track{Playlist: playlist, Song: song, Position: last + 1}
	if err := d.Insert(ctx, t); err != nil {
		return nil, err
	}
	return t, nil
}
