// Package kinds collects ids by kind and loads each kind with one statement and a list. It also counts rows for a
// fixed list of states. Neither is reported, wherever the fixed list is declared. A count for each of n days is
// reported.
//
// Related issues: taobojlen/django-zeal#67.
package kinds

import (
	"context"
	"database/sql"
	"strings"
)

type ref struct {
	Kind string
	ID   int64
}

func refs(ctx context.Context, db *sql.DB) (out []ref, err error) {
	rows, err := db.QueryContext(ctx, "SELECT kind, target_id FROM refs ORDER BY kind, target_id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var r ref
		if err := rows.Scan(&r.Kind, &r.ID); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

func ByKind(ctx context.Context, db *sql.DB) (titles map[ref]string, err error) {
	all, err := refs(ctx, db)
	if err != nil {
		return nil, err
	}
	by := map[string][]int64{}
	for _, r := range all {
		by[r.Kind] = append(by[r.Kind], r.ID)
	}
	titles = map[ref]string{}
	for kind, ids := range by {
		args := []any{kind}
		for _, id := range ids {
			args = append(args, id)
		}
		rows, err := db.QueryContext(ctx, "SELECT id, title FROM targets WHERE kind = ? AND id IN (?"+strings.Repeat(",?", len(ids)-1)+")", args...)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			r := ref{Kind: kind}
			var t string
			if err := rows.Scan(&r.ID, &t); err != nil {
				rows.Close()
				return nil, err
			}
			titles[r] = t
		}
		rows.Close()
	}
	return titles, nil
}

var states = []string{"open", "draft", "late", "done"}

func allStates() []string { return []string{"open", "draft", "late", "done"} }

func count(ctx context.Context, db *sql.DB, state string) (n int, err error) {
	err = db.QueryRowContext(ctx, "SELECT COUNT(*) FROM tasks WHERE state = ?", state).Scan(&n)
	return
}

func States(ctx context.Context, db *sql.DB) (m map[string]int, err error) {
	m = map[string]int{}
	for _, s := range states {
		if m[s], err = count(ctx, db, s); err != nil {
			return nil, err
		}
	}
	return
}

func StatesFunc(ctx context.Context, db *sql.DB) (m map[string]int, err error) {
	m = map[string]int{}
	for _, s := range allStates() {
		if m[s], err = count(ctx, db, s); err != nil {
			return nil, err
		}
	}
	return
}

func StatesArray(ctx context.Context, db *sql.DB) (m map[string]int, err error) {
	m = map[string]int{}
	for _, s := range [...]string{"open", "draft", "late", "done"} {
		if m[s], err = count(ctx, db, s); err != nil {
			return nil, err
		}
	}
	return
}

// Days runs one count for each of the last n days.
func Days(ctx context.Context, db *sql.DB, n int) (out []int, err error) {
	for d := 0; d < n; d++ { // loopDays
		var c int
		if err := db.QueryRowContext(ctx, "SELECT COUNT(*) FROM tasks WHERE day = ?", d).Scan(&c); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return
}
