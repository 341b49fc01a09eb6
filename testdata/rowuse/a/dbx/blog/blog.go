// Package blog reads articles and what readers say about them.
package blog

import (
	"context"

	"github.com/pocketbase/dbx"
)

type Reader struct {
	ID   int64  `db:"id"`
	Nick string `db:"nick"`
}

type Comment struct {
	ID        int64  `db:"id"`
	ArticleID int64  `db:"article_id"`
	ReaderID  int64  `db:"reader_id"`
	Text      string `db:"text"`
	Reader    *Reader
}

type Article struct {
	ID       int64  `db:"id"`
	Title    string `db:"title"`
	Teaser   string `db:"teaser"`
	Comments []*Comment
}

type Loader struct{ db *dbx.DB }

func NewLoader(db *dbx.DB) *Loader { return &Loader{db} }

// Article loads an article with its comments and their readers.
func (l *Loader) Article(ctx context.Context, id int64) (*Article, error) {
	a := &Article{}
	err := l.db.Select("id", "title", "teaser").From("articles").Where(dbx.HashExp{"id": id}).WithContext(ctx).One(a)
	if err != nil {
		return nil, err
	}
	if a.Comments, err = l.comments(ctx, id); err != nil {
		return nil, err
	}
	return a, l.attachReaders(ctx, a.Comments)
}

func (l *Loader) comments(ctx context.Context, article int64) ([]*Comment, error) {
	var cs []*Comment
	q := l.db.Select("id", "article_id", "reader_id", "text").From("comments").Where(dbx.HashExp{"article_id": article})
	err := q.WithContext(ctx).All(&cs) // want: fetch-to-count
	return cs, err
}

func (l *Loader) attachReaders(ctx context.Context, cs []*Comment) error {
	if len(cs) == 0 {
		return nil
	}
	ids := make([]any, len(cs))
	for i, c := range cs {
		ids[i] = c.ReaderID
	}
	var rs []*Reader
	if err := l.db.Select("id", "nick").From("readers").Where(dbx.In("id", ids...)).WithContext(ctx).All(&rs); err != nil { // also: fetch-to-count
		return err
	}
	byID := map[int64]*Reader{}
	for _, r := range rs {
		byID[r.ID] = r
	}
	for _, c := range cs {
		c.Reader = byID[c.ReaderID]
	}
	return nil
}
