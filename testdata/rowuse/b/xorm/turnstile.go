package xorm

import (
	"context"
	"sync"

	"xorm.io/xorm"
)

type Gate struct {
	Id      int64
	Name    string
	Entered int
	Inside  int
}

// Turnstile counts the visitors of one gate; it is the only writer of the gate's row.
type Turnstile struct {
	mu     sync.Mutex
	engine *xorm.Engine
	gate   int64
}

func (t *Turnstile) load(ctx context.Context) (g Gate, err error) {
	_, err = t.engine.Context(ctx).ID(t.gate).Get(&g)
	return g, err
}

func (t *Turnstile) save(ctx context.Context, g *Gate) error {
	_, err := t.engine.Context(ctx).ID(g.Id).AllCols().Update(g)
	return err
}

// Enter lets a group in.
func (t *Turnstile) Enter(ctx context.Context, group int) (Gate, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	g, err := t.load(ctx)
	if err != nil {
		return g, err
	}
	g.Entered += group
	g.Inside += group
	return g, t.save(ctx, &g)
}
