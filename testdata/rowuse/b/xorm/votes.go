package xorm

import (
	"context"
	"fmt"

	"xorm.io/xorm"
)

type Ballot struct {
	Id     int64
	PollId int64
	Option string
	Rank   int
	Voter  string
}

type ballotBox struct{ engine *xorm.Engine }

func (b *ballotBox) cast(ctx context.Context, poll int64, voter string, ranking []string) error {
	_, err := b.engine.Transaction(func(s *xorm.Session) (any, error) {
		s = s.Context(ctx)
		for i, opt := range ranking { // also: row-by-row-insert
			ballot := &Ballot{PollId: poll, Option: opt, Rank: i + 1, Voter: voter}
			if _, err := s.InsertOne(ballot); err != nil { // want: row-by-row-insert
				return nil, fmt.Errorf("rank %d: %w", i+1, err)
			}
		}
		return nil, nil
	})
	return err
}
