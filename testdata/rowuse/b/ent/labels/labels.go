// Package labels prints the small labels beside the exhibits.
package labels

import (
	"context"
	"io"
	"text/template"

	"github.com/nplusgone/nplusgone/testdata/rowuse/b/ent/ent"
)

type Exhibits interface {
	InWing(ctx context.Context, wing string) ([]*ent.Exhibit, error)
}

type label struct{ Room, Name string }

var sheet = template.Must(template.New("sheet").Parse("{{range .}}[{{.Room}}] {{.Name}}\n{{end}}"))

func Print(ctx context.Context, w io.Writer, exhibits Exhibits, wing string) error {
	es, err := exhibits.InWing(ctx, wing)
	if err != nil {
		return err
	}
	labels := make([]label, len(es))
	for i, e := range es {
		labels[i] = label{Room: e.Room, Name: e.Name}
	}
	return sheet.Execute(w, labels)
}
