package app

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
)

// newComment is a comment that comes from elsewhere.
type newComment struct {
	AuthorID int64  `json:"author_id"`
	Body     string `json:"body"`
}

// Tip 11: write in bulk. The imported comments replace those of the post, with an INSERT for each.
func (s *service) badImport(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	post, comments, err := readImport(r)
	if err != nil {
		return err
	}
	var written int64
	err = s.store.inTx(ctx, func(tx *sql.Tx) error {
		if err := removeComments(ctx, tx, post); err != nil {
			return err
		}
		for _, c := range comments {
			n, err := affected(tx.ExecContext(ctx,
				`INSERT INTO comments (post_id, author_id, body) VALUES (?, ?, ?)`, post, c.AuthorID, c.Body))
			if err != nil {
				return err
			}
			written += n
		}
		return nil
	})
	if err != nil {
		return err
	}
	return writeRows(w, written)
}

// One INSERT takes all rows.
func (s *service) goodImport(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	post, comments, err := readImport(r)
	if err != nil {
		return err
	}
	var values []any
	for _, c := range comments {
		values = append(values, post, c.AuthorID, c.Body)
	}
	var written int64
	err = s.store.inTx(ctx, func(tx *sql.Tx) error {
		if err := removeComments(ctx, tx, post); err != nil {
			return err
		}
		written, err = affected(tx.ExecContext(ctx,
			`INSERT INTO comments (post_id, author_id, body) VALUES `+list("(?, ?, ?)", len(comments)), values...))
		return err
	})
	if err != nil {
		return err
	}
	return writeRows(w, written)
}

func readImport(r *http.Request) (post int64, comments []newComment, err error) {
	if post, err = pathID(r, "post"); err != nil {
		return 0, nil, err
	}
	if err := readJSON(r, &comments); err != nil {
		return 0, nil, err
	}
	if len(comments) == 0 {
		return 0, nil, fmt.Errorf("%w: no comments", errBadRequest)
	}
	return post, comments, nil
}

func removeComments(ctx context.Context, tx *sql.Tx, post int64) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM comments WHERE post_id = ?`, post)
	return err
}
