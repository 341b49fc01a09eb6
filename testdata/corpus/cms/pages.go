package cms

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// Querier is a database or a transaction.
type Querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// PageRepository finds pages.
type PageRepository interface {
	Live(ctx context.Context) ([]*Page, error)
	BySlug(ctx context.Context, slug string) (*Page, error)
}

// Page is an entity: what belongs to it is loaded when it is asked for.
type Page struct {
	ID, Slug, Title, AuthorID string

	repo   *pageRepository
	author *Author
}

// Author wrote pages.
type Author struct{ ID, Name string }

type pageRepository struct{ db Querier }

var _ PageRepository = (*pageRepository)(nil)

func (r *pageRepository) Live(ctx context.Context) ([]*Page, error) {
	rows, err := r.db.QueryContext(ctx, `SELECT id, slug, title, author_id FROM pages WHERE status = 'live' ORDER BY published DESC`)
	if err != nil {
		return nil, err
	}
	return r.hydrate(rows)
}

func (r *pageRepository) hydrate(rows *sql.Rows) ([]*Page, error) {
	defer rows.Close()
	var pages []*Page
	for rows.Next() {
		p := &Page{repo: r}
		if err := rows.Scan(&p.ID, &p.Slug, &p.Title, &p.AuthorID); err != nil {
			return nil, fmt.Errorf("hydrating a page: %w", err)
		}
		pages = append(pages, p)
	}
	return pages, rows.Err()
}

func (r *pageRepository) BySlug(ctx context.Context, slug string) (*Page, error) {
	p := &Page{repo: r}
	row := r.db.QueryRowContext(ctx, `SELECT id, slug, title, author_id FROM pages WHERE slug = ?`, slug)
	return p, row.Scan(&p.ID, &p.Slug, &p.Title, &p.AuthorID)
}

// Author loads the author of the page, once.
func (p *Page) Author(ctx context.Context) (*Author, error) {
	if p.author != nil {
		return p.author, nil
	}
	var a Author
	err := p.repo.db.QueryRowContext(ctx, "SELECT id, name FROM authors WHERE id = $1", p.AuthorID).Scan(&a.ID, &a.Name)
	if err != nil {
		return nil, err
	}
	p.author = &a
	return p.author, nil
}

// Byline is for templates, which have no context to hand on.
func (p *Page) Byline() (string, error) {
	a, err := p.Author(context.Background())
	if err != nil {
		return "", err
	}
	return "by " + a.Name, nil
}

// Tags returns the names of the page's tags.
func (p *Page) Tags(ctx context.Context) ([]string, error) {
	q := fmt.Sprintf(`SELECT t.name FROM tags t JOIN page_tags pt ON pt.tag_id = t.id WHERE pt.page_id = '%s' ORDER BY t.name`, p.ID)
	rows, err := p.repo.db.QueryContext(ctx, q)
	if err != nil {
		return nil, err
	}
	return strs(rows)
}

// TitleIn returns the title in another language.
func (p *Page) TitleIn(ctx context.Context, lang string) (title string, err error) {
	err = p.repo.db.QueryRowContext(ctx, `SELECT title FROM translations WHERE page_id = ? AND lang = ?`, p.ID, lang).Scan(&title)
	return title, err
}

// withAuthors loads the authors of all pages together.
func (r *pageRepository) withAuthors(ctx context.Context, pages []*Page) error {
	byID := map[string]*Author{}
	var keys []any
	for _, p := range pages {
		if _, seen := byID[p.AuthorID]; !seen {
			byID[p.AuthorID] = &Author{ID: p.AuthorID}
			keys = append(keys, p.AuthorID)
		}
	}
	if len(keys) == 0 {
		return nil
	}
	rows, err := r.db.QueryContext(ctx, "SELECT id, name FROM authors WHERE id IN ("+strings.TrimSuffix(strings.Repeat("?,", len(keys)), ",")+")", keys...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var a Author
		if err := rows.Scan(&a.ID, &a.Name); err != nil {
			return err
		}
		*byID[a.ID] = a
	}
	for _, p := range pages {
		p.author = byID[p.AuthorID]
	}
	return rows.Err()
}

func strs(rows *sql.Rows) ([]string, error) {
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}
