// Package site renders sites.
package site

import (
	"context"
	"fmt"
	"io"

	"github.com/nplusgone/nplusgone/testdata/rowuse/b/bun/site/settings"
)

type Renderer struct{ Settings *settings.Provider }

func (r *Renderer) head(ctx context.Context, w io.Writer, site int64) error {
	s, err := r.Settings.Map(ctx, site)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "<title>%s</title><meta name=theme-color content=%q>", s["title"], s["colour"])
	return err
}

func (r *Renderer) foot(ctx context.Context, w io.Writer, site int64) error {
	s, err := r.Settings.Map(ctx, site)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "<footer>%s %s</footer>", s["imprint"], s["contact"])
	return err
}

func (r *Renderer) Render(ctx context.Context, w io.Writer, site int64, body string) error {
	if err := r.head(ctx, w, site); err != nil {
		return err
	}
	if _, err := io.WriteString(w, body); err != nil {
		return err
	}
	return r.foot(ctx, w, site)
}
