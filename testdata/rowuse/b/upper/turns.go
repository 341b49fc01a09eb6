package upper

import (
	"errors"

	"github.com/upper/db/v4"
)

type Move struct {
	ID    int    `db:"id,omitempty"`
	Match int    `db:"match_id"`
	Turn  int    `db:"turn"`
	Who   string `db:"who"`
	What  string `db:"what"`
}

var errMoved = errors.New("has moved already")

type matchStore struct{ moves db.Collection }

func (m matchStore) hasMoved(match, turn int, who string) (bool, error) {
	return m.moves.Find(db.Cond{"match_id": match, "turn": turn, "who": who}).Exists()
}

func (m matchStore) play(mv Move) (db.ID, error) {
	moved, err := m.hasMoved(mv.Match, mv.Turn, mv.Who)
	if err != nil {
		return nil, err
	}
	if moved {
		return nil, errMoved
	}
	res, err := m.moves.Insert(mv)
	if err != nil {
		return nil, err
	}
	return res.ID(), nil
}
