// Package podcast has shows and their episodes.
package podcast

import (
	"fmt"
	"io"

	"github.com/upper/db/v4"
)

type Episode struct {
	ID         int    `db:"id"`
	ShowID     int    `db:"show_id"`
	Number     int    `db:"number"`
	Title      string `db:"title"`
	ShowNotes  string `db:"show_notes"`
	Transcript string `db:"transcript"`
	Downloads  int    `db:"downloads"`
}

type Library struct{ Sess db.Session }

func (l *Library) Episodes(show int) (eps []Episode, err error) {
	err = l.Sess.Collection("episodes").
		Find("show_id", show).
		OrderBy("number").
		All(&eps) // want: unused-columns
	return eps, err
}

func (l *Library) episode(id int) (db.Result, *Episode, error) {
	res := l.Sess.Collection("episodes").Find("id", id)
	ep := &Episode{}
	return res, ep, res.One(ep) // also: read-modify-write
}

// Downloaded counts a download of an episode.
func (l *Library) Downloaded(id int) error {
	res, ep, err := l.episode(id)
	if err != nil {
		return err
	}
	ep.Downloads++
	return res.Update(ep) // want: read-modify-write
}

// Contents writes the table of contents of a show.
func Contents(w io.Writer, l *Library, show int) error {
	eps, err := l.Episodes(show)
	if err != nil {
		return err
	}
	for _, e := range eps {
		if _, err := fmt.Fprintf(w, "%3d. %s\n", e.Number, e.Title); err != nil {
			return err
		}
	}
	return nil
}
