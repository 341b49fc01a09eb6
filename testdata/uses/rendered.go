package uses

import (
	"bytes"
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	htmltemplate "html/template"
	"io"
	"strings"
	"text/template"
)

//go:embed pages
var pages embed.FS

var (
	listPages  = htmltemplate.Must(htmltemplate.ParseFS(pages, "pages/*.html"))
	titleLines = template.Must(template.New("titles").Funcs(template.FuncMap{"upper": strings.ToUpper}).Parse(`{{range .}}{{.Title | upper}}
{{end}}`))
	dumpLines   = template.Must(template.New("dump").Parse(`{{range .}}{{.}}{{end}}`))
	shortLines  = template.Must(template.New("short").Parse(`{{range .}}{{.Short}}{{end}}`))
	countedList = template.Must(template.New("counted").Parse(`{{len .}} posts`))
)

const allArticles = `SELECT id, author_id, title, body, status, views, price, version FROM posts ORDER BY id`

// A card is an article of which clients get no text.
type card struct {
	ID       int64
	AuthorID int64
	Title    string
	Body     string `json:"-"`
	Status   string
	Views    int
	Price    float64
	Version  int
}

// A teaser tells an article in its own words.
type teaser struct {
	ID       int64
	AuthorID int64
	Title    string
	Body     string
	Status   string
	Views    int
	Price    float64
	Version  int
}

// Short is a line about the article.
func (t teaser) Short() string { return t.Title + t.Body[:8] + t.Status }

// A sealed article encodes itself.
type sealed struct {
	ID       int64
	AuthorID int64
	Title    string
	Body     string `json:"-"`
	Status   string
	Views    int
	Price    float64
	Version  int
}

// MarshalJSON returns the article's text.
func (s sealed) MarshalJSON() ([]byte, error) { return json.Marshal(s.Body + s.Title) }

type site struct{ pages *htmltemplate.Template }

func (s site) show(w io.Writer, name string, data any) error {
	return s.pages.ExecuteTemplate(w, "list", data)
}

func rendered() []Case {
	fires, quiet := about("unused-columns")
	suspect := func(name string, run runner) Case { return fires(name, run).at("suspect") }
	count, _ := about("fetch-to-count")
	page := func(execute func(w io.Writer, all []article) error) runner {
		return func(ctx context.Context, db *sql.DB) error {
			all, err := articles(ctx, db, allArticles)
			if err != nil {
				return err
			}
			var b bytes.Buffer
			err = execute(&b, all)
			Out = b.String()
			return err
		}
	}
	return []Case{
		suspect("a template of files names two fields", func(ctx context.Context, db *sql.DB) error {
			all, err := articles(ctx, db, allArticles)
			if err != nil {
				return err
			}
			return listPages.ExecuteTemplate(io.Discard, "list", map[string]any{"Posts": all, "Title": "News"})
		}),
		suspect("a template below a helper that gets any", func(ctx context.Context, db *sql.DB) error {
			all, err := articles(ctx, db, allArticles)
			if err != nil {
				return err
			}
			return site{listPages}.show(io.Discard, "list", struct{ Posts []article }{all})
		}),
		suspect("a template pipes titles into a function", func(ctx context.Context, db *sql.DB) error {
			all, err := articles(ctx, db, allArticles)
			if err != nil {
				return err
			}
			return titleLines.Execute(io.Discard, all)
		}),
		count("a template only takes the length", func(ctx context.Context, db *sql.DB) error {
			all, err := articles(ctx, db, allArticles)
			if err != nil {
				return err
			}
			return countedList.Execute(io.Discard, all)
		}),
		suspect("JSON of a type whose text has no name in it", func(ctx context.Context, db *sql.DB) error {
			rows, err := db.QueryContext(ctx, allArticles)
			if err != nil {
				return err
			}
			defer rows.Close()
			var all []card
			for rows.Next() {
				var c card
				if err := rows.Scan(&c.ID, &c.AuthorID, &c.Title, &c.Body, &c.Status, &c.Views, &c.Price, &c.Version); err != nil {
					return err
				}
				all = append(all, c)
			}
			Out, err = json.Marshal(map[string]any{"posts": all})
			return err
		}),
		quiet("a template of files names all fields", func(ctx context.Context, db *sql.DB) error {
			all, err := articles(ctx, db, allArticles)
			if err != nil {
				return err
			}
			return listPages.ExecuteTemplate(io.Discard, "full", map[string]any{"Posts": all})
		}),
		quiet("a template prints whole rows", page(func(w io.Writer, all []article) error { return dumpLines.Execute(w, all) })),
		quiet("a template whose text the program makes", page(func(w io.Writer, all []article) error {
			t, err := template.New("made").Parse("{{range .}}{{." + strings.Repeat("Title", min(len(all), 1)) + "}}{{end}}")
			if err != nil {
				return err
			}
			return t.Execute(w, all)
		})),
		quiet("a template with other delimiters that prints whole rows", page(func(w io.Writer, all []article) error {
			t, err := template.New("own").Delims("<<", ">>").Parse("<<range .>><<.>><<end>>")
			if err != nil {
				return err
			}
			return t.Execute(w, all)
		})),
		quiet("a template to which another function adds the rows", page(func(w io.Writer, all []article) error {
			t := template.Must(template.New("frame").Parse(`{{define "rows"}}{{end}}{{len .}}{{template "rows" .}}`))
			if _, err := t.Parse(`{{define "rows"}}{{range .}}{{.}}{{end}}{{end}}`); err != nil {
				return err
			}
			return t.Execute(w, all)
		})),
		quiet("a template calls a method of the rows", func(ctx context.Context, db *sql.DB) error {
			rows, err := db.QueryContext(ctx, allArticles)
			if err != nil {
				return err
			}
			defer rows.Close()
			var all []teaser
			for rows.Next() {
				var t teaser
				if err := rows.Scan(&t.ID, &t.AuthorID, &t.Title, &t.Body, &t.Status, &t.Views, &t.Price, &t.Version); err != nil {
					return err
				}
				all = append(all, t)
			}
			return shortLines.Execute(io.Discard, all)
		}),
		quiet("JSON of a type that encodes itself", func(ctx context.Context, db *sql.DB) error {
			rows, err := db.QueryContext(ctx, allArticles)
			if err != nil {
				return err
			}
			defer rows.Close()
			var all []sealed
			for rows.Next() {
				var s sealed
				if err := rows.Scan(&s.ID, &s.AuthorID, &s.Title, &s.Body, &s.Status, &s.Views, &s.Price, &s.Version); err != nil {
					return err
				}
				all = append(all, s)
			}
			Out, err = json.Marshal(all)
			return err
		}),
	}
}
