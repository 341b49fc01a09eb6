package app

import (
	"context"
	"fmt"
	"net/http"
)

type postPage struct {
	Heading string `json:"heading"`
	Byline  string `json:"byline"`
}

// Tip 2: reuse what is loaded. Two helpers make two parts of one page, and each loads the post.
func (s *service) badPost(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "post")
	if err != nil {
		return err
	}
	heading, err := s.headingOf(r.Context(), id)
	if err != nil {
		return err
	}
	byline, err := s.bylineOf(r.Context(), id)
	if err != nil {
		return err
	}
	return writeJSON(w, postPage{heading, byline})
}

func (s *service) headingOf(ctx context.Context, id int64) (string, error) {
	post, err := s.store.Post(ctx, id)
	if err != nil {
		return "", err
	}
	return heading(post), nil
}

func (s *service) bylineOf(ctx context.Context, id int64) (string, error) {
	post, err := s.store.Post(ctx, id)
	if err != nil {
		return "", err
	}
	return s.byline(ctx, post)
}

// The post is loaded once and handed to the helpers.
func (s *service) goodPost(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "post")
	if err != nil {
		return err
	}
	post, err := s.store.Post(r.Context(), id)
	if err != nil {
		return err
	}
	byline, err := s.byline(r.Context(), post)
	if err != nil {
		return err
	}
	return writeJSON(w, postPage{heading(post), byline})
}

func heading(post Post) string {
	return fmt.Sprintf("#%d %s", post.ID, post.Title)
}

func (s *service) byline(ctx context.Context, post Post) (string, error) {
	author, err := s.store.Author(ctx, post.AuthorID)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("by %s, %s", author.Name, post.CreatedAt.Format("2 Jan 2006")), nil
}
