package uses

import (
	"context"
	"database/sql"
)

type user struct {
	ID      int64
	Name    string
	Email   string
	Country string
	Score   int
}

type post struct {
	ID       int64   `json:"id"`
	AuthorID int64   `json:"author_id"`
	Title    string  `json:"title"`
	Status   string  `json:"status"`
	Views    int     `json:"views"`
	Price    float64 `json:"price"`
}

type comment struct {
	ID    int64
	Body  string
	Likes int
}

// A store is a data layer as many services have it.
type store struct{ db *sql.DB }

func (s store) posts(ctx context.Context) ([]post, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, author_id, title, status, views, price FROM posts ORDER BY id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var posts []post
	for rows.Next() {
		var p post
		if err := rows.Scan(&p.ID, &p.AuthorID, &p.Title, &p.Status, &p.Views, &p.Price); err != nil {
			return nil, err
		}
		posts = append(posts, p)
	}
	return posts, rows.Err()
}

func (s store) post(ctx context.Context, id int64) (*post, error) {
	p := new(post)
	err := s.db.QueryRowContext(ctx, `SELECT id, author_id, title, status, views, price FROM posts WHERE id = ?`, id).
		Scan(&p.ID, &p.AuthorID, &p.Title, &p.Status, &p.Views, &p.Price)
	if err != nil {
		return nil, err
	}
	return p, nil
}

func (s store) user(ctx context.Context, id int64) (u user, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT id, name, email, country, score FROM users WHERE id = ?`, id).
		Scan(&u.ID, &u.Name, &u.Email, &u.Country, &u.Score)
	return u, err
}

func (s store) comments(ctx context.Context, post int64) ([]*comment, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, body, likes FROM comments WHERE post_id = ?`, post)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list := make([]*comment, 0, 16)
	for rows.Next() {
		c := &comment{}
		if err := rows.Scan(&c.ID, &c.Body, &c.Likes); err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, rows.Err()
}

func (s store) ids(ctx context.Context, query string, args ...any) ([]int64, error) {
	return ids(s.db.QueryContext(ctx, query, args...))
}

func ids(rows *sql.Rows, err error) ([]int64, error) {
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var list []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		list = append(list, id)
	}
	return list, rows.Err()
}

// A repository is what handlers know of the store.
type repository interface {
	posts(ctx context.Context) ([]post, error)
	post(ctx context.Context, id int64) (*post, error)
	comments(ctx context.Context, post int64) ([]*comment, error)
}

func inTx(ctx context.Context, db *sql.DB, f func(tx *sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}
