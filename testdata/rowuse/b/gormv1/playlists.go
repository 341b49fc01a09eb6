package gormv1

import "github.com/jinzhu/gorm"

type PlaylistTrack struct {
	ID         uint
	PlaylistID uint
	TrackID    uint
	Position   int
}

type playlistRepo struct{ db *gorm.DB }

func (r playlistRepo) lastPosition(playlist uint) (int, error) {
	var pos int
	row := r.db.Model(&PlaylistTrack{}).
		Where("playlist_id = ?", playlist).
		Select("COALESCE(MAX(position), 0)").
		Row() // also: read-modify-write
	return pos, row.Scan(&pos)
}

func (r playlistRepo) add(t *PlaylistTrack) error {
	return r.db.Create(t).Error // want: read-modify-write
}

// Enqueue puts a track at a playlist's end.
func Enqueue(db *gorm.DB, playlist, track uint) (*PlaylistTrack, error) {
	repo := playlistRepo{db}
	last, err := repo.lastPosition(playlist)
	if err != nil {
		return nil, err
	}
	t := &PlaylistTrack{PlaylistID: playlist, TrackID: track, Position: last + 1}
	return t, repo.add(t)
}
