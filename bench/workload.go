package main

import (
	"context"
	"errors"
	"runtime"
	"time"
)

// A workload is one way to use a database. It is called from several call sites, several times from each.
type workload struct {
	name    string
	frames  int  // on the stack of run, its own included
	sites   int  // call sites
	loops   int  // calls from each site
	inherit bool // statements have no scope in their context, but that of the goroutine
	run     func(ctx context.Context, c *client, id int64) error
}

// Names of workloads that the code refers to. The last two run no statements of their own.
const (
	oneRow        = "query-1-row"
	manyRows      = "query-1000-rows"
	rowWorkload   = "row"
	scopeWorkload = "scope"
)

var workloads = []workload{
	{name: "exec", frames: 20, sites: 20, loops: 50, run: exec},
	{name: oneRow, frames: 20, sites: 20, loops: 50, run: queryOne},
	{name: manyRows, frames: 20, sites: 5, loops: 2, run: queryAll},
	{name: "prepare-exec-close", frames: 20, sites: 20, loops: 50, run: prepareExecClose},
	{name: "stmt-query-1-row", frames: 20, sites: 20, loops: 50, run: stmtQuery},
	{name: "exec-40-frames", frames: 40, sites: 20, loops: 50, inherit: true, run: exec},
}

// workloadNames returns what -workload takes, in the order of the table.
func workloadNames() (names []string) {
	for _, w := range workloads {
		names = append(names, w.name)
		if w.name == manyRows {
			names = append(names, rowWorkload)
		}
	}
	return append(names, scopeWorkload)
}

func exec(ctx context.Context, c *client, id int64) error {
	_, err := c.db.ExecContext(ctx, update, id)
	return err
}

func queryOne(ctx context.Context, c *client, id int64) error {
	return c.scan(c.db.QueryContext(ctx, selectOne, id))
}

func queryAll(ctx context.Context, c *client, _ int64) error {
	return c.scan(c.db.QueryContext(ctx, selectAll))
}

func prepareExecClose(ctx context.Context, c *client, id int64) error {
	stmt, err := c.db.PrepareContext(ctx, update)
	if err != nil {
		return err
	}
	if _, err := stmt.ExecContext(ctx, id); err != nil {
		return err
	}
	return stmt.Close()
}

func stmtQuery(ctx context.Context, c *client, id int64) error {
	return c.scan(c.one.QueryContext(ctx, id))
}

// A sample is the cost of one statement, measured in one round for one subject.
type sample struct {
	nanoseconds float64
	allocs      float64
}

func (s sample) took() float64      { return s.nanoseconds }
func (s sample) allocated() float64 { return s.allocs }

// measure runs the workload once in a scope of its own. It does not measure beginning and ending the scope, and the statement
// that the arguments come from: those occur once for each request, not for each statement.
func (w *workload) measure(c *client) (sample, error) {
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

// call calls fn once from each of the given number of call sites. fn is always the same frame, counted from the root of the
// stack.
func call(fn func(), sites, frame int) {
	const self = 2 // the last descend, and fn
	further := frame - depth() - self
	for site := range sites {
		descend(further, site, fn)
	}
}

// descend calls fn below the given number of frames. Each bit of site selects which of two lines makes the next call, so
// that the stack of each site is different.
//
//go:noinline
func descend(frames, site int, fn func()) {
	switch {
	case frames == 0:
		fn()
	case site%2 == 0:
		descend(frames-1, site/2, fn)
	default:
		descend(frames-1, site/2, fn)
	}
}

// depth returns the number of frames on the stack of its caller, the caller included.
func depth() int {
	var pcs [128]uintptr
	return runtime.Callers(2, pcs[:])
}
