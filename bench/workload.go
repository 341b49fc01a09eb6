package main

import "context"

// A workload is one way to use a database. It runs from several places of the program, several times in each.
type workload struct {
	name   string
	frames int // on the stack of run, its own included
	sites  int // places that call it
	loops  int // times that each does
	run    func(ctx context.Context, c *client, id int64) error
}

// The names of workloads that others refer to. The last two run no statements of their own.
const (
	oneRow        = "query-1-row"
	manyRows      = "query-1000-rows"
	rowWorkload   = "row"
	scopeWorkload = "scope"
)

var workloads = []workload{
	{"exec", 20, 20, 50, exec},
	{oneRow, 20, 20, 50, queryOne},
	{manyRows, 20, 5, 2, queryAll},
	{"prepare-exec-close", 20, 20, 50, prepareExecClose},
	{"stmt-query-1-row", 20, 20, 50, stmtQuery},
	{"exec-40-frames", 40, 20, 50, exec},
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
