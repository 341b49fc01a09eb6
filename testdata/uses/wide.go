package uses

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"html/template"
	"reflect"
)

type article struct {
	ID       int64
	AuthorID int64
	Title    string
	Body     string
	Status   string
	Views    int
	Price    float64
	Version  int
}

func wide() []Case {
	fires, quiet := about("unused-columns")
	suspect := func(name string, run runner) Case { return fires(name, run).at("suspect") }
	return []Case{
		suspect("SELECT * for the names", func(ctx context.Context, db *sql.DB) error {
			rows, err := db.QueryContext(ctx, `SELECT * FROM users`)
			if err != nil {
				return err
			}
			defer rows.Close()
			var names []string
			for rows.Next() {
				var u user
				var bio string
				var nickname sql.NullString
				if err := rows.Scan(&u.ID, &u.Name, &u.Email, &u.Country, &bio, &u.Score, &nickname); err != nil {
					return err
				}
				names = append(names, u.Name)
			}
			Out = names
			return rows.Err()
		}),
		suspect("SELECT * in a store, and the titles in a handler", func(ctx context.Context, db *sql.DB) error {
			all, err := articles(ctx, db, `SELECT * FROM posts`)
			if err != nil {
				return err
			}
			var titles []string
			for _, a := range all {
				titles = append(titles, a.Title)
			}
			Out = titles
			return nil
		}),
		suspect("long texts for a list of titles", func(ctx context.Context, db *sql.DB) error {
			rows, err := db.QueryContext(ctx, `SELECT id, title, body FROM posts`)
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				var id int64
				var title, body string
				if err := rows.Scan(&id, &title, &body); err != nil {
					return err
				}
				Out = fmt.Sprintln(id, title)
			}
			return rows.Err()
		}),
		suspect("a shorter form for the list in JSON", func(ctx context.Context, db *sql.DB) error {
			all, err := articles(ctx, db, `SELECT id, author_id, title, body, status, views, price, version FROM posts ORDER BY id`)
			if err != nil {
				return err
			}
			type line struct {
				ID    int64  `json:"id"`
				Title string `json:"title"`
			}
			lines := make([]line, 0, len(all))
			for _, a := range all {
				lines = append(lines, line{ID: a.ID, Title: a.Title})
			}
			Out, err = json.Marshal(lines)
			return err
		}),
		suspect("SELECT * with an alias", func(ctx context.Context, db *sql.DB) error {
			all, err := articles(ctx, db, `SELECT p.* FROM posts p WHERE p.views > ?`, 10)
			if err != nil {
				return err
			}
			byID := map[int64]string{}
			for _, a := range all {
				byID[a.ID] = a.Title
			}
			Out = byID
			return nil
		}),
		suspect("a helper that reads one field", func(ctx context.Context, db *sql.DB) error {
			all, err := articles(ctx, db, `SELECT * FROM posts WHERE status = ?`, "published")
			if err != nil {
				return err
			}
			Out = titlesOf(all)
			return nil
		}),

		quiet("all of it in JSON", func(ctx context.Context, db *sql.DB) error {
			all, err := articles(ctx, db, `SELECT * FROM posts`)
			if err != nil {
				return err
			}
			Out, err = json.Marshal(all)
			return err
		}),
		quiet("all of it in a template", func(ctx context.Context, db *sql.DB) error {
			all, err := articles(ctx, db, `SELECT * FROM posts`)
			if err != nil {
				return err
			}
			return template.Must(template.New("").Parse(`{{range .}}{{printf "%v" .}}{{end}}`)).Execute(new(bytes.Buffer), all)
		}),
		quiet("fields read by reflection", func(ctx context.Context, db *sql.DB) error {
			all, err := articles(ctx, db, `SELECT * FROM posts`)
			if err != nil {
				return err
			}
			for _, a := range all {
				v := reflect.ValueOf(a)
				Out = v.FieldByName("Title").String()
			}
			return nil
		}),
		quiet("the fields one by one", func(ctx context.Context, db *sql.DB) error {
			all, err := articles(ctx, db, `SELECT * FROM posts`)
			if err != nil {
				return err
			}
			for _, a := range all {
				Out = fmt.Sprintln(a.ID, a.AuthorID, a.Title, a.Body, a.Status, a.Views, a.Price, a.Version)
			}
			return nil
		}),
		quiet("one row", func(ctx context.Context, db *sql.DB) error {
			all, err := articles(ctx, db, `SELECT * FROM posts WHERE id = ?`, 3)
			if err != nil || len(all) == 0 {
				return err
			}
			Out = all[0].Title
			return nil
		}),
		quiet("a row formatted as a whole", func(ctx context.Context, db *sql.DB) error {
			all, err := articles(ctx, db, `SELECT * FROM posts`)
			if err != nil {
				return err
			}
			for _, a := range all {
				Out = fmt.Sprintf("%+v", a)
			}
			return nil
		}),
		quiet("short columns too many", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			for _, p := range posts {
				Out = fmt.Sprintln(p.Title, p.Views)
			}
			return nil
		}),
		quiet("the long text is read", func(ctx context.Context, db *sql.DB) error {
			all, err := articles(ctx, db, `SELECT id, author_id, title, body, status, views, price, version FROM posts`)
			if err != nil {
				return err
			}
			words := 0
			for _, a := range all {
				words += len(bytes.Fields([]byte(a.Body)))
			}
			Out = words
			return nil
		}),
		quiet("a few rows of long texts", func(ctx context.Context, db *sql.DB) error {
			all, err := articles(ctx, db, `SELECT id, author_id, title, body, status, views, price, version FROM posts WHERE id < 4`)
			if err != nil {
				return err
			}
			Out = titlesOf(all)
			return nil
		}),
		quiet("rows for a generic mapper", func(ctx context.Context, db *sql.DB) error {
			all, err := articles(ctx, db, `SELECT * FROM posts`)
			if err != nil {
				return err
			}
			Out = mapAll(all, func(a article) string { return a.Title + a.Body + a.Status + fmt.Sprint(a) })
			return nil
		}),
		quiet("columns scanned by name", func(ctx context.Context, db *sql.DB) error {
			rows, err := db.QueryContext(ctx, `SELECT * FROM posts`)
			if err != nil {
				return err
			}
			defer rows.Close()
			names, err := rows.Columns()
			if err != nil {
				return err
			}
			for rows.Next() {
				values := make([]any, len(names))
				for i := range values {
					values[i] = new(any)
				}
				if err := rows.Scan(values...); err != nil {
					return err
				}
				Out = values
			}
			return rows.Err()
		}),
		fires("rows behind an interface of their own", func(ctx context.Context, db *sql.DB) error {
			all, err := articles(ctx, db, `SELECT * FROM posts`)
			if err != nil {
				return err
			}
			for i := range all {
				var s fmt.Stringer = &all[i]
				Out = s.String()
			}
			return nil
		}).at("suspect"),
		quiet("rows behind an interface that goes on", func(ctx context.Context, db *sql.DB) error {
			all, err := articles(ctx, db, `SELECT * FROM posts`)
			if err != nil {
				return err
			}
			for i := range all {
				var s fmt.Stringer = &all[i]
				if s.String() != "" {
					Out = s
				}
			}
			return nil
		}),
	}
}

func (a *article) String() string { return a.Title + a.Body }

func titlesOf(all []article) (titles []string) {
	for i := range all {
		titles = append(titles, all[i].Title)
	}
	return titles
}

func mapAll[T, U any](all []T, f func(T) U) []U {
	out := make([]U, len(all))
	for i, one := range all {
		out[i] = f(one)
	}
	return out
}

func articles(ctx context.Context, db *sql.DB, query string, args ...any) ([]article, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []article
	for rows.Next() {
		var a article
		if err := rows.Scan(&a.ID, &a.AuthorID, &a.Title, &a.Body, &a.Status, &a.Views, &a.Price, &a.Version); err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, rows.Err()
}
