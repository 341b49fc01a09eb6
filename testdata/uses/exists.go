package uses

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

var errTaken = errors.New("taken")

func exists() []Case {
	fires, quiet := about("fetch-to-exist")
	proven := func(name string, run runner) Case { return fires(name, run).at("proven") }
	return []Case{
		proven("whether there is a comment", func(ctx context.Context, db *sql.DB) error {
			list, err := store{db}.comments(ctx, 3)
			Out = len(list) > 0
			return err
		}),
		proven("an error when there are some", func(ctx context.Context, db *sql.DB) error {
			all, err := store{db}.ids(ctx, `SELECT id FROM posts WHERE author_id = ?`, 8)
			if err != nil {
				return err
			}
			if len(all) != 0 {
				Out = errTaken
			}
			return nil
		}),
		proven("a switch on none and some", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			switch {
			case err != nil:
				return err
			case len(posts) == 0:
				return sql.ErrNoRows
			}
			return nil
		}),
		proven("a helper that answers yes or no", func(ctx context.Context, db *sql.DB) error {
			active, err := hasComments(ctx, store{db}, 2)
			Out = active
			return err
		}),
		proven("at least one, asked the other way round", func(ctx context.Context, db *sql.DB) error {
			list, err := store{db}.comments(ctx, 6)
			if err != nil {
				return err
			}
			if 1 <= len(list) {
				Out = "discussed"
			}
			return nil
		}),
		proven("a slice compared with nil", func(ctx context.Context, db *sql.DB) error {
			all, err := store{db}.ids(ctx, `SELECT id FROM comments WHERE author_id = ?`, 4)
			Out = all != nil
			return err
		}),
		fires("a guard before other work", func(ctx context.Context, db *sql.DB) error {
			drafts, err := store{db}.ids(ctx, `SELECT id FROM posts WHERE status = ?`, "draft")
			if err != nil || len(drafts) == 0 {
				return err
			}
			_, err = db.ExecContext(ctx, `DELETE FROM jobs WHERE state = ?`, "done")
			return err
		}),

		quiet("an empty list answered as not found, and the rows used", func(ctx context.Context, db *sql.DB) error {
			list, err := store{db}.comments(ctx, 3)
			if err != nil {
				return err
			}
			if len(list) == 0 {
				return sql.ErrNoRows
			}
			for _, c := range list {
				Out = c.Body
			}
			return nil
		}),
		quiet("SELECT 1 … LIMIT 1", func(ctx context.Context, db *sql.DB) error {
			rows, err := db.QueryContext(ctx, `SELECT 1 FROM comments WHERE post_id = ? LIMIT 1`, 3)
			if err != nil {
				return err
			}
			defer rows.Close()
			Out = rows.Next()
			return rows.Err()
		}),
		quiet("SELECT 1 and the first row", func(ctx context.Context, db *sql.DB) error {
			rows, err := db.QueryContext(ctx, `SELECT 1 FROM comments WHERE post_id = ?`, 3)
			if err != nil {
				return err
			}
			defer rows.Close()
			Out = rows.Next()
			return nil
		}),
		quiet("EXISTS itself", func(ctx context.Context, db *sql.DB) error {
			var ok bool
			err := db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM comments WHERE post_id = ?)`, 3).Scan(&ok)
			Out = ok
			return err
		}),
		quiet("an existence check by key", func(ctx context.Context, db *sql.DB) error {
			var id int64
			err := db.QueryRowContext(ctx, `SELECT id FROM users WHERE id = ?`, 3).Scan(&id)
			if errors.Is(err, sql.ErrNoRows) {
				return nil
			}
			return err
		}),
		quiet("a name that may be taken, by QueryRow", func(ctx context.Context, db *sql.DB) error {
			var id int64
			switch err := db.QueryRowContext(ctx, `SELECT id FROM users WHERE country = ?`, "SE").Scan(&id); {
			case err == nil:
				Out = errTaken
			case !errors.Is(err, sql.ErrNoRows):
				return err
			}
			return nil
		}),
		quiet("one row, by a unique column", func(ctx context.Context, db *sql.DB) error {
			all, err := store{db}.ids(ctx, `SELECT id FROM users WHERE email = ?`, "user3@example.org")
			Out = len(all) > 0
			return err
		}),
		quiet("a LIMIT", func(ctx context.Context, db *sql.DB) error {
			all, err := store{db}.ids(ctx, `SELECT id FROM comments WHERE author_id = ? LIMIT 2`, 3)
			Out = len(all) > 0
			return err
		}),
		quiet("the first of the rows is used", func(ctx context.Context, db *sql.DB) error {
			posts, err := store{db}.posts(ctx)
			if err != nil {
				return err
			}
			if len(posts) > 0 {
				Out = posts[0]
			}
			return nil
		}),
		quiet("rows that are locked for what follows", func(ctx context.Context, db *sql.DB) error {
			return inTx(ctx, db, func(tx *sql.Tx) error {
				mine, err := ids(tx.QueryContext(ctx, `SELECT id FROM jobs WHERE state = ?`, "new"))
				if err != nil || len(mine) == 0 {
					return err
				}
				_, err = tx.ExecContext(ctx, `UPDATE jobs SET state = 'taken' WHERE id = ?`, mine[0])
				return err
			})
		}),
		quiet("returned to whoever asked, who looks at it otherwise", func(ctx context.Context, db *sql.DB) error {
			h := handler{find: func(ctx context.Context) (any, error) { return store{db}.comments(ctx, 3) }}
			return h.serve(ctx)
		}),
		quiet("a permission looked for among many", func(ctx context.Context, db *sql.DB) error {
			all, err := store{db}.ids(ctx, `SELECT author_id FROM comments WHERE post_id = ?`, 3)
			if err != nil {
				return err
			}
			allowed := false
			for _, id := range all {
				if id == 7 {
					allowed = true
				}
			}
			Out = allowed
			return nil
		}),
		quiet("a list that is empty, and one that has a default added", func(ctx context.Context, db *sql.DB) error {
			all, err := store{db}.ids(ctx, `SELECT id FROM comments WHERE author_id = ?`, 5)
			if err != nil {
				return err
			}
			if len(all) == 0 {
				all = append(all, 1)
			}
			Out = fmt.Sprint(all)
			return nil
		}),
	}
}

func hasComments(ctx context.Context, s store, post int64) (bool, error) {
	list, err := s.comments(ctx, post)
	if err != nil {
		return false, err
	}
	return len(list) > 0, nil
}

// A handler answers with whatever it finds.
type handler struct {
	find func(context.Context) (any, error)
}

func (h handler) serve(ctx context.Context) error {
	found, err := h.find(ctx)
	Out = fmt.Sprint(found)
	return err
}
