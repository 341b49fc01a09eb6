package app

import (
	"context"
	"net/http"
)

type rights struct {
	Title   string `json:"title"`
	MayEdit bool   `json:"may_edit"`
}

// Tip 13: use the key that was fetched. The check asks for the owner of a post whose row is loaded.
func (s *service) badRights(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "post")
	if err != nil {
		return err
	}
	person, err := queryID(r, "as")
	if err != nil {
		return err
	}
	post, err := s.store.Post(r.Context(), id)
	if err != nil {
		return err
	}
	owner, err := s.ownerOf(r.Context(), post.ID)
	if err != nil {
		return err
	}
	return writeJSON(w, rights{post.Title, owner == person})
}

func (s *service) ownerOf(ctx context.Context, post int64) (owner int64, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT author_id FROM posts WHERE id = ?`, post).Scan(&owner)
	return owner, err
}

// The row of the post has its owner.
func (s *service) goodRights(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "post")
	if err != nil {
		return err
	}
	person, err := queryID(r, "as")
	if err != nil {
		return err
	}
	post, err := s.store.Post(r.Context(), id)
	if err != nil {
		return err
	}
	return writeJSON(w, rights{post.Title, post.AuthorID == person})
}
