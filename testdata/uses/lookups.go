package uses

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

func lookups() []Case {
	fires, quiet := about("redundant-key-lookup")
	return []Case{
		fires("the id of the author of a post", func(ctx context.Context, db *sql.DB) error {
			s := store{db}
			p, err := s.post(ctx, 3)
			if err != nil {
				return err
			}
			author, err := s.user(ctx, p.AuthorID)
			Out = fmt.Sprintf("/users/%d", author.ID)
			return err
		}),
		fires("the id of the author, for a comparison", func(ctx context.Context, db *sql.DB) error {
			s := store{db}
			p, err := s.post(ctx, 4)
			if err != nil {
				return err
			}
			author, err := s.user(ctx, p.AuthorID)
			if err != nil {
				return err
			}
			if author.ID != 7 {
				Out = errors.New("not yours")
			}
			return nil
		}),
		fires("the owner of a row that is loaded", func(ctx context.Context, db *sql.DB) error {
			s := store{db}
			p, err := s.post(ctx, 5)
			if err != nil {
				return err
			}
			owner, err := s.ownerOf(ctx, p.ID)
			Out = fmt.Sprint(p.Title, owner == 7)
			return err
		}),
		fires("the title of a row that is loaded", func(ctx context.Context, db *sql.DB) error {
			s := store{db}
			p, err := s.post(ctx, 6)
			if err != nil {
				return err
			}
			var title string
			err = db.QueryRowContext(ctx, `SELECT title FROM posts WHERE id = ?`, p.ID).Scan(&title)
			Out = fmt.Sprint(title, p.Views)
			return err
		}),
		fires("a key for a further statement", func(ctx context.Context, db *sql.DB) error {
			s := store{db}
			p, err := s.post(ctx, 7)
			if err != nil {
				return err
			}
			author, err := s.user(ctx, p.AuthorID)
			if err != nil {
				return err
			}
			_, err = db.ExecContext(ctx, `INSERT INTO comments (post_id, author_id, body, likes) VALUES (?, ?, 'thanks', 0)`, p.ID, author.ID)
			return err
		}),
		fires("several columns of a row that is loaded", func(ctx context.Context, db *sql.DB) error {
			s := store{db}
			p, err := s.post(ctx, 8)
			if err != nil {
				return err
			}
			var status string
			var views int
			err = db.QueryRowContext(ctx, `SELECT status, views FROM posts WHERE id = ?`, p.ID).Scan(&status, &views)
			Out = fmt.Sprint(p.Title, status, views)
			return err
		}),
		fires("an owner by the id of the request, suspected only", func(ctx context.Context, db *sql.DB) error {
			s := store{db}
			const id = 9
			p, err := s.post(ctx, id)
			if err != nil {
				return err
			}
			owner, err := s.ownerOf(ctx, id)
			Out = fmt.Sprint(p.Title, owner == 7)
			return err
		}).at("suspect"),

		quiet("an existence check by key", func(ctx context.Context, db *sql.DB) error {
			var id int64
			err := db.QueryRowContext(ctx, `SELECT id FROM users WHERE id = ?`, 3).Scan(&id)
			Out = id
			return err
		}),
		quiet("a user by the id of the session, of whom the id is kept", func(ctx context.Context, db *sql.DB) error {
			u, err := store{db}.user(ctx, 5)
			Out = u.ID
			return err
		}),
		quiet("the name of the author", func(ctx context.Context, db *sql.DB) error {
			s := store{db}
			p, err := s.post(ctx, 3)
			if err != nil {
				return err
			}
			author, err := s.user(ctx, p.AuthorID)
			Out = fmt.Sprint(author.ID, author.Name)
			return err
		}),
		quiet("the author in JSON", func(ctx context.Context, db *sql.DB) error {
			s := store{db}
			p, err := s.post(ctx, 3)
			if err != nil {
				return err
			}
			author, err := s.user(ctx, p.AuthorID)
			Out = map[string]any{"post": p, "author": author}
			return err
		}),
		fires("a column that the earlier row does not have", func(ctx context.Context, db *sql.DB) error {
			s := store{db}
			p, err := s.post(ctx, 3)
			if err != nil {
				return err
			}
			var body string
			err = db.QueryRowContext(ctx, `SELECT body FROM posts WHERE id = ?`, p.ID).Scan(&body)
			Out = fmt.Sprint(p.Title, body)
			return err
		}).at("suspect"),
		fires("a permission checked first, then the row", func(ctx context.Context, db *sql.DB) error {
			s := store{db}
			owner, err := s.ownerOf(ctx, 4)
			if err != nil || owner == 0 {
				return err
			}
			p, err := s.post(ctx, 4)
			Out = p
			return err
		}).at("suspect"),
		quiet("a row read again after a write", func(ctx context.Context, db *sql.DB) error {
			s := store{db}
			p, err := s.post(ctx, 12)
			if err != nil {
				return err
			}
			if err := s.save(ctx, p); err != nil {
				return err
			}
			var title string
			err = db.QueryRowContext(ctx, `SELECT title FROM posts WHERE id = ?`, p.ID).Scan(&title)
			Out = title
			return err
		}),
		quiet("a state looked at again in a transaction", func(ctx context.Context, db *sql.DB) error {
			s := store{db}
			p, err := s.post(ctx, 13)
			if err != nil {
				return err
			}
			return inTx(ctx, db, func(tx *sql.Tx) error {
				var status string
				err := tx.QueryRowContext(ctx, `SELECT status FROM posts WHERE id = ?`, p.ID).Scan(&status)
				Out = status == p.Status
				return err
			})
		}),
		quiet("another row of the same table", func(ctx context.Context, db *sql.DB) error {
			s := store{db}
			a, err := s.post(ctx, 3)
			if err != nil {
				return err
			}
			owner, err := s.ownerOf(ctx, a.ID+1)
			Out = fmt.Sprint(a.Title, owner)
			return err
		}),
		quiet("rows of two tables with one key", func(ctx context.Context, db *sql.DB) error {
			s := store{db}
			p, err := s.post(ctx, 3)
			if err != nil {
				return err
			}
			u, err := s.user(ctx, p.ID)
			Out = fmt.Sprint(p.Title, u.Email)
			return err
		}),
		quiet("settings, each by its name", func(ctx context.Context, db *sql.DB) error {
			for _, name := range []string{"theme", "limit", "beta"} {
				var value string
				if err := db.QueryRowContext(ctx, `SELECT value FROM settings WHERE name = ?`, name).Scan(&value); err != nil {
					return err
				}
				Out = value
			}
			return nil
		}),
		quiet("a number of rows that belong to the row", func(ctx context.Context, db *sql.DB) error {
			s := store{db}
			p, err := s.post(ctx, 3)
			if err != nil {
				return err
			}
			var n int
			err = db.QueryRowContext(ctx, `SELECT count(*) FROM comments WHERE post_id = ?`, p.ID).Scan(&n)
			Out = fmt.Sprint(p.Title, n)
			return err
		}),
		quiet("a user that may be gone", func(ctx context.Context, db *sql.DB) error {
			var id int64
			if err := db.QueryRowContext(ctx, `SELECT author_id FROM posts WHERE id = ?`, 3).Scan(&id); err != nil {
				return err
			}
			var found int64
			err := db.QueryRowContext(ctx, `SELECT id FROM users WHERE id = ?`, id).Scan(&found)
			Out = found
			return err
		}),
	}
}

func (s store) ownerOf(ctx context.Context, post int64) (owner int64, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT author_id FROM posts WHERE id = ?`, post).Scan(&owner)
	return owner, err
}
