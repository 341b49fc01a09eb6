// Package polling waits in a loop until a job has started, and then reads its state. The state may have changed,
// so nothing is reported.
package polling

import (
	"database/sql"
	"time"
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

func (s *store) Start(begun <-chan struct{}) []string {
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
wait:
	for {
		if state := s.ids(`SELECT state FROM jobs WHERE id = ?`, "job"); len(state) > 0 {
			break
		}
		select {
		case <-begun:
			break wait
		case <-tick.C:
		}
	}
	return s.ids(`SELECT state FROM jobs WHERE id = ?`, "job")
}
