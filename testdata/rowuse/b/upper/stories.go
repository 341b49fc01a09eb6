package upper

import (
	"encoding/json"
	"io"

	"github.com/upper/db/v4"
)

type Story struct {
	ID    int64  `db:"id,omitempty" json:"id"`
	Title string `db:"title" json:"title"`
	State string `db:"state" json:"state"`
	Views int64  `db:"views" json:"views"`
}

type Stories struct{ db.Collection }

func (s Stories) Live() ([]Story, error) {
	var stories []Story
	err := s.Find(db.Cond{"state": "live"}).OrderBy("-id").All(&stories) // want: unbounded-result
	return stories, err
}

func writeFeed(w io.Writer, sess db.Session) error {
	stories, err := Stories{sess.Collection("stories")}.Live()
	if err != nil {
		return err
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(stories)
}
