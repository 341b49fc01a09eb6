package xorm

import (
	"context"
	"fmt"
	"html/template"
	"io"

	"xorm.io/xorm"
)

type Painting struct {
	Id     int64
	Artist string
	Title  string
	Year   int
	OnShow bool
}

var gallery = template.Must(template.New("gallery").Parse(`<h1>{{.Total}} paintings</h1>
{{range .Paintings}}<figure id="p{{.Id}}"><figcaption>{{.Artist}}: {{.Title}} ({{.Year}}){{if not .OnShow}} in store{{end}}</figcaption></figure>{{end}}`))

type galleryPage struct {
	Total     int64
	Paintings []Painting
}

func loadGallery(ctx context.Context, e *xorm.Engine, page int) (*galleryPage, error) {
	p := new(galleryPage)
	var err error
	p.Total, err = e.Context(ctx).Where("on_show = ?", true).Desc("year").Limit(15, 15*page).FindAndCount(&p.Paintings)
	if err != nil {
		return nil, fmt.Errorf("gallery: %w", err)
	}
	return p, nil
}

func renderGallery(ctx context.Context, e *xorm.Engine, w io.Writer, page int) error {
	p, err := loadGallery(ctx, e, page)
	if err != nil {
		return err
	}
	return gallery.Execute(w, p)
}
