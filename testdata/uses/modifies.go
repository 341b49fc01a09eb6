package uses

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

func modifies() []Case {
	fires, quiet := about("read-modify-write")
	return []Case{
		fires("a counter raised", func(ctx context.Context, db *sql.DB) error {
			var views int
			if err := db.QueryRowContext(ctx, `SELECT views FROM posts WHERE id = ?`, 3).Scan(&views); err != nil {
				return err
			}
			views++
			_, err := db.ExecContext(ctx, `UPDATE posts SET views = ? WHERE id = ?`, views, 3)
			return err
		}),
		fires("a counter raised in the arguments", func(ctx context.Context, db *sql.DB) error {
			var views int
			if err := db.QueryRowContext(ctx, `SELECT views FROM posts WHERE id = ?`, 3).Scan(&views); err != nil {
				return err
			}
			_, err := db.ExecContext(ctx, `UPDATE posts SET views = ? WHERE id = ?`, views+1, 3)
			return err
		}),
		fires("an amount added in a transaction", func(ctx context.Context, db *sql.DB) error {
			return inTx(ctx, db, func(tx *sql.Tx) error { return addScore(ctx, tx, 4, 10) })
		}),
		fires("the next free number", func(ctx context.Context, db *sql.DB) error {
			var last int
			if err := db.QueryRowContext(ctx, `SELECT max(id) FROM jobs`).Scan(&last); err != nil {
				return err
			}
			_, err := db.ExecContext(ctx, `INSERT INTO jobs (id, state, attempts) VALUES (?, 'new', 0)`, last+1)
			return err
		}).at("suspect"),
		fires("a row read into a struct", func(ctx context.Context, db *sql.DB) error {
			s := store{db}
			p, err := s.post(ctx, 5)
			if err != nil {
				return err
			}
			p.Views += 2
			_, err = db.ExecContext(ctx, `UPDATE posts SET views = ? WHERE id = ?`, p.Views, p.ID)
			return err
		}),
		fires("a store that reads, and one that writes", func(ctx context.Context, db *sql.DB) error {
			s := store{db}
			p, err := s.post(ctx, 6)
			if err != nil {
				return err
			}
			return s.setViews(ctx, p.ID, p.Views+1)
		}),
		fires("a price lowered", func(ctx context.Context, db *sql.DB) error {
			var price float64
			if err := db.QueryRowContext(ctx, `SELECT price FROM posts WHERE id = ?`, 7).Scan(&price); err != nil {
				return err
			}
			_, err := db.ExecContext(ctx, `UPDATE posts SET price = ? WHERE id = ?`, price*0.9, 7)
			return err
		}),
		fires("a limit checked before, suspected only", func(ctx context.Context, db *sql.DB) error {
			var score int
			if err := db.QueryRowContext(ctx, `SELECT score FROM users WHERE id = ?`, 3).Scan(&score); err != nil {
				return err
			}
			if score < 5 {
				return errors.New("too little")
			}
			_, err := db.ExecContext(ctx, `UPDATE users SET score = ? WHERE id = ?`, score-5, 3)
			return err
		}).at("suspect"),

		quiet("first, then save: values from a form", func(ctx context.Context, db *sql.DB) error {
			s := store{db}
			p, err := s.post(ctx, 3)
			if err != nil {
				return err
			}
			p.Title = "a new title"
			return s.save(ctx, p)
		}),
		quiet("the database adds", func(ctx context.Context, db *sql.DB) error {
			_, err := db.ExecContext(ctx, `UPDATE posts SET views = views + 1 WHERE id = ?`, 3)
			return err
		}),
		quiet("optimistic locking", func(ctx context.Context, db *sql.DB) error {
			var version int
			if err := db.QueryRowContext(ctx, `SELECT version FROM posts WHERE id = ?`, 3).Scan(&version); err != nil {
				return err
			}
			res, err := db.ExecContext(ctx, `UPDATE posts SET title = ?, version = ? WHERE id = ? AND version = ?`, "new", version+1, 3, version)
			if err != nil {
				return err
			}
			if n, err := res.RowsAffected(); err != nil || n == 0 {
				return errors.Join(err, errors.New("somebody was first"))
			}
			return nil
		}),
		quiet("another row", func(ctx context.Context, db *sql.DB) error {
			var views int
			if err := db.QueryRowContext(ctx, `SELECT views FROM posts WHERE id = ?`, 3).Scan(&views); err != nil {
				return err
			}
			_, err := db.ExecContext(ctx, `UPDATE posts SET views = ? WHERE id = ?`, views+1, 4)
			return err
		}),
		quiet("another column", func(ctx context.Context, db *sql.DB) error {
			var views int
			if err := db.QueryRowContext(ctx, `SELECT views FROM posts WHERE id = ?`, 9).Scan(&views); err != nil {
				return err
			}
			_, err := db.ExecContext(ctx, `UPDATE posts SET price = ? WHERE id = ?`, views*2, 9)
			return err
		}),
		quiet("another table", func(ctx context.Context, db *sql.DB) error {
			var views int
			if err := db.QueryRowContext(ctx, `SELECT views FROM posts WHERE id = ?`, 3).Scan(&views); err != nil {
				return err
			}
			_, err := db.ExecContext(ctx, `UPDATE users SET score = ? WHERE id = ?`, views+1, 3)
			return err
		}),
		quiet("a state that goes on", func(ctx context.Context, db *sql.DB) error {
			var state string
			if err := db.QueryRowContext(ctx, `SELECT state FROM jobs WHERE id = ?`, 1).Scan(&state); err != nil {
				return err
			}
			next := map[string]string{"new": "taken", "taken": "done"}[state]
			_, err := db.ExecContext(ctx, `UPDATE jobs SET state = ? WHERE id = ?`, next, 1)
			return err
		}),
		quiet("a value computed by a function", func(ctx context.Context, db *sql.DB) error {
			var price float64
			if err := db.QueryRowContext(ctx, `SELECT price FROM posts WHERE id = ?`, 8).Scan(&price); err != nil {
				return err
			}
			_, err := db.ExecContext(ctx, `UPDATE posts SET price = ? WHERE id = ?`, vat(price), 8)
			return err
		}),
		quiet("a default for what is empty", func(ctx context.Context, db *sql.DB) error {
			var name sql.NullString
			if err := db.QueryRowContext(ctx, `SELECT nickname FROM users WHERE id = ?`, 3).Scan(&name); err != nil {
				return err
			}
			if !name.Valid {
				name = sql.NullString{String: "nobody", Valid: true}
			}
			_, err := db.ExecContext(ctx, `UPDATE users SET nickname = ? WHERE id = ?`, name.String, 3)
			return err
		}),
		quiet("a text with a suffix", func(ctx context.Context, db *sql.DB) error {
			var title string
			if err := db.QueryRowContext(ctx, `SELECT title FROM posts WHERE id = ?`, 3).Scan(&title); err != nil {
				return err
			}
			_, err := db.ExecContext(ctx, `UPDATE posts SET title = ? WHERE id = ?`, title+" (copy)", 3)
			return err
		}),
		quiet("written back as it was read", func(ctx context.Context, db *sql.DB) error {
			s := store{db}
			p, err := s.post(ctx, 11)
			if err != nil {
				return err
			}
			return s.save(ctx, p)
		}),
		quiet("a decision, and a constant", func(ctx context.Context, db *sql.DB) error {
			var attempts int
			if err := db.QueryRowContext(ctx, `SELECT attempts FROM jobs WHERE id = ?`, 2).Scan(&attempts); err != nil {
				return err
			}
			if attempts > 1 {
				_, err := db.ExecContext(ctx, `UPDATE jobs SET attempts = ? WHERE id = ?`, 0, 2)
				return err
			}
			return nil
		}),
	}
}

func addScore(ctx context.Context, tx *sql.Tx, id, points int64) error {
	var score int64
	if err := tx.QueryRowContext(ctx, `SELECT score FROM users WHERE id = ?`, id).Scan(&score); err != nil {
		return fmt.Errorf("reading the score: %w", err)
	}
	_, err := tx.ExecContext(ctx, `UPDATE users SET score = ? WHERE id = ?`, score+points, id)
	return err
}

func (s store) setViews(ctx context.Context, id int64, views int) error {
	_, err := s.db.ExecContext(ctx, `UPDATE posts SET views = ? WHERE id = ?`, views, id)
	return err
}

func (s store) save(ctx context.Context, p *post) error {
	_, err := s.db.ExecContext(ctx, `UPDATE posts SET title = ?, status = ?, views = ?, price = ? WHERE id = ?`, p.Title, p.Status, p.Views, p.Price, p.ID)
	return err
}
