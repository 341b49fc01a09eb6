// Package albums loads one album in each call, and its covers in a loop over chunks that has one iteration. An
// n-plus-one is wanted at the loop over the songs, for albums and for covers, and not at the loop over the chunks.
package albums

import (
	"database/sql"
	"slices"
	"strings"
)

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

// Similar loads the album of each song.
func (s *store) Similar() {
	for _, album := range s.ids(`SELECT album_id FROM songs ORDER BY id`) { // loop
		s.Album(album)
	}
}

func (s *store) Album(id string) {
	s.hydrate(s.ids(`SELECT id FROM albums WHERE id = ?`, id))
}

func (s *store) hydrate(ids []string) {
	for chunk := range slices.Chunk(ids, 200) { // loopChunk
		args := make([]any, len(chunk))
		for i, id := range chunk {
			args[i] = id
		}
		s.ids(`SELECT hash FROM covers WHERE item_id IN (?`+strings.Repeat(",?", len(chunk)-1)+`)`, args...)
	}
}
