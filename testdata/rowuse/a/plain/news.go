package plain

import (
	"context"
	"database/sql"
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

type newsArticle struct {
	ID        int64
	Slug      string
	Title     string
	Lead      string
	Body      string
	BodyHTML  string
	Meta      []byte
	UpdatedAt time.Time
}

type newsStore struct{ db *sql.DB }

func (s *newsStore) RecentInSection(ctx context.Context, section string, limit int) ([]newsArticle, error) {
	const query = `SELECT * FROM articles WHERE section = ? ORDER BY updated_at DESC LIMIT ?`
	rows, err := s.db.QueryContext(ctx, query, section, limit) // want: unused-columns
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []newsArticle
	for rows.Next() {
		var (
			a   newsArticle
			sec string
		)
		if err := rows.Scan(&a.ID, &sec, &a.Slug, &a.Title, &a.Lead, &a.Body, &a.BodyHTML, &a.Meta, &a.UpdatedAt); err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, rows.Err()
}

type sitemapURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod"`
}

type sitemap struct {
	XMLName xml.Name     `xml:"urlset"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapHandler struct {
	store *newsStore
	base  string
}

func (h *sitemapHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	arts, err := h.store.RecentInSection(r.Context(), r.URL.Query().Get("section"), 100)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	var m sitemap
	for i := range arts {
		m.URLs = append(m.URLs, sitemapURL{
			Loc:     h.base + "/" + arts[i].Slug,
			LastMod: arts[i].UpdatedAt.Format("2006-01-02"),
		})
	}
	w.Header().Set("Content-Type", "application/xml")
	xml.NewEncoder(w).Encode(m)
}

var newsSitemap = rowuse.Case{
	Name:   "sitemap of the newest articles of a section",
	Want:   []string{rowuse.UnusedColumns},
	Why:    "SELECT * reads bodies, HTML and metadata, but only slug and updated_at are used.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE articles (id INTEGER PRIMARY KEY, section TEXT NOT NULL, slug TEXT NOT NULL UNIQUE, title TEXT NOT NULL, lead TEXT NOT NULL, body TEXT NOT NULL, body_html TEXT NOT NULL, meta BLOB NOT NULL, updated_at DATETIME NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 45) INSERT INTO articles SELECT i, CASE i % 3 WHEN 0 THEN 'sport' WHEN 1 THEN 'culture' ELSE 'world' END, 'a-' || i, 'Title ' || i, 'Lead', printf('%.*c', 3000, 'x'), printf('%.*c', 4000, 'y'), randomblob(800), '2024-02-03 04:05:06' FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		h := &sitemapHandler{store: &newsStore{db}, base: "https://news.example"}
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest("GET", "/sitemap.xml?section=sport", nil).WithContext(ctx))
		Sink = rec.Body.String()
		return statusErr(rec)
	},
}
