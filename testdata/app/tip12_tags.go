package app

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
)

// Tip 12: write many-to-many rows in bulk too. The new tags replace those of the post, and each pair
// of a post and a tag is written on its own; preparing the INSERT does not make it fewer round trips.
func (s *service) badRetag(w http.ResponseWriter, r *http.Request) error {
	post, names, err := readTags(r)
	if err != nil {
		return err
	}
	var written int64
	err = s.store.inTx(r.Context(), func(tx *sql.Tx) error {
		if err := removeTags(r.Context(), tx, post); err != nil {
			return err
		}
		tags, err := tagIDs(tx, names)
		if err != nil {
			return err
		}
		stmt, err := tx.Prepare(`INSERT INTO post_tags (post_id, tag_id) VALUES (?, ?)`)
		if err != nil {
			return err
		}
		defer stmt.Close()

		for _, tag := range tags {
			n, err := affected(stmt.Exec(post, tag))
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

func tagIDs(tx *sql.Tx, names []string) ([]int64, error) {
	rows, err := tx.Query(`SELECT id FROM tags WHERE name IN (`+list("?", len(names))+`)`, args(names)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()

	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// INSERT … SELECT finds the tags and writes the pairs in one statement.
func (s *service) goodRetag(w http.ResponseWriter, r *http.Request) error {
	post, names, err := readTags(r)
	if err != nil {
		return err
	}
	var written int64
	err = s.store.inTx(r.Context(), func(tx *sql.Tx) error {
		if err := removeTags(r.Context(), tx, post); err != nil {
			return err
		}
		written, err = affected(tx.ExecContext(r.Context(),
			`INSERT INTO post_tags (post_id, tag_id) SELECT ?, id FROM tags WHERE name IN (`+list("?", len(names))+`)`,
			append([]any{post}, args(names)...)...))
		return err
	})
	if err != nil {
		return err
	}
	return writeRows(w, written)
}

func readTags(r *http.Request) (post int64, names []string, err error) {
	if post, err = pathID(r, "post"); err != nil {
		return 0, nil, err
	}
	if err := readJSON(r, &names); err != nil {
		return 0, nil, err
	}
	if len(names) == 0 {
		return 0, nil, fmt.Errorf("%w: no tags", errBadRequest)
	}
	return post, names, nil
}

func removeTags(ctx context.Context, tx *sql.Tx, post int64) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM post_tags WHERE post_id = ?`, post)
	return err
}
