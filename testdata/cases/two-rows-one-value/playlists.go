// Package playlists reads two songs by key that belong to the same album, and the cover of the album twice. That
// two rows hold one value depends on the data, so it is not reported. A playlist whose two statements run twice is
// a duplicate-query, for both statements.
package playlists

import "database/sql"

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

// Path loads two songs.
func (s *store) Path(from, to string) {
	s.Song(from)
	s.Song(to)
}

func (s *store) Song(id string) {
	for _, album := range s.ids(`SELECT album_id FROM songs WHERE id = ?`, id) {
		s.ids(`SELECT hash FROM covers WHERE item_id = ?`, album)
	}
}

// Page loads a playlist twice: to check access, and to show it.
func (s *store) Page(id string) {
	s.playlist(id)
	s.playlist(id)
}

func (s *store) playlist(id string) {
	s.ids(`SELECT name FROM playlists WHERE id = ?`, id)
	s.ids(`SELECT hash FROM covers WHERE item_id = ?`, id)
}
