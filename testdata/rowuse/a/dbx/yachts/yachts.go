// Package yachts has the pictures of yachts for sale.
package yachts

import (
	"context"

	"github.com/pocketbase/dbx"
)

type Picture struct {
	ID       int64  `db:"pk,id"`
	YachtID  int64  `db:"yacht_id"`
	FileName string `db:"file_name"`
	Exif     string `db:"exif"`
	Preview  []byte `db:"preview"`
	Original []byte `db:"original"`
}

func (Picture) TableName() string { return "pictures" }

type Gallery interface {
	Pictures(ctx context.Context, yacht int64) ([]Picture, error)
}

type gallery struct{ *dbx.DB }

func NewGallery(db *dbx.DB) Gallery { return &gallery{db} }

func (g *gallery) Pictures(ctx context.Context, yacht int64) (ps []Picture, err error) {
	err = g.Select().Where(dbx.HashExp{"yacht_id": yacht}).OrderBy("file_name").WithContext(ctx).All(&ps) // want: unused-columns
	return ps, err
}
