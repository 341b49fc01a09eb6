package app

import "net/http"

type thread struct {
	ID       int64     `json:"id"`
	Title    string    `json:"title"`
	Comments []Comment `json:"comments"`
}

const latestThreads = `SELECT id, title FROM posts WHERE status = 'published' ORDER BY id DESC LIMIT 12`

// Tip 5: load a to-many relation for all rows at once. The comments of a post are queried while the
// rows of the posts are still open, on a second connection.
func (s *service) badThreads(w http.ResponseWriter, r *http.Request) error {
	rows, err := s.db.QueryContext(r.Context(), latestThreads)
	if err != nil {
		return err
	}
	defer rows.Close()

	var threads []thread
	for rows.Next() {
		var t thread
		if err := rows.Scan(&t.ID, &t.Title); err != nil {
			return err
		}
		if t.Comments, err = s.store.Comments(r.Context(), t.ID); err != nil {
			return err
		}
		threads = append(threads, t)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return writeJSON(w, threads)
}

// The posts are read to their end, and IN lists fetch the comments of many posts together.
func (s *service) goodThreads(w http.ResponseWriter, r *http.Request) error {
	rows, err := s.db.QueryContext(r.Context(), latestThreads)
	if err != nil {
		return err
	}
	defer rows.Close()

	var threads []thread
	var ids []int64
	for rows.Next() {
		var t thread
		if err := rows.Scan(&t.ID, &t.Title); err != nil {
			return err
		}
		threads = append(threads, t)
		ids = append(ids, t.ID)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	comments, err := s.store.CommentsByPost(r.Context(), ids)
	if err != nil {
		return err
	}
	for i := range threads {
		threads[i].Comments = comments[threads[i].ID]
	}
	return writeJSON(w, threads)
}
