package squirrel

import (
	"context"
	"database/sql"
	"html/template"
	"net/http"
	"net/http/httptest"

	sq "github.com/Masterminds/squirrel"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

type vacancy struct {
	ID      int64
	Title   string
	Company string
	Town    string
}

type vacancyFilter struct {
	Visible *bool
	Town    string
}

func (f vacancyFilter) apply(b sq.SelectBuilder) sq.SelectBuilder {
	if f.Visible != nil {
		b = b.Where(sq.Eq{"visible": *f.Visible})
	}
	if f.Town != "" {
		b = b.Where(sq.Eq{"town": f.Town})
	}
	return b
}

type vacancyStore struct{ db *sql.DB }

func (s *vacancyStore) find(ctx context.Context, f vacancyFilter) ([]vacancy, error) {
	b := f.apply(sq.Select("id", "title", "company", "town").From("vacancies")).OrderBy("id DESC").RunWith(s.db)
	rows, err := b.QueryContext(ctx) // want: unbounded-result
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	vs := []vacancy{}
	for rows.Next() {
		var v vacancy
		if err := rows.Scan(&v.ID, &v.Title, &v.Company, &v.Town); err != nil {
			return nil, err
		}
		vs = append(vs, v)
	}
	return vs, rows.Err()
}

var vacanciesPage = template.Must(template.New("v").Parse(`<ul>{{range .}}<li><a href="/v/{{.ID}}">{{.Title}}</a> {{.Company}}, {{.Town}}</li>{{end}}</ul>`))

func (s *vacancyStore) index(w http.ResponseWriter, r *http.Request) {
	visible := true
	vs, err := s.find(r.Context(), vacancyFilter{Visible: &visible, Town: r.FormValue("town")})
	if err != nil {
		http.Error(w, err.Error(), 500)
		return
	}
	vacanciesPage.Execute(w, vs)
}

var jobBoard = rowuse.Case{
	Name:   "front page of a job board",
	Want:   []string{rowuse.UnboundedResult},
	Why:    "All visible vacancies are printed on one page; the list grows with the table.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE vacancies (id INTEGER PRIMARY KEY, title TEXT NOT NULL, company TEXT NOT NULL, town TEXT NOT NULL, visible INTEGER NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1600) INSERT INTO vacancies SELECT i, 'Job ' || i, 'Company ' || (i % 90), 'Town ' || (i % 12), i % 8 <> 0 FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		rec := httptest.NewRecorder()
		(&vacancyStore{db}).index(rec, httptest.NewRequest("GET", "/", nil).WithContext(ctx))
		Sink = rec.Body.Len()
		return statusErr(rec)
	},
}
