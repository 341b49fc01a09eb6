package graph

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"
)

type member struct{ id, name string }

type post struct {
	id            int64
	author, title string
}

type comment struct {
	id, post     int64
	author, body string
}

const viewer = "m_002425" // who asks

type api struct {
	db      *sql.DB
	authors *loader[string, member]
	threads *loader[int64, []any]
	window  *window[string, member]
}

func newAPI(db *sql.DB) *api {
	a := &api{db: db}
	a.authors = newLoader(0, a.members)
	a.threads = newLoader(0, a.commentsOf)
	a.window = &window[string, member]{batch: a.members, wait: 3 * time.Millisecond}
	return a
}

func (a *api) posts(ctx context.Context, _ any, _ map[string]any) (any, error) {
	rows, err := a.db.QueryContext(ctx, `SELECT id, author_id, title FROM posts ORDER BY position DESC LIMIT 12`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []any
	for rows.Next() {
		var p post
		if err := rows.Scan(&p.id, &p.author, &p.title); err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, rows.Err()
}

func (a *api) member(ctx context.Context, id string) (m member, err error) {
	err = a.db.QueryRowContext(ctx, `SELECT id, name FROM members WHERE id = ?`, id).Scan(&m.id, &m.name)
	return m, err
}

func marks(n int) string { return "(?" + strings.Repeat(", ?", n-1) + ")" }

func anys[T any](list []T) []any {
	out := make([]any, len(list))
	for i, v := range list {
		out[i] = v
	}
	return out
}

// members loads many members by one statement.
func (a *api) members(ctx context.Context, ids []string) (map[string]member, error) {
	rows, err := a.db.QueryContext(ctx, `SELECT id, name FROM members WHERE id IN `+marks(len(ids)), anys(ids)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := map[string]member{}
	for rows.Next() {
		var m member
		if err := rows.Scan(&m.id, &m.name); err != nil {
			return nil, err
		}
		found[m.id] = m
	}
	return found, rows.Err()
}

// membersOneByOne is a batch function of somebody who has not understood loaders.
func (a *api) membersOneByOne(ctx context.Context, ids []string) (map[string]member, error) {
	found := map[string]member{}
	for _, id := range ids { // want loop: n-plus-one
		m, err := a.member(ctx, id)
		if err != nil {
			return nil, err
		}
		found[id] = m
	}
	return found, nil
}

func (a *api) commentsOf(ctx context.Context, posts []int64) (map[int64][]any, error) {
	found := map[int64][]any{}
	list, err := a.commentsWhere(ctx, `post_id IN `+marks(len(posts)), anys(posts)...)
	for _, c := range list {
		p := c.(comment).post
		found[p] = append(found[p], c)
	}
	return found, err
}

func (a *api) commentsWhere(ctx context.Context, where string, args ...any) (list []any, err error) {
	rows, err := a.db.QueryContext(ctx, `SELECT id, post_id, author_id, body FROM comments WHERE `+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var c comment
		if err := rows.Scan(&c.id, &c.post, &c.author, &c.body); err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, rows.Err()
}

func (a *api) authorOf(parent any) string {
	switch p := parent.(type) {
	case post:
		return p.author
	case comment:
		return p.author
	}
	panic(fmt.Sprintf("a %T has no author", parent))
}

// eager resolvers load what they need when they are asked.
func (a *api) eager() map[string]resolver {
	author := func(ctx context.Context, parent any, _ map[string]any) (any, error) {
		return a.member(ctx, a.authorOf(parent))
	}
	return map[string]resolver{
		"Query.posts":    a.posts,
		"Query.me":       func(ctx context.Context, _ any, _ map[string]any) (any, error) { return a.member(ctx, viewer) },
		"Query.greeting": a.greeting,
		"Query.nodes":    a.nodes,
		"Post.author":    author,
		"Comment.author": author,
		"Post.title":     func(_ context.Context, p any, _ map[string]any) (any, error) { return p.(post).title, nil },
		"Member.name":    func(_ context.Context, m any, _ map[string]any) (any, error) { return m.(member).name, nil },
		"Comment.body":   func(_ context.Context, c any, _ map[string]any) (any, error) { return c.(comment).body, nil },
		"Post.comments": func(ctx context.Context, p any, _ map[string]any) (any, error) {
			return a.commentsWhere(ctx, `post_id = ?`, p.(post).id)
		},
		"Post.liked": func(ctx context.Context, p any, _ map[string]any) (any, error) {
			var liked bool
			err := a.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM likes WHERE member_id = ? AND post_id = ?)`, viewer, p.(post).id).Scan(&liked)
			return liked, err
		},
		"Post.likes": func(ctx context.Context, p any, _ map[string]any) (any, error) {
			var n int
			err := a.db.QueryRowContext(ctx, `SELECT count(*) FROM likes WHERE post_id = ?`, p.(post).id).Scan(&n)
			return n, err
		},
		"Post.commentCount": func(_ context.Context, p any, _ map[string]any) (any, error) {
			var n int
			err := a.db.QueryRow(`SELECT count(*) FROM comments WHERE post_id = ?`, p.(post).id).Scan(&n)
			return n, err
		},
	}
}

// lazy resolvers leave authors and comments to loaders.
func (a *api) lazy() map[string]resolver {
	rs := a.eager()
	author := func(ctx context.Context, parent any, _ map[string]any) (any, error) {
		return a.authors.load(ctx, a.authorOf(parent)), nil
	}
	rs["Post.author"], rs["Comment.author"] = author, author
	rs["Post.comments"] = func(ctx context.Context, p any, _ map[string]any) (any, error) {
		return a.threads.load(ctx, p.(post).id), nil
	}
	return rs
}

// windowed resolvers leave authors to a loader that waits for a moment.
func (a *api) windowed() map[string]resolver {
	rs := a.eager()
	rs["Post.author"] = func(ctx context.Context, parent any, _ map[string]any) (any, error) {
		return a.window.load(ctx, a.authorOf(parent))
	}
	return rs
}

func (a *api) greeting(ctx context.Context, _ any, _ map[string]any) (any, error) {
	m, err := a.member(ctx, viewer)
	return "Hello " + m.name, err
}

// nodes answers posts by their ids.
func (a *api) nodes(ctx context.Context, _ any, args map[string]any) (any, error) {
	var list []any
	for _, id := range args["ids"].([]int64) { // want loop: n-plus-one
		p := post{id: id}
		if err := a.db.QueryRowContext(ctx, `SELECT author_id, title FROM posts WHERE id = ?`, id).Scan(&p.author, &p.title); err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, nil
}
