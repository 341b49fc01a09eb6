package uses

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"slices"
	"sort"
	"strings"
	"sync"
	"text/template"
)

// services are requests as they are in services of all kinds. Nothing is wrong with any of them.
func services() []Case {
	fine := func(name string, run runner) Case { return Case{Name: name, Run: run} }
	return []Case{
		fine("a page with its total, as JSON", func(ctx context.Context, db *sql.DB) error {
			type page struct {
				Items []post `json:"items"`
				Total int    `json:"total"`
				More  bool   `json:"more"`
			}
			const size = 10
			all, err := queryAll(ctx, db, scanPost, `SELECT id, author_id, title, status, views, price FROM posts ORDER BY id LIMIT ?`, size+1)
			if err != nil {
				return err
			}
			p := page{Items: all, More: len(all) > size}
			if p.More {
				p.Items = all[:size]
			}
			if err := db.QueryRowContext(ctx, `SELECT count(*) FROM posts`).Scan(&p.Total); err != nil {
				return err
			}
			return json.NewEncoder(io.Discard).Encode(p)
		}),
		fine("an export in CSV with a note of how many lines it has", func(ctx context.Context, db *sql.DB) error {
			rows, err := db.QueryContext(ctx, `SELECT id, kind, amount FROM events ORDER BY id`)
			if err != nil {
				return err
			}
			defer rows.Close()
			w := csv.NewWriter(io.Discard)
			lines := 0
			for rows.Next() {
				var id, kind, amount string
				if err := rows.Scan(&id, &kind, &amount); err != nil {
					return err
				}
				if err := w.Write([]string{id, kind, amount}); err != nil {
					return err
				}
				lines++
			}
			w.Flush()
			slog.DebugContext(ctx, "exported", "lines", lines)
			return errors.Join(rows.Err(), w.Error())
		}),
		fine("a repository that caches, behind an interface", func(ctx context.Context, db *sql.DB) error {
			h := &page{repo: &caching{next: store{db}}}
			return errors.Join(h.warm(ctx), h.show(ctx))
		}),
		fine("a generic repository", func(ctx context.Context, db *sql.DB) error {
			r := repo[user]{db: db, table: `SELECT id, name, email, country, score FROM users`, scan: scanUser}
			all, err := r.list(ctx)
			if err != nil {
				return err
			}
			slog.DebugContext(ctx, "users", "n", len(all), "first", r.first(all).Name)
			return nil
		}),
		fine("existing rows by key, for an import", func(ctx context.Context, db *sql.DB) error {
			users, err := people(ctx, db)
			if err != nil {
				return err
			}
			known := make(map[string]int64, len(users))
			for _, u := range users {
				known[strings.ToLower(u.Email)] = u.ID
			}
			for _, email := range []string{"user3@example.org", "new@example.org"} {
				if id, ok := known[email]; ok {
					Out = id
				}
			}
			return nil
		}),
		fine("rows by parent, for a loader", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			by := map[int64][]post{}
			for _, p := range posts {
				by[p.AuthorID] = append(by[p.AuthorID], p)
			}
			for _, author := range slices.Sorted(maps.Keys(by)) {
				Out = len(by[author])
			}
			return nil
		}),
		fine("roles of a user, of which one is looked for", func(ctx context.Context, db *sql.DB) error {
			all, err := queryAll(ctx, db, scanText, `SELECT kind FROM events WHERE id < ?`, 6)
			if err != nil {
				return err
			}
			if !slices.Contains(all, "admin") {
				Out = errors.New("forbidden")
			}
			return nil
		}),
		fine("settings that decide", func(ctx context.Context, db *sql.DB) error {
			all, err := settings(ctx, db)
			if err != nil {
				return err
			}
			if all["beta"] != "on" || len(all) == 0 {
				return nil
			}
			Out = all["theme"]
			return nil
		}),
		fine("a form saved, and shown again", func(ctx context.Context, db *sql.DB) error {
			s := store{db}
			p, err := s.post(ctx, 21)
			if err != nil {
				return err
			}
			apply(p, map[string]string{"title": "anew", "status": "published"})
			if err := s.save(ctx, p); err != nil {
				return err
			}
			again, err := s.post(ctx, 21)
			if err != nil {
				return err
			}
			return json.NewEncoder(io.Discard).Encode(again)
		}),
		fine("an owner compared before a change", func(ctx context.Context, db *sql.DB) error {
			s := store{db}
			p, err := s.post(ctx, 22)
			if err != nil {
				return err
			}
			if p.AuthorID != 5 {
				return nil
			}
			_, err = db.ExecContext(ctx, `UPDATE posts SET status = ? WHERE id = ?`, "gone", p.ID)
			return err
		}),
		fine("a user of the session, then the user's posts", func(ctx context.Context, db *sql.DB) error {
			s := store{db}
			u, err := s.user(ctx, 8)
			if err != nil {
				return err
			}
			mine, err := s.ids(ctx, `SELECT id FROM posts WHERE author_id = ?`, u.ID)
			Out = fmt.Sprint(u.Name, mine)
			return err
		}),
		fine("a template with a header", func(ctx context.Context, db *sql.DB) error {
			list, err := store{db}.comments(ctx, 3)
			if err != nil {
				return err
			}
			view := struct {
				Title    string
				Comments []*comment
			}{fmt.Sprintf("%d comments", len(list)), list}
			return template.Must(template.New("").Parse(`{{.Title}}{{range .Comments}}{{.Body}}{{end}}`)).Execute(new(bytes.Buffer), view)
		}),
		fine("rows sorted by what the program knows", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			sort.Slice(posts, func(i, j int) bool { return rank(posts[i]) < rank(posts[j]) })
			Out = posts[0].Title
			return nil
		}),
		fine("work for goroutines", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			var wg sync.WaitGroup
			results := make([]string, len(posts))
			for i, p := range posts {
				wg.Go(func() { results[i] = strings.ToUpper(p.Title) })
			}
			wg.Wait()
			Out = results
			return nil
		}),
		fine("events for subscribers", func(ctx context.Context, db *sql.DB) error {
			var b bus
			var seen int
			b.on(func(e any) { seen++; Out = e })
			list, err := store{db}.comments(ctx, 4)
			if err != nil {
				return err
			}
			for _, c := range list {
				b.publish(c)
			}
			slog.DebugContext(ctx, "published", "n", len(list), "seen", seen)
			return nil
		}),
		fine("a difference of two lists", func(ctx context.Context, db *sql.DB) error {
			have, err := store{db}.ids(ctx, `SELECT author_id FROM posts`)
			if err != nil {
				return err
			}
			want := []int64{1, 2, 3, 200}
			missing := slices.DeleteFunc(want, func(id int64) bool { return slices.Contains(have, id) })
			Out = fmt.Sprintf("%d of %d", len(missing), len(have))
			return nil
		}),
		fine("a histogram", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			var bars [5]int
			for _, p := range posts {
				bars[min(p.Views/30, 4)]++
			}
			Out = bars
			return nil
		}),
		fine("numbers by state, counted in one pass", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			var drafts, public, views int
			for _, p := range posts {
				switch p.Status {
				case "draft":
					drafts++
				case "published":
					public++
				}
				views += p.Views
			}
			Out = []int{drafts, public, views, len(posts)}
			return nil
		}),
		fine("a check of keys that a request names", func(ctx context.Context, db *sql.DB) error {
			ids := []any{1, 2, 3}
			found, err := store{db}.ids(ctx, `SELECT id FROM users WHERE id IN (?, ?, ?)`, ids...)
			if err != nil {
				return err
			}
			if len(found) != len(ids) {
				return errors.New("an unknown user")
			}
			return nil
		}),
		fine("a job taken, tried and marked", func(ctx context.Context, db *sql.DB) error {
			return inTx(ctx, db, func(tx *sql.Tx) error {
				var id, attempts int
				err := tx.QueryRowContext(ctx, `SELECT id, attempts FROM jobs WHERE state = 'new' ORDER BY id LIMIT 1`).Scan(&id, &attempts)
				if err != nil {
					return err
				}
				if attempts > 5 {
					_, err = tx.ExecContext(ctx, `UPDATE jobs SET state = 'dead' WHERE id = ?`, id)
					return err
				}
				_, err = tx.ExecContext(ctx, `UPDATE jobs SET state = ? WHERE id = ?`, "done", id)
				return err
			})
		}),
		fine("an authorship that a join answers", func(ctx context.Context, db *sql.DB) error {
			var n int
			err := db.QueryRowContext(ctx, `SELECT count(*) FROM posts p JOIN users u ON u.id = p.author_id WHERE u.country = ?`, "NO").Scan(&n)
			Out = n
			return err
		}),
		fine("values that are masked before they are shown", func(ctx context.Context, db *sql.DB) error {
			users, err := people(ctx, db)
			if err != nil {
				return err
			}
			for i := range users {
				if users[i].Country != "NO" {
					users[i].Email = ""
				}
			}
			Out = users
			return nil
		}),
		fine("defaults for rows that lack a value", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			for i, p := range posts {
				if p.Status == "draft" {
					posts[i].Title = "(untitled)"
				}
			}
			return json.NewEncoder(io.Discard).Encode(posts)
		}),
		fine("an amount that is checked row by row", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			left := 10_000
			for _, p := range posts {
				if left -= p.Views; left < 0 {
					return fmt.Errorf("post %d is one too many", p.ID)
				}
			}
			return nil
		}),
	}
}

// A page is a handler with what it needs.
type page struct{ repo lister }

type lister interface {
	posts(ctx context.Context) ([]post, error)
}

func (p *page) warm(ctx context.Context) error {
	all, err := p.repo.posts(ctx)
	slog.DebugContext(ctx, "warmed", "posts", len(all))
	return err
}

func (p *page) show(ctx context.Context) error {
	all, err := p.repo.posts(ctx)
	Out = all
	return err
}

// caching keeps what it has read.
type caching struct {
	next lister
	mu   sync.Mutex
	all  []post
}

func (c *caching) posts(ctx context.Context) ([]post, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.all == nil {
		all, err := c.next.posts(ctx)
		if err != nil {
			return nil, err
		}
		c.all = all
	}
	return c.all, nil
}

// A repo is a repository of anything.
type repo[T any] struct {
	db    *sql.DB
	table string
	scan  func(*sql.Rows) (T, error)
}

func (r repo[T]) list(ctx context.Context) ([]T, error) { return queryAll(ctx, r.db, r.scan, r.table) }

func (r repo[T]) first(all []T) (first T) {
	if len(all) > 0 {
		first = all[0]
	}
	return first
}

func queryAll[T any](ctx context.Context, db *sql.DB, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

func scanPost(rows *sql.Rows) (p post, err error) {
	err = rows.Scan(&p.ID, &p.AuthorID, &p.Title, &p.Status, &p.Views, &p.Price)
	return p, err
}

func scanUser(rows *sql.Rows) (u user, err error) {
	err = rows.Scan(&u.ID, &u.Name, &u.Email, &u.Country, &u.Score)
	return u, err
}

func scanText(rows *sql.Rows) (s string, err error) {
	err = rows.Scan(&s)
	return s, err
}

func apply(p *post, form map[string]string) {
	if title, ok := form["title"]; ok {
		p.Title = title
	}
	if status, ok := form["status"]; ok {
		p.Status = status
	}
}

func rank(p post) int { return strings.Count(p.Title, "3")*100 + p.Views }

type bus struct{ subscribers []func(any) }

func (b *bus) on(f func(any)) { b.subscribers = append(b.subscribers, f) }

func (b *bus) publish(e any) {
	for _, f := range b.subscribers {
		f(e)
	}
}
