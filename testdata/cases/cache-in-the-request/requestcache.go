// Package requestcache asks a cache in the context of the request first. The cache is empty when the request
// starts, so a list of rows runs one query for each distinct key. That is an n-plus-one.
//
// Related issues: go-gitea/gitea#22294.
package requestcache

import (
	"context"
	"database/sql"
	"sync"
)

type memo struct {
	mu   sync.RWMutex
	data map[int64]string
}

type memoKey struct{}

func With(ctx context.Context) context.Context {
	return context.WithValue(ctx, memoKey{}, &memo{data: map[int64]string{}})
}

func person(ctx context.Context, db *sql.DB, id int64) (name string, err error) {
	m, _ := ctx.Value(memoKey{}).(*memo)
	if m != nil {
		m.mu.RLock()
		v, ok := m.data[id]
		m.mu.RUnlock()
		if ok {
			return v, nil
		}
	}
	if err = db.QueryRowContext(ctx, "SELECT name FROM people WHERE id = ?", id).Scan(&name); err != nil {
		return "", err
	}
	if m != nil {
		m.mu.Lock()
		m.data[id] = name
		m.mu.Unlock()
	}
	return name, nil
}

func List(ctx context.Context, db *sql.DB) (out []string, err error) {
	rows, err := db.QueryContext(ctx, "SELECT poster_id FROM remarks ORDER BY id")
	if err != nil {
		return nil, err
	}
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			rows.Close()
			return nil, err
		}
		ids = append(ids, id)
	}
	rows.Close()
	for _, id := range ids { // loop
		n, err := person(ctx, db, id)
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}
