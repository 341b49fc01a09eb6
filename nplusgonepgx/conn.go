package nplusgonepgx

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/pgrecord"
	"github.com/nplusgone/nplusgone/internal/pgwire"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/session"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// A conn is what is kept of a connection. pgx uses a connection from one goroutine at a time, but for a goroutine that writes
// while another one reads: the lock of the stream guards all of it.
type conn struct {
	t      *tracer
	stream *pgwire.Stream
	lost   string // why rows are not read; "" if they are

	tx      session.Transaction
	texts   session.Texts
	callers callers
	op      *operation    // what the application does with the connection; nil for nothing that is recorded
	reading time.Duration // time spent in reading, ever
	cells   pgrecord.Cells
}

// An operation is a call of Query, Exec, SendBatch or CopyFrom with a scope.
type operation struct {
	scope     *record.Scope
	stack     stack.ID
	goroutine uint32
	start     time.Duration
	failed    bool // one of its statements has failed
	ended     bool

	single *query // of Query and Exec
	batch  *batch // of SendBatch
	copies string // of CopyFrom: the statement
}

func newConn(t *tracer) *conn {
	c := &conn{t: t}
	c.stream = pgwire.New(c)
	return c
}

// sent reads what the client is about to send.
func (c *conn) sent(b []byte) {
	if c.t.off.Load() {
		return
	}
	defer c.t.guard()
	c.stream.Sent(b)
}

// received reads what the client has received in a given time.
func (c *conn) received(b []byte, took time.Duration) {
	defer c.t.guard()
	c.stream.Lock()
	c.reading += took
	c.stream.Unlock()
	c.stream.Received(b)
}

// prepare says that a text is about to be prepared.
func (c *conn) prepare(sql string) {
	c.stream.Lock()
	defer c.stream.Unlock()
	c.stream.Expect(sql)
}

// unread says that the rows of the connection are not read.
func (c *conn) unread(why string) {
	c.stream.Lock()
	defer c.stream.Unlock()
	c.stream.Stop()
	c.Lost(why)
}

// begin begins an operation with ctx and returns its scope; nil if it is not recorded.
func (c *conn) begin(ctx context.Context, pc *pgx.Conn) *record.Scope {
	c.stream.Lock()
	defer c.stream.Unlock()
	if c.op != nil {
		c.op.ended, c.op = true, nil // pgx has not said that it ended
	}
	if c.tx.Open() && pc.PgConn().TxStatus() == 'I' {
		c.tx = session.Transaction{} // ended by other means than a statement of *pgx.Conn
	}
	return c.t.observer.Scope(ctx, c.tx.Scope)
}

// operation makes an operation current, unless database/sql's driver records it.
func (c *conn) operation(scope *record.Scope, at stack.ID) *operation {
	if c.t.recorded(at) {
		return nil
	}
	c.op = &operation{scope: scope, stack: at, goroutine: stack.Goroutine(), start: session.Clock()}
	return c.op
}

// end ends the current operation and returns it; nil if there is none. parsed is its statement, if it has one that succeeded.
func (c *conn) end(pc *pgx.Conn, parsed *fingerprint.Parsed) *operation {
	op := c.op
	c.op = nil
	if op != nil {
		op.ended = true
	}
	if parsed != nil {
		c.follow(op, parsed)
	}
	switch status := pc.PgConn().TxStatus(); {
	case status == 'I':
		c.tx = session.Transaction{}
	case c.tx.Open() || status == 0:
	case op != nil:
		c.tx = session.Begin(op.scope, op.stack)
	default:
		c.tx = session.Begin(nil, 0)
	}
	return op
}

// follow records that a statement of op ran, which may have begun or ended a transaction or a savepoint. op may be nil.
func (c *conn) follow(op *operation, parsed *fingerprint.Parsed) {
	if op == nil {
		op = new(operation)
	}
	c.tx.Follow(&session.Text{Parsed: parsed, Dialect: fingerprint.PostgreSQL, Scope: op.scope, At: op.stack})
}

// statement returns a statement of an operation for its scope.
func (c *conn) statement(op *operation, parsed *fingerprint.Parsed) *record.Statement {
	st := &record.Statement{
		Parsed: parsed, Database: c.t.database, Stack: op.stack, Goroutine: op.goroutine, Start: op.start, Duration: session.Clock() - op.start,
	}
	c.tx.Of(st)
	return st
}

// noColumns and noMessages say why rows are not read.
const (
	noColumns  = "rows of a pgx connection are not read: their columns are not known"
	noMessages = "rows of a pgx connection are not read: its messages are not seen"
)
