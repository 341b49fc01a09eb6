package app

import (
	"context"
	"net/http"
	"time"
)

type archiveItem struct {
	Title string `json:"title"`
	Date  string `json:"date"`
}

// Tip 2: reuse what is loaded. The helper that formats a date reads the layout for each post again.
func (s *service) badArchive(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	posts, err := s.store.LatestPosts(ctx, 20)
	if err != nil {
		return err
	}
	var items []archiveItem
	for _, post := range posts {
		date, err := s.formatDate(ctx, post.CreatedAt)
		if err != nil {
			return err
		}
		items = append(items, archiveItem{post.Title, date})
	}
	return writeJSON(w, items)
}

func (s *service) formatDate(ctx context.Context, t time.Time) (string, error) {
	layout, err := s.store.Setting(ctx, "date_layout")
	if err != nil {
		return "", err
	}
	return t.Format(layout), nil
}

// The layout is read once, before the loop.
func (s *service) goodArchive(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	layout, err := s.store.Setting(ctx, "date_layout")
	if err != nil {
		return err
	}
	posts, err := s.store.LatestPosts(ctx, 20)
	if err != nil {
		return err
	}
	var items []archiveItem
	for _, post := range posts {
		items = append(items, archiveItem{post.Title, post.CreatedAt.Format(layout)})
	}
	return writeJSON(w, items)
}
