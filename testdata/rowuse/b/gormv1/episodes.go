package gormv1

import (
	"html/template"
	"io"

	"github.com/jinzhu/gorm"
)

type Episode struct {
	ID     uint
	Title  string
	Length int
	Public bool
}

type Page struct {
	After uint
	Size  int
}

var episodeList = template.Must(template.New("episodes").Parse(
	`{{range .}}<li data-id="{{.ID}}">{{.Title}} ({{.Length}} min){{if .Public}} free{{end}}</li>{{else}}<li>nothing yet</li>{{end}}`))

func (p Page) scope(db *gorm.DB) *gorm.DB {
	return db.Where("id > ?", p.After).Order("id").Limit(p.Size)
}

func publicEpisodes(db *gorm.DB, p Page) (es []Episode, err error) {
	err = db.Scopes(p.scope).Where("public = ?", true).Find(&es).Error
	return
}

func renderEpisodes(w io.Writer, db *gorm.DB, p Page) error {
	es, err := publicEpisodes(db, p)
	if err != nil {
		return err
	}
	return episodeList.Execute(w, es)
}
