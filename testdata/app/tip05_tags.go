package app

import (
	"context"
	"net/http"
)

type taggedPost struct {
	Post
	Tags []string `json:"tags"`
}

// Tip 5: many-to-many is no different. The JOIN over post_tags runs once for each post.
func (s *service) badTagged(w http.ResponseWriter, r *http.Request) error {
	posts, err := s.store.LatestPosts(r.Context(), 10)
	if err != nil {
		return err
	}
	tagged := make([]taggedPost, len(posts))
	for i := range posts {
		tags, err := s.tagsOf(r.Context(), posts[i].ID)
		if err != nil {
			return err
		}
		tagged[i] = taggedPost{posts[i], tags}
	}
	return writeJSON(w, tagged)
}

func (s *service) tagsOf(ctx context.Context, post int64) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, `
		SELECT tags.name FROM tags JOIN post_tags ON post_tags.tag_id = tags.id
		WHERE post_tags.post_id = ? ORDER BY tags.id`, post)
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

// One statement brings the tags of all posts.
func (s *service) goodTagged(w http.ResponseWriter, r *http.Request) error {
	posts, err := s.store.LatestPosts(r.Context(), 10)
	if err != nil {
		return err
	}
	tags, err := s.tagsByPost(r.Context(), posts)
	if err != nil {
		return err
	}
	tagged := make([]taggedPost, len(posts))
	for i, post := range posts {
		tagged[i] = taggedPost{post, tags[post.ID]}
	}
	return writeJSON(w, tagged)
}

func (s *service) tagsByPost(ctx context.Context, posts []Post) (map[int64][]string, error) {
	ids := make([]any, len(posts))
	for i, post := range posts {
		ids[i] = post.ID
	}
	rows, err := s.db.QueryContext(ctx, `
		SELECT post_tags.post_id, tags.name FROM tags JOIN post_tags ON post_tags.tag_id = tags.id
		WHERE post_tags.post_id IN (`+list("?", len(ids))+`) ORDER BY tags.id`, ids...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()

	byPost := make(map[int64][]string)
	for rows.Next() {
		var post int64
		var name string
		if err := rows.Scan(&post, &name); err != nil {
			return nil, err
		}
		byPost[post] = append(byPost[post], name)
	}
	return byPost, rows.Err()
}
