// Package goroutines starts three goroutines that run the same query first. That is a duplicate-query.
package goroutines

import (
	"database/sql"
	"sync"
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

func (s *store) Search() {
	var wg sync.WaitGroup
	wg.Go(s.artists)
	wg.Go(s.albums)
	wg.Go(s.titles)
	wg.Wait()
}

func (s *store) artists() {
	s.seesAll()
	s.ids(`SELECT id FROM artists WHERE name = ?`, "x")
}

func (s *store) albums() {
	s.seesAll()
	s.ids(`SELECT id FROM albums WHERE name = ?`, "x")
}

func (s *store) titles() {
	s.seesAll()
	s.ids(`SELECT id FROM songs WHERE name = ?`, "x")
}

func (s *store) seesAll() []string { return s.ids(`SELECT count(*) FROM libraries`) }
