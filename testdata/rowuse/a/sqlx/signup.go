package sqlx

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"github.com/jmoiron/sqlx"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

type account struct {
	ID    int64  `db:"id"`
	Email string `db:"email"`
}

type accounts struct{ *sqlx.DB }

func (a accounts) emailTaken(ctx context.Context, email string) (bool, error) {
	var id int64
	err := a.GetContext(ctx, &id, `SELECT id FROM accounts WHERE email = ?`, email)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

func (a accounts) create(ctx context.Context, email, name string) (*account, error) {
	res, err := a.ExecContext(ctx, `INSERT INTO accounts (email, name) VALUES (?, ?)`, email, name)
	if err != nil {
		return nil, err
	}
	id, err := res.LastInsertId()
	return &account{ID: id, Email: email}, err
}

type signupForm struct{ Email, Name string }

func (f signupForm) register(ctx context.Context, a accounts) (*account, map[string]string, error) {
	email := strings.ToLower(strings.TrimSpace(f.Email))
	taken, err := a.emailTaken(ctx, email)
	if err != nil {
		return nil, nil, err
	}
	if taken {
		return nil, map[string]string{"email": "is taken"}, nil
	}
	acc, err := a.create(ctx, email, f.Name)
	return acc, nil, err
}

var accountSignup = rowuse.Case{
	Name:   "sign-up form checks that the address is free",
	Why:    "One row by a unique key, the id only, to see that it exists.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE accounts (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 16) INSERT INTO accounts SELECT i, 'p' || i || '@example.com', 'P ' || i FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		acc, problems, err := signupForm{" New@example.com", "New"}.register(ctx, accounts{wrap(db)})
		Sink = []any{acc, problems}
		return err
	},
}
