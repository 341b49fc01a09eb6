package app

import "net/http"

// Tip 4: load a to-one relation with its rows. Each post of the feed costs a query for its author.
func (s *service) badFeed(w http.ResponseWriter, r *http.Request) error {
	posts, err := s.store.LatestPosts(r.Context(), 20)
	if err != nil {
		return err
	}
	var feed []FeedItem
	for _, post := range posts {
		author, err := s.store.Author(r.Context(), post.AuthorID)
		if err != nil {
			return err
		}
		feed = append(feed, FeedItem{post.ID, post.Title, author})
	}
	return writeJSON(w, feed)
}

// A JOIN brings the authors along.
func (s *service) goodFeed(w http.ResponseWriter, r *http.Request) error {
	feed, err := s.store.Feed(r.Context(), 20)
	if err != nil {
		return err
	}
	return writeJSON(w, feed)
}
