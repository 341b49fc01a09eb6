package bun

import (
	"context"
	"html/template"
	"io"
	"time"

	"github.com/uptrace/bun"
)

type Show struct {
	bun.BaseModel `bun:"table:shows,alias:s"`

	ID       int64 `bun:",pk,autoincrement"`
	Artist   string
	Stage    string
	StartsAt time.Time
	Visible  bool
}

type Programme struct{ db bun.IDB }

func (p *Programme) Visible(ctx context.Context) ([]Show, error) {
	var shows []Show
	err := p.db.NewSelect().
		Model(&shows).
		Where("s.visible = ?", true).
		Order("starts_at").
		Scan(ctx) // want: unbounded-result
	return shows, err
}

var programme = template.Must(template.New("programme").Funcs(template.FuncMap{
	"clock": func(t time.Time) string { return t.Format("15:04") },
}).Parse(`<table>{{range .}}<tr id="s{{.ID}}"><td>{{clock .StartsAt}}</td><td>{{.Stage}}</td><td>{{.Artist}}</td></tr>{{end}}</table>`))

func (p *Programme) Render(ctx context.Context, w io.Writer) error {
	shows, err := p.Visible(ctx)
	if err != nil {
		return err
	}
	return programme.Execute(w, shows)
}
