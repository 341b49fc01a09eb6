package sqlx

import (
	"context"
	"database/sql"
	"strings"

	"github.com/jmoiron/sqlx"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

type dish struct {
	Restaurant int64  `db:"restaurant_id"`
	Name       string `db:"name"`
	Cents      int64  `db:"cents"`
}

type dishStore struct{ db *sqlx.DB }

func (s dishStore) replaceMenu(ctx context.Context, restaurant int64, dishes []dish) error {
	tx, err := s.db.BeginTxx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, `DELETE FROM dishes WHERE restaurant_id = ?`, restaurant); err != nil {
		return err
	}
	if len(dishes) > 0 {
		if _, err := tx.NamedExecContext(ctx, `INSERT INTO dishes (restaurant_id, name, cents) VALUES (:restaurant_id, :name, :cents)`, dishes); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func parseMenu(restaurant int64, text string) (out []dish) {
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		name, _, _ := strings.Cut(line, ",")
		out = append(out, dish{restaurant, name, int64(100 * len(line))})
	}
	return out
}

var menuLoad = rowuse.Case{
	Name:   "menu of a restaurant is replaced",
	Why:    "sqlx expands the slice to one INSERT with many rows; the loop above only parses.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE dishes (id INTEGER PRIMARY KEY, restaurant_id INTEGER NOT NULL, name TEXT NOT NULL, cents INTEGER NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 24) INSERT INTO dishes SELECT i, 1 + i % 2, 'Dish ' || i, 100 * i FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		text := strings.Repeat("soup,1\nfish and chips,2\nrisotto,3\n", 6)
		return dishStore{wrap(db)}.replaceMenu(ctx, 2, parseMenu(2, text))
	},
}
