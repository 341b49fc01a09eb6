// Package podcasts is the public directory of podcasts.
package podcasts

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/jmoiron/sqlx"
)

type Podcast struct {
	ID    int64  `db:"id" json:"id"`
	Title string `db:"title" json:"title"`
	Feed  string `db:"feed_url" json:"feed"`
	Lang  string `db:"lang" json:"lang"`
}

type Repository interface {
	Published(ctx context.Context) ([]Podcast, error)
}

func NewRepository(db *sqlx.DB) Repository { return store{db} }

type store struct{ *sqlx.DB }

func (p store) Published(ctx context.Context) ([]Podcast, error) {
	list := []Podcast{}
	err := p.SelectContext(ctx, &list, `SELECT id, title, feed_url, lang FROM podcasts WHERE published = 1 ORDER BY title`) // want: unbounded-result
	return list, err
}

// Directory serves the directory.
type Directory struct{ Repo Repository }

func (d Directory) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	list, err := d.Repo.Published(r.Context())
	if err != nil {
		http.Error(w, "try later", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(struct {
		Items []Podcast `json:"items"`
	}{list})
}
