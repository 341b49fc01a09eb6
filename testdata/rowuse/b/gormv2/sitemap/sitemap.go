// Package sitemap writes sitemap files.
package sitemap

import (
	"context"
	"encoding/xml"
	"io"

	"github.com/nplusgone/nplusgone/testdata/rowuse/b/gormv2/newsroom"
)

type url struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod"`
}

type urlset struct {
	XMLName xml.Name `xml:"urlset"`
	URLs    []url    `xml:"url"`
}

// Writer writes the sitemap of a section.
type Writer struct {
	Base     string
	Articles *newsroom.Store
}

func (m *Writer) Write(ctx context.Context, w io.Writer, section uint) error {
	articles, err := m.Articles.BySection(ctx, section)
	if err != nil {
		return err
	}
	set := urlset{URLs: make([]url, 0, len(articles))}
	for i := range articles {
		set.URLs = append(set.URLs, m.entry(&articles[i]))
	}
	return xml.NewEncoder(w).Encode(set)
}

func (m *Writer) entry(a *newsroom.Article) url {
	return url{Loc: m.Base + "/" + a.Slug, LastMod: a.PublishedAt.Format("2006-01-02")}
}
