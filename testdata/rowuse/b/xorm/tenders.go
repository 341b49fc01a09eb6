package xorm

import (
	"context"
	"errors"
	"fmt"

	"xorm.io/xorm"
)

type Tender struct {
	Id      int64
	Title   string
	Highest int64
	Bids    int
	Version int `xorm:"version"`
}

type tenderRepo struct{ engine *xorm.Engine }

var errOutbid = errors.New("another bid came in between")

func (r *tenderRepo) get(ctx context.Context, id int64) (*Tender, error) {
	t := new(Tender)
	has, err := r.engine.Context(ctx).ID(id).Get(t)
	if err == nil && !has {
		err = fmt.Errorf("no tender %d", id)
	}
	return t, err
}

func (r *tenderRepo) update(ctx context.Context, t *Tender) error {
	n, err := r.engine.Context(ctx).ID(t.Id).Cols("highest", "bids").Update(t)
	if err == nil && n == 0 {
		err = errOutbid
	}
	return err
}

func (r *tenderRepo) bid(ctx context.Context, id, cents int64) (string, error) {
	t, err := r.get(ctx, id)
	if err != nil {
		return "", err
	}
	if cents <= t.Highest {
		return fmt.Sprintf("%s stands at %d", t.Title, t.Highest), nil
	}
	t.Highest = cents
	t.Bids++
	return "accepted", r.update(ctx, t)
}
