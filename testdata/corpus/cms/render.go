package cms

import (
	"context"
	"fmt"
	"html/template"
	"io"
	"strings"
)

type site struct {
	db    Querier
	pages PageRepository
}

func (s site) overview(ctx context.Context, out io.Writer) error {
	pages, err := s.pages.Live(ctx)
	if err != nil {
		return err
	}
	for _, p := range pages { // want loop: n-plus-one
		a, err := p.Author(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%s by %s\n", p.Title, a.Name)
	}
	return nil
}

func (s site) overviewLoadedAhead(ctx context.Context, out io.Writer) error {
	repo := &pageRepository{s.db}
	pages, err := repo.Live(ctx)
	if err != nil {
		return err
	}
	if err := repo.withAuthors(ctx, pages); err != nil {
		return err
	}
	for _, p := range pages {
		a, err := p.Author(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%s by %s\n", p.Title, a.Name)
	}
	return nil
}

func (s site) tagged(ctx context.Context, out io.Writer) error {
	pages, err := s.pages.Live(ctx)
	if err != nil {
		return err
	}
	for i := 0; i < len(pages); i++ { // want loop: n-plus-one
		tags, err := pages[i].Tags(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%s: %s\n", pages[i].Title, strings.Join(tags, ", "))
	}
	return nil
}

func (s site) taggedAggregated(ctx context.Context, out io.Writer) error {
	rows, err := s.db.QueryContext(ctx, `
		SELECT p.title, json_group_array(t.name)
		FROM pages p JOIN page_tags pt ON pt.page_id = p.id JOIN tags t ON t.id = pt.tag_id
		GROUP BY p.id ORDER BY p.published DESC`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var title, tags string
		if err := rows.Scan(&title, &tags); err != nil {
			return err
		}
		fmt.Fprintln(out, title, tags)
	}
	return rows.Err()
}

func (s site) siteMap(ctx context.Context, lang string, out io.Writer) error {
	pages, err := s.pages.Live(ctx)
	if err != nil {
		return err
	}
	for _, p := range pages { // want loop: n-plus-one
		title, err := p.TitleIn(ctx, lang)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "/%s/%s %s\n", lang, p.Slug, title)
	}
	return nil
}

type block struct {
	position  int
	kind, ref string
}

func (s site) blocks(ctx context.Context, page string) ([]block, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT position, kind, ref FROM blocks WHERE page_id = ? ORDER BY position`, page)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var blocks []block
	for rows.Next() {
		var b block
		if err := rows.Scan(&b.position, &b.kind, &b.ref); err != nil {
			return nil, err
		}
		blocks = append(blocks, b)
	}
	return blocks, rows.Err()
}

// body renders the blocks of a page, each by what it refers to.
func (s site) body(ctx context.Context, slug string, out io.Writer) error {
	page, err := s.pages.BySlug(ctx, slug)
	if err != nil {
		return err
	}
	blocks, err := s.blocks(ctx, page.ID)
	if err != nil {
		return err
	}
	for _, b := range blocks { // want loop: n-plus-one
		switch b.kind {
		case "image":
			var url string
			if err := s.db.QueryRowContext(ctx, `SELECT url FROM images WHERE id = ?`, b.ref).Scan(&url); err != nil {
				return err
			}
			fmt.Fprintf(out, "<img src=%q>\n", url)
		case "quote":
			var text string
			if err := s.db.QueryRowContext(ctx, `SELECT text FROM quotes WHERE id = ?`, b.ref).Scan(&text); err != nil {
				return err
			}
			fmt.Fprintf(out, "<q>%s</q>\n", text)
		}
	}
	return nil
}

var feed = template.Must(template.New("feed").Parse(`{{range .}}<h2>{{.Title}}</h2><p>{{.Byline}}</p>{{end}}`))

// feed is rendered by a template that asks each page for its author.
func (s site) feed(ctx context.Context, out io.Writer) error {
	pages, err := s.pages.Live(ctx)
	if err != nil {
		return err
	}
	return feed.Execute(out, pages) // want loop: n-plus-one
}

type comment struct {
	id, body string
	replies  []comment
}

func (s site) replies(ctx context.Context, page string, to comment) ([]comment, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, body FROM comments WHERE page_id = ? AND coalesce(reply_to, '') = ?`, page, to.id)
	if err != nil {
		return nil, err
	}
	var list []comment
	for rows.Next() {
		var c comment
		if err := rows.Scan(&c.id, &c.body); err != nil {
			rows.Close()
			return nil, err
		}
		list = append(list, c)
	}
	rows.Close()
	for i := range list { // want loop: recursive-query
		if list[i].replies, err = s.replies(ctx, page, list[i]); err != nil { // want loop: recursive-query
			return nil, err
		}
	}
	return list, rows.Err()
}

// below lists the pages under one, by a queue instead of recursion.
func (s site) below(ctx context.Context, root string) (slugs []string, err error) {
	queue := []string{root}
	for len(queue) > 0 { // want loop: n-plus-one recursive-query
		parent := queue[0]
		queue = queue[1:]
		rows, err := s.db.QueryContext(ctx, `SELECT id, slug FROM pages WHERE parent_id = ?`, parent)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var id, slug string
			if err := rows.Scan(&id, &slug); err != nil {
				rows.Close()
				return nil, err
			}
			queue = append(queue, id)
			slugs = append(slugs, slug)
		}
		rows.Close()
	}
	return slugs, nil
}

// belowByLevels is below with one statement for all pages of a level.
func (s site) belowByLevels(ctx context.Context, root string) (slugs []string, err error) {
	for level := []any{root}; len(level) > 0; {
		rows, err := s.db.QueryContext(ctx, `SELECT id, slug FROM pages WHERE parent_id IN (?`+strings.Repeat(", ?", len(level)-1)+`)`, level...)
		if err != nil {
			return nil, err
		}
		level = nil
		for rows.Next() {
			var id, slug string
			if err := rows.Scan(&id, &slug); err != nil {
				rows.Close()
				return nil, err
			}
			level = append(level, id)
			slugs = append(slugs, slug)
		}
		rows.Close()
	}
	return slugs, nil
}

// thread loads all comments of a page and puts them in their places in memory.
func (s site) thread(ctx context.Context, page string) ([]comment, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, coalesce(reply_to, ''), body FROM comments WHERE page_id = ?`, page)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	under := map[string][]comment{}
	for rows.Next() {
		var c comment
		var to string
		if err := rows.Scan(&c.id, &to, &c.body); err != nil {
			return nil, err
		}
		under[to] = append(under[to], c)
	}
	var build func(id string) []comment
	build = func(id string) []comment {
		list := under[id]
		for i := range list {
			list[i].replies = build(list[i].id)
		}
		return list
	}
	return build(""), rows.Err()
}

func (s site) menus(ctx context.Context, out io.Writer) error {
	for _, menu := range [...]string{"top", "side", "foot"} {
		rows, err := s.db.QueryContext(ctx, `SELECT title FROM menu_entries WHERE menu = ? ORDER BY position`, menu)
		if err != nil {
			return err
		}
		titles, err := strs(rows)
		if err != nil {
			return err
		}
		fmt.Fprintln(out, menu, titles)
	}
	return nil
}

const maxHops = 5

// target follows redirects.
func (s site) target(ctx context.Context, path string) (string, error) {
	for hop := 0; hop < maxHops; hop++ {
		var next string
		err := s.db.QueryRowContext(ctx, `SELECT coalesce((SELECT target FROM redirects WHERE source = ?), '')`, path).Scan(&next)
		if err != nil || next == "" {
			return path, err
		}
		path = next
	}
	return "", fmt.Errorf("more than %d redirects", maxHops)
}
