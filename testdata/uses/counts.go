package uses

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"reflect"
	"slices"

	"github.com/nplusgone/nplusgone/testdata/uses/lists"
)

func counts() []Case {
	fires, quiet := about("fetch-to-count")
	proven := func(name string, run runner) Case { return fires(name, run).at("proven") }
	return []Case{
		proven("the len of a slice of structs", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			Out = len(posts)
			return err
		}),
		proven("the len of a slice of pointers, in a message", func(ctx context.Context, db *sql.DB) error {
			list, err := store{db}.comments(ctx, 3)
			if err != nil {
				return err
			}
			Out = fmt.Sprintf("%d comments", len(list))
			return nil
		}),
		proven("rows stepped through with a counter", func(ctx context.Context, db *sql.DB) error {
			rows, err := db.QueryContext(ctx, `SELECT id FROM comments WHERE post_id = ?`, 4)
			if err != nil {
				return err
			}
			defer rows.Close()
			n := 0
			for rows.Next() {
				n++
			}
			Out = n
			return rows.Err()
		}),
		proven("rows scanned, and then only counted", func(ctx context.Context, db *sql.DB) error {
			rows, err := db.QueryContext(ctx, `SELECT id, title FROM posts`)
			if err != nil {
				return err
			}
			defer rows.Close()
			var n int64
			for rows.Next() {
				var id int64
				var title string
				if err := rows.Scan(&id, &title); err != nil {
					return err
				}
				n++
			}
			Out = n
			return rows.Err()
		}),
		proven("a helper of another package that takes the len", func(ctx context.Context, db *sql.DB) error {
			all, err := store{db}.ids(ctx, `SELECT id FROM comments WHERE author_id = ?`, 2)
			if err != nil {
				return err
			}
			Out = lists.IDs(all)
			return nil
		}),
		proven("a generic helper of another package", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			Out = lists.Size(posts)
			return nil
		}),
		proven("a service between the handler and the store", func(ctx context.Context, db *sql.DB) error {
			n, err := countPosts(ctx, store{db})
			Out = n
			return err
		}),
		proven("a slice that a closure fills", func(ctx context.Context, db *sql.DB) error {
			var found []int64
			err := inTx(ctx, db, func(tx *sql.Tx) (err error) {
				found, err = ids(tx.QueryContext(ctx, `SELECT id FROM posts WHERE status = ?`, "published"))
				return err
			})
			Out = len(found)
			return err
		}),
		proven("a slice in a field of a page", func(ctx context.Context, db *sql.DB) error {
			type page struct {
				title string
				posts []post
			}
			var p page
			var err error
			p.title = "All posts"
			if p.posts, err = (store{db}).posts(ctx); err != nil {
				return err
			}
			Out = fmt.Sprint(p.title, len(p.posts))
			return nil
		}),
		fires("a repository behind an interface, likely at most", func(ctx context.Context, db *sql.DB) error {
			return countThrough(ctx, store{db})
		}).at("likely"),
		proven("a generic query that is given how to scan", func(ctx context.Context, db *sql.DB) error {
			all, err := queryAll(ctx, db, scanUser, `SELECT id, name, email, country, score FROM users`)
			Out = len(all)
			return err
		}),
		fires("a limit that the number is compared with", func(ctx context.Context, db *sql.DB) error {
			list, err := store{db}.comments(ctx, 5)
			if err != nil {
				return err
			}
			if len(list) >= 100 {
				return errors.New("too many comments")
			}
			return nil
		}),
		fires("a statement without arguments, prepared", func(ctx context.Context, db *sql.DB) error {
			stmt, err := db.PrepareContext(ctx, `SELECT id FROM posts`)
			if err != nil {
				return err
			}
			defer stmt.Close()
			all, err := ids(stmt.QueryContext(ctx))
			Out = len(all)
			return err
		}),

		quiet("the number and the rows", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			var titles []string
			for _, p := range posts {
				titles = append(titles, p.Title)
			}
			Out = fmt.Sprint(len(posts), titles)
			return nil
		}),
		quiet("a page with its total", func(ctx context.Context, db *sql.DB) error {
			page, err := store{db}.ids(ctx, `SELECT id FROM posts ORDER BY id LIMIT 10`)
			if err != nil {
				return err
			}
			var total int
			err = db.QueryRowContext(ctx, `SELECT count(*) FROM posts`).Scan(&total)
			Out = fmt.Sprint(len(page), total)
			return err
		}),
		quiet("the first row and the number", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil || len(posts) == 0 {
				return err
			}
			Out = fmt.Sprint(posts[0].Title, " and ", len(posts)-1, " more")
			return nil
		}),
		quiet("rows for a JSON encoder", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			text, err := json.Marshal(map[string]any{"count": len(posts), "posts": posts})
			Out = text
			return err
		}),
		quiet("rows for a template", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			var b bytes.Buffer
			err = template.Must(template.New("").Parse(`{{range .}}{{.Title}}{{end}}`)).Execute(&b, posts)
			Out = fmt.Sprint(b.Len(), len(posts))
			return err
		}),
		quiet("rows for reflection", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			v := reflect.ValueOf(posts)
			for i := range v.Len() {
				Out = v.Index(i).Field(2).String()
			}
			Out = len(posts)
			return nil
		}),
		quiet("rows kept in a cache of the package", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			Cache = posts
			Out = len(posts)
			return err
		}),
		quiet("rows kept in a cache of a service", func(ctx context.Context, db *sql.DB) error {
			c := &cached{store: store{db}}
			n, err := c.size(ctx)
			Out = n
			return errors.Join(err, c.print(ctx))
		}),
		quiet("the distinct values of a column, in a map", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			authors := map[int64]bool{}
			for _, p := range posts {
				authors[p.AuthorID] = true
			}
			Out = len(authors)
			return nil
		}),
		quiet("the number of rows that a condition picks, and their sum", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			n := 0
			for _, p := range posts {
				if len(p.Title) > 5 && p.Views%2 == 0 {
					n++
				}
			}
			Out = n
			return nil
		}),
		quiet("rows handed to a callback", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			each(posts, func(p post) { Out = p.Title })
			Out = len(posts)
			return nil
		}),
		quiet("rows of which those of a page are shown", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			Out = fmt.Sprint(posts[:min(10, len(posts))], len(posts))
			return nil
		}),
		quiet("rows sent to a channel", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			work := make(chan post, len(posts))
			for _, p := range posts {
				work <- p
			}
			close(work)
			for p := range work {
				Out = p.Title
			}
			return nil
		}),
		quiet("a single row by its key", func(ctx context.Context, db *sql.DB) error {
			all, err := store{db}.ids(ctx, `SELECT id FROM posts WHERE id = ?`, 3)
			Out = len(all)
			return err
		}),
		quiet("rows sorted and joined", func(ctx context.Context, db *sql.DB) error {
			all, err := store{db}.ids(ctx, `SELECT author_id FROM comments WHERE post_id = ?`, 3)
			if err != nil {
				return err
			}
			slices.Sort(all)
			Out = fmt.Sprint(len(slices.Compact(all)))
			return nil
		}),
		quiet("two results joined, and both looked at", func(ctx context.Context, db *sql.DB) error {
			a, err := store{db}.ids(ctx, `SELECT id FROM posts WHERE status = 'draft'`)
			if err != nil {
				return err
			}
			b, err := store{db}.ids(ctx, `SELECT id FROM posts WHERE views > 100`)
			if err != nil {
				return err
			}
			for _, id := range a {
				if slices.Contains(b, id) {
					Out = id
				}
			}
			Out = len(a) + len(b)
			return nil
		}),
		quiet("rows for an interface that takes them", func(ctx context.Context, db *sql.DB) error {
			all, err := store{db}.ids(ctx, `SELECT id FROM comments WHERE author_id = ?`, 3)
			if err != nil {
				return err
			}
			var s lists.Sizer = lists.Plain{}
			Out = s.Size(all)
			return nil
		}),
		quiet("rows stepped through, with work for each", func(ctx context.Context, db *sql.DB) error {
			rows, err := db.QueryContext(ctx, `SELECT id, title FROM posts`)
			if err != nil {
				return err
			}
			defer rows.Close()
			n := 0
			for rows.Next() {
				var id int64
				var title string
				if err := rows.Scan(&id, &title); err != nil {
					return err
				}
				Out = fmt.Sprintf("exporting %d %s", id, title)
				n++
			}
			Out = n
			return rows.Err()
		}),
		quiet("methods of the rows that read them", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			for i := range posts {
				Out = posts[i].label()
			}
			Out = len(posts)
			return nil
		}),
	}
}

func (p *post) label() string { return fmt.Sprintf("#%d %s", p.ID, p.Title) }

func countPosts(ctx context.Context, s store) (int, error) {
	posts, err := s.posts(ctx)
	if err != nil {
		return 0, fmt.Errorf("counting posts: %w", err)
	}
	return len(posts), nil
}

//go:noinline
func countThrough(ctx context.Context, r repository) error {
	posts, err := r.posts(ctx)
	Out = len(posts)
	return err
}

// Cache keeps posts for the whole program.
var Cache []post

type cached struct {
	store store
	all   []post
}

func (c *cached) load(ctx context.Context) error {
	if c.all != nil {
		return nil
	}
	posts, err := c.store.posts(ctx)
	c.all = posts
	return err
}

func (c *cached) size(ctx context.Context) (int, error) {
	err := c.load(ctx)
	return len(c.all), err
}

func (c *cached) print(ctx context.Context) error {
	err := c.load(ctx)
	for _, p := range c.all {
		Out = p.Title
	}
	return err
}

func each[T any](all []T, f func(T)) {
	for _, one := range all {
		f(one)
	}
}
