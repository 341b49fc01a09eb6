package main

import "context"

// A workload is one way to use a database. It runs from several places of the program, several times in each.
type workload struct {
	name    string
	frames  int  // on the stack of run, its own included
	sites   int  // places that call it
	loops   int  // times that each does
	inherit bool // statements have no scope in their context: it is that of the goroutine
	run     func(ctx context.Context, c *client, id int64) error
}

// The names of workloads that others refer to. The last two run no statements of their own.
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
