package app

import (
	"context"
	"net/http"
)

// Tip 1: measure first. The home page runs five statements, each of them once; a profile of the
// request shows how often each one runs and which of them is slow.
func (s *service) home(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	title, err := s.store.Setting(ctx, "site_title")
	if err != nil {
		return err
	}
	posts, comments, err := s.totals(ctx)
	if err != nil {
		return err
	}
	latest, err := s.store.Feed(ctx, 5)
	if err != nil {
		return err
	}
	tags, err := s.popularTags(ctx, 5)
	if err != nil {
		return err
	}
	longest, err := s.longestVisit(ctx)
	if err != nil {
		return err
	}
	return writeJSON(w, map[string]any{
		"title":         title,
		"posts":         posts,
		"comments":      comments,
		"latest":        latest,
		"tags":          tags,
		"longest_visit": longest,
	})
}

func (s *service) totals(ctx context.Context) (posts, comments int, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT (SELECT COUNT(*) FROM posts), (SELECT COUNT(*) FROM comments)`).
		Scan(&posts, &comments)
	return posts, comments, err
}

func (s *service) popularTags(ctx context.Context, n int) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, `
		SELECT tags.name FROM tags JOIN post_tags ON post_tags.tag_id = tags.id
		GROUP BY tags.id ORDER BY COUNT(*) DESC, tags.id LIMIT ?`, n)
	if err != nil {
		return nil, err
	}
	defer rows.Close()

	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

func (s *service) longestVisit(ctx context.Context) (seconds int, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT MAX(seconds) FROM visits`).Scan(&seconds)
	return seconds, err
}
