// Package turnstile counts the people in a stadium.
package turnstile

import (
	"context"
	"database/sql"
	"fmt"
	"sync"

	"github.com/nplusgone/nplusgone/testdata/rowuse/a/pgxstd/pgq"
)

// Gate is one of the gates that a process runs.
type Gate struct {
	mu   sync.Mutex
	db   *sql.DB
	code string
}

func NewGate(db *sql.DB, code string) *Gate { return &Gate{db: db, code: code} }

func (g *Gate) passed(ctx context.Context) (int, error) {
	return pgq.One[int](ctx, g.db, `SELECT passed FROM gates WHERE code = $1`, g.code)
}

func (g *Gate) setPassed(ctx context.Context, n int) error {
	_, err := pgq.Exec(ctx, g.db, `UPDATE gates SET passed = $2 WHERE code = $1`, g.code, n)
	return err
}

// Pass lets some people in and returns the number of the last one.
func (g *Gate) Pass(ctx context.Context, people int) (string, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	n, err := g.passed(ctx)
	if err != nil {
		return "", err
	}
	n += people
	if err := g.setPassed(ctx, n); err != nil {
		return "", err
	}
	return fmt.Sprintf("%s-%06d", g.code, n), nil
}
