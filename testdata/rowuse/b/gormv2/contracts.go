package gormv2

import (
	"context"
	"errors"

	"gorm.io/gorm"
)

type Contract struct {
	ID      uint
	Title   string
	Clauses string
	Renewed int
	Version int
}

var ErrStale = errors.New("contract was changed by somebody else")

type contractStore struct{ db *gorm.DB }

func (s contractStore) load(ctx context.Context, id uint) (c Contract, err error) {
	err = s.db.WithContext(ctx).First(&c, "id = ?", id).Error
	return
}

func (s contractStore) store(ctx context.Context, c Contract) error {
	res := s.db.WithContext(ctx).Model(&Contract{}).
		Where("id = ? AND version = ?", c.ID, c.Version).
		Updates(map[string]any{"renewed": c.Renewed, "title": c.Title, "clauses": c.Clauses, "version": c.Version + 1})
	if res.Error == nil && res.RowsAffected == 0 {
		return ErrStale
	}
	return res.Error
}

// Renew renews a contract for some years.
func Renew(ctx context.Context, db *gorm.DB, id uint, years int) error {
	s := contractStore{db}
	c, err := s.load(ctx, id)
	if err != nil {
		return err
	}
	c.Renewed += years
	return s.store(ctx, c)
}
