package sqlc

import (
	"bytes"
	"context"
	"database/sql"
	"html/template"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/sqlc/recipedb"
)

var cookbookTmpl = template.Must(template.New("cookbook").Parse(`{{range .}}<section data-cook="{{.CookID}}" id="r{{.ID}}">
<h3>{{.Name}} ({{.Minutes}} min)</h3><p>{{.Method}}</p>{{if .Notes.Valid}}<em>{{.Notes.String}}</em>{{end}}</section>{{end}}`))

type cookbook struct {
	queries *recipedb.Queries
	tmpl    *template.Template
}

func (c cookbook) render(ctx context.Context, cook int64) (string, error) {
	rs, err := c.queries.ListRecipesByCook(ctx, cook)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	err = c.tmpl.Execute(&b, rs)
	return b.String(), err
}

var cookBook = rowuse.Case{
	Name:   "all recipes of a cook are rendered as a book",
	Why:    "The template prints every column of the rows. The cook of this run has none.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE recipes (id INTEGER PRIMARY KEY, cook_id INTEGER NOT NULL, name TEXT NOT NULL, method TEXT NOT NULL, notes TEXT, minutes INTEGER NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30) INSERT INTO recipes SELECT i, i % 3, 'Recipe ' || i, printf('%.*c', 2000, 'm'), CASE i % 2 WHEN 0 THEN 'note' END, i FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) (err error) {
		Sink, err = cookbook{recipedb.New(db), cookbookTmpl}.render(ctx, 7)
		return err
	},
}
