// Package light is an application with requirements of 2024. .ci/light adds nplusgone to a copy of it.
package light

import (
	"context"
	"database/sql"

	"go.uber.org/zap"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// A Post has many comments.
type Post struct {
	ID       uint
	Title    string
	Comments []Comment
}

// A Comment belongs to a post.
type Comment struct {
	ID     uint
	PostID uint
	Text   string
}

// A Store reads posts.
type Store struct {
	db  *gorm.DB
	log *zap.Logger
}

// NewStore returns a store on db, with a few posts in it.
func NewStore(db *sql.DB, log *zap.Logger) (*Store, error) {
	g, err := gorm.Open(sqlite.Dialector{Conn: db}, &gorm.Config{Logger: logger.Discard})
	if err != nil {
		return nil, err
	}
	if err := g.AutoMigrate(&Post{}, &Comment{}); err != nil {
		return nil, err
	}
	for _, title := range []string{"one", "two", "three", "four", "five"} {
		post := Post{Title: title, Comments: []Comment{{Text: "first"}, {Text: "second"}}}
		if err := g.Create(&post).Error; err != nil {
			return nil, err
		}
	}
	return &Store{g, log}, nil
}

// OneByOne returns all posts, and queries the comments of each.
func (s *Store) OneByOne(ctx context.Context) ([]Post, error) {
	var posts []Post
	if err := s.db.WithContext(ctx).Find(&posts).Error; err != nil {
		return nil, err
	}
	for i := range posts {
		if err := s.db.WithContext(ctx).Where("post_id = ?", posts[i].ID).Find(&posts[i].Comments).Error; err != nil {
			return nil, err
		}
	}
	s.log.Debug("read posts", zap.Int("posts", len(posts)))
	return posts, nil
}

// Preloaded returns all posts with their comments, in two queries.
func (s *Store) Preloaded(ctx context.Context) ([]Post, error) {
	var posts []Post
	err := s.db.WithContext(ctx).Preload("Comments").Find(&posts).Error
	return posts, err
}
