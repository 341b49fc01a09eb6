package nplusgonepgx

import (
	"context"
	"io"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/nplusgone/nplusgone/internal/pgwire"
	"github.com/nplusgone/nplusgone/internal/session"
)

// The protocol is read between pgx's frontend and the connection, by BuildFrontend. AfterNetConnect, which pgx has from
// v5.8 on, would give the connection to be replaced: PgConn.Conn would then return another type than without nplusgone.
// With BuildFrontend, a pipeline that pgconn writes to the connection itself (ExecBatch) is not seen on its way to the
// server; its results are.

// connKey is the key of a *conn in pgconn's custom data.
const connKey = "github.com/nplusgone/nplusgone/nplusgonepgx"

// connectingKey is the key of a *connecting in a context.
type connectingKey struct{}

// connecting is a connection that is being made. pgx may try several servers.
type connecting struct {
	mu       sync.Mutex
	done     bool // the configuration of the connection may be copied for others from now on
	conn     *conn
	frontend *pgproto3.Frontend // the last one that was built
}

// connecting makes config, which belongs to one connection, read the protocol.
func (t *tracer) connecting(ctx context.Context, config *pgx.ConnConfig) context.Context {
	if config == nil || config.BuildFrontend == nil || t.off.Load() {
		return ctx
	}
	c := new(connecting)
	config.BuildFrontend = c.builder(t, config.BuildFrontend)
	return context.WithValue(ctx, connectingKey{}, c)
}

// builder returns a function that builds a frontend as base does, and reads what passes through it.
func (c *connecting) builder(t *tracer, base pgconn.BuildFrontendFunc) pgconn.BuildFrontendFunc {
	return func(r io.Reader, w io.Writer) *pgproto3.Frontend {
		if _, ok := r.(*reader); ok {
			return base(r, w) // by a copy of another connection's configuration
		}
		watched := newConn(t)
		f := base(&reader{r, watched}, &writer{w, watched})
		c.mu.Lock()
		defer c.mu.Unlock()
		if !c.done {
			c.conn, c.frontend = watched, f
		}
		return f
	}
}

// connected attaches what is kept of a connection to it.
func connected(ctx context.Context, c *pgx.Conn) {
	made, _ := ctx.Value(connectingKey{}).(*connecting)
	if made == nil || c == nil || c.PgConn() == nil || c.PgConn().CustomData() == nil {
		return
	}
	made.mu.Lock()
	watched, frontend := made.conn, made.frontend
	made.done, made.conn, made.frontend = true, nil, nil
	made.mu.Unlock()
	if watched == nil {
		return
	}
	if frontend != c.PgConn().Frontend() {
		watched.unread("the connection has another frontend")
	}
	c.PgConn().CustomData()[connKey] = watched
}

// A reader reads what the server sends.
type reader struct {
	base io.Reader
	conn *conn
}

func (r *reader) Read(b []byte) (int, error) {
	if r.conn.t.off.Load() {
		return r.base.Read(b)
	}
	start := session.Clock()
	n, err := r.base.Read(b)
	r.conn.received(b[:max(n, 0)], session.Clock()-start)
	return n, err
}

// A writer reads what the client sends.
type writer struct {
	base io.Writer
	conn *conn
}

func (w *writer) Write(b []byte) (int, error) {
	w.conn.sent(b)
	return w.base.Write(b)
}

var _ pgwire.Handler = (*conn)(nil)

// Unwrap returns what r reads from.
func (r *reader) Unwrap() any { return r.base }

// Unwrap returns what w writes to.
func (w *writer) Unwrap() any { return w.base }
