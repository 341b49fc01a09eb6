package main

import (
	"context"
	"errors"
	"runtime"
	"time"
)

// A sample is what one statement cost, in one subject's turn of one round.
type sample struct {
	nanoseconds float64
	allocs      float64
}

func (s sample) took() float64      { return s.nanoseconds }
func (s sample) allocated() float64 { return s.allocs }

// turn runs the workload once in a scope of its own. Beginning the scope, the statement that its arguments come from and
// ending it are left out: they are paid once a request, not once a statement.
func (w *workload) turn(c *client) (sample, error) {
	ctx, end := c.begin()
	defer end()
	failed := queryAll(ctx, c, 0)
	if w.inherit {
		ctx = context.Background()
	}
	id := int64(firstID)
	loop := func() {
		for range w.loops {
			if err := w.run(ctx, c, id); err != nil {
				failed = errors.Join(failed, err)
			}
			id++
		}
	}

	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	call(loop, w.sites, w.frames-1)
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	n := float64(w.sites * w.loops)
	return sample{float64(took.Nanoseconds()) / n, float64(after.Mallocs-before.Mallocs) / n}, failed
}
