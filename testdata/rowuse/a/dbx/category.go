package dbx

import (
	"context"
	"database/sql"
	"html/template"
	"net/http"
	"net/http/httptest"

	"github.com/pocketbase/dbx"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

type category struct {
	ID    int64  `db:"id"`
	Slug  string `db:"slug"`
	Title string `db:"title"`
	Intro string `db:"intro"`
}

type garment struct {
	Name  string `db:"name"`
	Cents int64  `db:"cents"`
}

type garmentStore struct{ db *dbx.DB }

func (s *garmentStore) categoryBySlug(ctx context.Context, slug string) (*category, error) {
	c := new(category)
	q := s.db.NewQuery("SELECT id, slug, title, intro FROM categories WHERE slug = {:slug}").Bind(dbx.Params{"slug": slug})
	if err := q.WithContext(ctx).One(c); err != nil { // want: duplicate-query
		return nil, err
	}
	return c, nil
}

func (s *garmentStore) garments(ctx context.Context, category int64) (gs []garment, err error) {
	err = s.db.Select("name", "cents").From("garments").Where(dbx.HashExp{"category_id": category}).OrderBy("name").Limit(50).WithContext(ctx).All(&gs)
	return
}

type crumb struct{ Href, Label string }

func crumbs(ctx context.Context, s *garmentStore, slug string) ([]crumb, error) {
	c, err := s.categoryBySlug(ctx, slug)
	if err != nil {
		return nil, err
	}
	return []crumb{{"/", "Shop"}, {"/c/" + c.Slug, c.Title}}, nil
}

type categoryPage struct {
	Crumbs   []crumb
	Intro    string
	Garments []garment
}

func buildCategoryPage(ctx context.Context, s *garmentStore, slug string) (p categoryPage, err error) {
	if p.Crumbs, err = crumbs(ctx, s, slug); err != nil {
		return p, err
	}
	c, err := s.categoryBySlug(ctx, slug)
	if err != nil {
		return p, err
	}
	p.Intro = c.Intro
	p.Garments, err = s.garments(ctx, c.ID)
	return p, err
}

var categoryTmpl = template.Must(template.New("cat").Parse(`{{range .Crumbs}}<a href="{{.Href}}">{{.Label}}</a> / {{end}}<p>{{.Intro}}</p>
{{range .Garments}}<div>{{.Name}} {{.Cents}}</div>{{else}}<i>nothing here</i>{{end}}`))

var shopCategory = rowuse.Case{
	Name:   "page of a category with breadcrumbs",
	Want:   []string{rowuse.Duplicate},
	May:    []string{rowuse.RedundantLookup},
	Why:    "Breadcrumbs and page read the category by the same slug. The category has no garments in this run.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE categories (id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, title TEXT NOT NULL, intro TEXT NOT NULL);
CREATE TABLE garments (id INTEGER PRIMARY KEY, category_id INTEGER NOT NULL, name TEXT NOT NULL, cents INTEGER NOT NULL);
INSERT INTO categories VALUES (1, 'coats', 'Coats', 'Warm'), (2, 'hats', 'Hats', 'Dry');
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 24) INSERT INTO garments SELECT i, 1, 'Coat ' || i, 9900 + i FROM n;
`,
	Run: func(ctx context.Context, sdb *sql.DB) error {
		s := &garmentStore{wrap(sdb)}
		rec := httptest.NewRecorder()
		http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			p, err := buildCategoryPage(r.Context(), s, "hats")
			if err != nil {
				http.Error(w, err.Error(), 500)
				return
			}
			categoryTmpl.Execute(w, p)
		}).ServeHTTP(rec, httptest.NewRequest("GET", "/c/hats", nil).WithContext(ctx))
		Sink = rec.Body.String()
		return statusErr(rec)
	},
}
