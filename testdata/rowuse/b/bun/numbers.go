package bun

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/uptrace/bun"
)

type Sequence struct {
	bun.BaseModel `bun:"table:sequences"`

	Name string `bun:",pk"`
	Last int64
}

type Numbering struct{ db *bun.DB }

// Next gives the next number of a kind of paper, in its printed form.
func (n *Numbering) Next(ctx context.Context, name string) (number string, err error) {
	err = n.db.RunInTx(ctx, &sql.TxOptions{}, func(ctx context.Context, tx bun.Tx) error {
		s, err := lockSequence(ctx, tx, name)
		if err != nil {
			return err
		}
		s.Last++
		number = fmt.Sprintf("%s-%06d", s.Name, s.Last)
		_, err = tx.NewUpdate().Model(s).WherePK().Exec(ctx)
		return err
	})
	return number, err
}

func lockSequence(ctx context.Context, tx bun.Tx, name string) (*Sequence, error) {
	s := new(Sequence)
	err := tx.NewSelect().Model(s).Where("name = ?", name).For("UPDATE").Scan(ctx)
	return s, err
}
