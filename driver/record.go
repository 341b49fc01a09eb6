package driver

import (
	"context"
	"database/sql/driver"
	"errors"
	"time"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/session"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// A call is one statement that the base driver was asked to run.
type call struct {
	query    string
	prepared *stmt // nil for a statement that is not prepared
	args     []driver.NamedValue
	first    bool          // the first execution of a prepared statement
	scope    *record.Scope // nil for none
	start    time.Duration // see session.Clock; 0 if the statement is in no scope
}

// begin finds the scope of a call that is about to be made with ctx, and when it begins.
func (q *call) begin(ctx context.Context, c *conn) {
	if q.scope = c.scope(ctx); q.scope != nil {
		q.start = session.Clock()
	}
}

// scope returns the scope of a statement with ctx. It is nil for none, and when nothing is recorded any more.
func (c *conn) scope(ctx context.Context) (scope *record.Scope) {
	if c.off || c.w.off.Load() {
		return nil
	}
	defer c.w.guard()
	return c.w.obs.Scope(ctx, c.tx.Scope)
}

// recordQuery records a query for which the base returned rows and err. It returns the rows for database/sql: watched ones
// if the scope wants to see them, else the base's own.
func (c *conn) recordQuery(q *call, base driver.Rows, err error) (driver.Rows, error) {
	if q.scope == nil || err != nil {
		c.record(q, err, nil)
		return base, err
	}
	r := &rows{base: base, w: c.w}
	if c.record(q, nil, r) {
		return r.expose(), nil
	}
	return base, nil
}

// record records a statement that ran, in its scope. It reports whether the scope wants to see the rows r, which are nil
// for a statement without rows. A statement without a scope may still end a transaction.
func (c *conn) record(q *call, err error, r *rows) (wanted bool) {
	if q.scope == nil && !c.tx.Texts() || c.off || c.w.off.Load() {
		return false
	}
	if err != nil && (err == driver.ErrSkip || errors.Is(err, driver.ErrBadConn)) { // as database/sql compares them
		return false // database/sql runs the statement again, prepared or on another connection
	}
	var now time.Duration
	if q.scope != nil {
		now = session.Clock()
	}
	defer c.w.guard()
	parsed := c.parsed(q)
	var at stack.ID
	if q.scope != nil {
		at = stack.Capture(1)
	}
	if err == nil {
		c.tx.Follow(&session.Text{Parsed: parsed, Dialect: c.w.database.Dialect, Scope: q.scope, At: at})
	}
	if q.scope == nil {
		return false
	}
	st := &c.observed
	st.Parsed, st.Database, st.Args = parsed, c.w.database, c.readable(q.args)
	c.tx.Of(st)
	st.Stack, st.Goroutine = at, stack.Goroutine()
	st.Start, st.Duration, st.Failed, st.Fresh = q.start, now-q.start, err != nil, q.first
	var result *record.Result
	if r != nil {
		result, r.took = &r.result, now
	}
	wanted = q.scope.Observe(st, result)
	st.Parsed, st.Args = nil, nil
	c.releaseArgs()
	if wanted {
		r.wanted = result.WantsRows()
	}
	return wanted
}

// parsed returns the fingerprint of a statement. A prepared one keeps it.
func (c *conn) parsed(q *call) *fingerprint.Parsed {
	if q.prepared == nil {
		return c.texts.Parse(c.w.database.Dialect, q.query)
	}
	if q.prepared.parsed == nil {
		q.prepared.parsed = session.Parse(c.w.database.Dialect, q.query)
	}
	return q.prepared.parsed
}
