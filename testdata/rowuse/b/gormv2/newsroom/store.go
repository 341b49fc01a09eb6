// Package newsroom stores what the editors write.
package newsroom

import (
	"context"
	"time"

	"gorm.io/gorm"
)

type Article struct {
	ID          uint
	SectionID   uint
	Slug        string
	Headline    string
	Standfirst  string
	Body        string
	Markup      string
	PublishedAt time.Time
}

type Store struct{ db *gorm.DB }

func NewStore(db *gorm.DB) *Store { return &Store{db} }

// BySection returns the articles of a section, newest first.
func (s *Store) BySection(ctx context.Context, section uint) ([]Article, error) {
	return gorm.G[Article](s.db).
		Where("section_id = ?", section).
		Order("published_at DESC").
		Limit(500).
		Find(ctx) // want: unused-columns
}
