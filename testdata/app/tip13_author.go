package app

import (
	"fmt"
	"net/http"
)

type authorLink struct {
	Title  string `json:"title"`
	Author string `json:"author"`
}

// Tip 13: use the key that was fetched. The author is loaded for an id that the post holds already.
func (s *service) badAuthorLink(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "post")
	if err != nil {
		return err
	}
	post, err := s.store.Post(r.Context(), id)
	if err != nil {
		return err
	}
	author, err := s.store.Author(r.Context(), post.AuthorID)
	if err != nil {
		return err
	}
	return writeJSON(w, authorLink{post.Title, fmt.Sprintf("/people/%d", author.ID)})
}

// The post knows the id of its author.
func (s *service) goodAuthorLink(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "post")
	if err != nil {
		return err
	}
	post, err := s.store.Post(r.Context(), id)
	if err != nil {
		return err
	}
	return writeJSON(w, authorLink{post.Title, fmt.Sprintf("/people/%d", post.AuthorID)})
}
