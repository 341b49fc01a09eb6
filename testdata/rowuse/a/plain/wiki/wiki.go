// Package wiki edits pages.
package wiki

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

var ErrConflict = errors.New("page was changed by someone else")

type Page struct {
	Slug    string
	Edits   int
	Version int
	Text    string
}

type Pages struct{ DB *sql.DB }

func (p Pages) Load(ctx context.Context, slug string) (*Page, error) {
	pg := &Page{}
	err := p.DB.QueryRowContext(ctx, `SELECT slug, edits, version, text FROM wiki_pages WHERE slug = ?`, slug).
		Scan(&pg.Slug, &pg.Edits, &pg.Version, &pg.Text)
	if err != nil {
		return nil, fmt.Errorf("load %q: %w", slug, err)
	}
	return pg, nil
}

func (p Pages) Store(ctx context.Context, pg *Page) error {
	res, err := p.DB.ExecContext(ctx,
		`UPDATE wiki_pages SET text = ?, edits = ?, version = version + 1 WHERE slug = ? AND version = ?`,
		pg.Text, pg.Edits, pg.Slug, pg.Version)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil {
		return err
	} else if n == 0 {
		return ErrConflict
	}
	return nil
}

// AppendNote adds a paragraph at the end of a page.
func AppendNote(ctx context.Context, pages Pages, slug, note string) error {
	for attempt := 0; ; attempt++ {
		pg, err := pages.Load(ctx, slug)
		if err != nil {
			return err
		}
		pg.Text += "\n\n" + note
		pg.Edits++
		err = pages.Store(ctx, pg)
		if errors.Is(err, ErrConflict) && attempt < 3 {
			continue
		}
		return err
	}
}
