package gormv2

import (
	"context"
	"strings"

	"gorm.io/gorm"
)

type Photo struct {
	ID      uint
	AlbumID uint
	Title   string
	Labels  []Label `gorm:"many2many:photo_labels"`
}

type Label struct {
	ID   uint
	Name string
}

type photoRepo struct{ db *gorm.DB }

func (r photoRepo) ByID(ctx context.Context, id uint) (*Photo, error) {
	var p Photo
	if err := r.db.WithContext(ctx).Take(&p, id).Error; err != nil {
		return nil, err
	}
	return &p, nil
}

func (r photoRepo) Tag(ctx context.Context, p *Photo, names []string) error {
	for _, name := range names { // also: row-by-row-insert
		label := Label{Name: strings.ToLower(strings.TrimSpace(name))}
		if err := r.db.WithContext(ctx).Model(p).Association("Labels").Append(&label); err != nil { // want: row-by-row-insert
			return err
		}
	}
	return nil
}

type Album struct{ photos photoRepo }

func (a *Album) TagPhoto(ctx context.Context, id uint, tags string) (*Photo, error) {
	p, err := a.photos.ByID(ctx, id)
	if err != nil {
		return nil, err
	}
	return p, a.photos.Tag(ctx, p, strings.Split(tags, ","))
}
