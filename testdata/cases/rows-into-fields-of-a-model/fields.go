// Package fields reads rows into the fields that a model returns pointers to: the keys of a loop come from them.
package fields

import (
	"context"
	"database/sql"
)

type model struct {
	ID string
}

type team struct {
	model
	Name  string
	Users int
}

// pointers returns where the columns of a row go.
func (t *team) pointers() []any { return []any{&t.ID, &t.Name} }

func scan[T any](rows *sql.Rows, fields func(*T) []any) ([]T, error) {
	defer rows.Close()
	var list []T
	for rows.Next() {
		var one T
		if err := rows.Scan(fields(&one)...); err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return list, rows.Err()
}

// Teams returns all teams, with the number of users of each.
func Teams(ctx context.Context, db *sql.DB) ([]team, error) {
	rows, err := db.QueryContext(ctx, "SELECT id, name FROM teams ORDER BY name")
	if err != nil {
		return nil, err
	}
	list, err := scan(rows, func(t *team) []any {
		pointers := t.pointers()
		return pointers
	})
	if err != nil {
		return nil, err
	}
	for i := range list { // loopTeams
		if list[i].Users, err = users(ctx, db, list[i].ID); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func users(ctx context.Context, db *sql.DB, id string) (n int, err error) {
	err = db.QueryRowContext(ctx, "SELECT count(*) FROM members WHERE team_id = ?", id).Scan(&n)
	return n, err
}

// Own reads each row into the fields of a model, without a function between.
func Own(ctx context.Context, db *sql.DB) (total int, err error) {
	rows, err := db.QueryContext(ctx, "SELECT id, name FROM teams ORDER BY name")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var list []*team
	for rows.Next() {
		t := new(team)
		if err := rows.Scan(t.pointers()...); err != nil {
			return 0, err
		}
		list = append(list, t)
	}
	for _, t := range list { // loopOwn
		n, err := users(ctx, db, t.ID)
		if err != nil {
			return 0, err
		}
		total += n
	}
	return total, rows.Err()
}
