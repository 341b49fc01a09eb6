package nplusgonepgx

import (
	"cmp"
	"database/sql/driver"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/pgrecord"
	"github.com/nplusgone/nplusgone/internal/pgwire"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// A query is one call of Query, QueryRow or Exec.
type query struct {
	sql       string // as the application gave it: a text, or the name of a prepared statement
	text      string // what runs
	args      []any
	arguments []driver.NamedValue
	rewritten bool // a QueryRewriter changes text and arguments
	exec      bool // of Exec
	bound     bool // its execution was sent

	parsed   *fingerprint.Parsed // nil until it is recorded
	observed bool
	results  int // of the execution: the simple protocol may have several
	result   record.Result
	wanted   bool // the scope wants to know of the result
	names    []string
	rows     int
	read     time.Duration // value of conn.reading when it was recorded
}

// query begins a query.
func (c *conn) query(scope *record.Scope, at stack.ID, by pcs, data pgx.TraceQueryStartData) {
	c.stream.Lock()
	defer c.stream.Unlock()
	op := c.operation(scope, at)
	if op == nil {
		return
	}
	q := &query{sql: data.SQL, text: data.SQL, exec: c.callers.find(pcs{by[0]}) == byExec}
	q.args, q.rewritten = withoutOptions(data.Args)
	op.single = q
	c.stream.Expect(data.SQL)
}

// withoutOptions returns the arguments of a query without the options that pgx takes before them, and whether one of these
// rewrites the query.
func withoutOptions(args []any) (rest []any, rewritten bool) {
	for len(args) > 0 {
		switch args[0].(type) {
		case pgx.QueryRewriter:
			rewritten = true
		case pgx.QueryResultFormats, pgx.QueryResultFormatsByOID, pgx.QueryExecMode:
		default:
			return args, rewritten
		}
		args = args[1:]
	}
	return args, rewritten
}

// takes reports whether an execution is that of the query.
func (q *query) takes(x *pgwire.Execution) bool {
	switch {
	case q.bound:
		return false
	case q.rewritten, x.Text == q.sql, x.Text == "":
		return true
	case x.Simple: // with the arguments in the text
		before, _, found := strings.Cut(q.sql, "$")
		return found && len(q.args) > 0 && strings.HasPrefix(x.Text, before)
	}
	return x.Name == q.sql
}

// sent takes what is sent for the query: the text of a prepared statement, and what a QueryRewriter has made.
func (q *query) sent(c *conn, x *pgwire.Execution, params *pgwire.Params) {
	q.bound = true
	if x.Text != "" && (q.rewritten || !x.Simple || !readable(q.args)) {
		if q.text = x.Text; x.Simple {
			return // the arguments are in the text
		}
	}
	q.arguments = arguments(q.args, q.rewritten, params)
}

// began records the query when its first result begins: it has not failed.
func (q *query) began(c *conn, op *operation, columns *pgwire.Columns) (rows bool) {
	if q.results++; q.results > 1 {
		return false // the application gets the rows of the first result
	}
	c.observe(op, columns == nil || columns.Len() > 0, false)
	if !q.wanted {
		return false
	}
	if columns == nil {
		q.result.Unread(noColumns)
		return false
	}
	q.names = columns.Names
	return q.result.WantsRows()
}

// observe records the query in its scope.
func (c *conn) observe(op *operation, rows, failed bool) {
	q := op.single
	q.observed, q.read = true, c.reading
	if q.parsed = c.texts.Parse(fingerprint.PostgreSQL, q.text); pgrecord.Control(q.parsed) {
		return
	}
	st := c.statement(op, q.parsed)
	st.Failed = failed
	if st.Args = q.arguments; !q.bound && !q.rewritten {
		st.Args = arguments(q.args, false, nil)
	}
	if !rows || q.exec || failed {
		op.scope.Observe(st, nil)
		return
	}
	q.wanted = op.scope.Observe(st, &q.result)
}

// queried ends a query.
func (c *conn) queried(pc *pgx.Conn, by pcs, data pgx.TraceQueryEndData) {
	c.stream.Lock()
	defer c.stream.Unlock()
	op := c.op
	if op == nil || op.single == nil {
		c.end(pc, nil)
		return
	}
	q := op.single
	if !q.observed {
		c.observe(op, data.CommandTag.Select(), data.Err != nil)
		if q.rows = int(data.CommandTag.RowsAffected()); q.wanted {
			q.result.Unread(cmp.Or(c.lost, noMessages))
		}
	}
	parsed := q.parsed
	if data.Err != nil {
		parsed = nil
	}
	c.end(pc, parsed)
	if !q.wanted {
		return
	}
	switch c.callers.find(by) {
	case byEnd:
		q.result.Drained()
	case byRow:
		q.rows = min(q.rows, 1)
	}
	q.result.Close(q.rows, c.reading-q.read)
}
