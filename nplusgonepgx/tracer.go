package nplusgonepgx

import (
	"context"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/nplusgone/nplusgone/internal/fault"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// A tracer is what the connections of one watched configuration share. Its methods call those of the application's tracer
// first, with what pgx passes, and return its context.
type tracer struct {
	base     tracers
	observer record.Observer
	database *record.Database
	stacks
	off atomic.Bool // watching ended, after a panic in this module
}

var (
	_ pgx.QueryTracer       = (*tracer)(nil)
	_ pgx.BatchTracer       = (*tracer)(nil)
	_ pgx.CopyFromTracer    = (*tracer)(nil)
	_ pgx.PrepareTracer     = (*tracer)(nil)
	_ pgx.ConnectTracer     = (*tracer)(nil)
	_ pgxpool.AcquireTracer = (*tracer)(nil)
	_ pgxpool.ReleaseTracer = (*tracer)(nil)
)

// Unwrap returns the application's tracer; nil if it has none.
func (t *tracer) Unwrap() pgx.QueryTracer { return t.base.query }

// guard, deferred around this package's own work, keeps a panic in it away from the application: it records the fault and
// ends the watching.
func (t *tracer) guard() {
	if r := recover(); r != nil && t.off.CompareAndSwap(false, true) {
		fault.Report("a pgx database is no longer observed; its statements still run", r)
	}
}

// of returns what is kept of a connection; nil if it is not watched.
func (t *tracer) of(c *pgx.Conn) *conn {
	if t.off.Load() {
		return nil
	}
	watched, _ := c.PgConn().CustomData()[connKey].(*conn)
	return watched
}

func (t *tracer) TraceQueryStart(ctx context.Context, c *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	traced := ctx
	if t.base.query != nil {
		traced = t.base.query.TraceQueryStart(ctx, c, data)
	}
	defer t.guard()
	if watched := t.of(c); watched != nil {
		if scope := watched.begin(ctx, c); scope != nil {
			watched.query(scope, stack.Capture(1), callerOf(1), data)
		}
	}
	return traced
}

func (t *tracer) TraceQueryEnd(ctx context.Context, c *pgx.Conn, data pgx.TraceQueryEndData) {
	if t.base.query != nil {
		t.base.query.TraceQueryEnd(ctx, c, data)
	}
	defer t.guard()
	if watched := t.of(c); watched != nil {
		watched.queried(c, callerOf(1), data)
	}
}

func (t *tracer) TraceBatchStart(ctx context.Context, c *pgx.Conn, data pgx.TraceBatchStartData) context.Context {
	traced := ctx
	if t.base.batch != nil {
		traced = t.base.batch.TraceBatchStart(ctx, c, data)
	}
	defer t.guard()
	if watched := t.of(c); watched != nil {
		if scope := watched.begin(ctx, c); scope != nil {
			watched.batch(scope, stack.Capture(1), data.Batch)
		}
	}
	return traced
}

func (t *tracer) TraceBatchQuery(ctx context.Context, c *pgx.Conn, data pgx.TraceBatchQueryData) {
	if t.base.batch != nil {
		t.base.batch.TraceBatchQuery(ctx, c, data)
	}
	defer t.guard()
	if watched := t.of(c); watched != nil {
		watched.batchQueried(callerOf(1))
	}
}

func (t *tracer) TraceBatchEnd(ctx context.Context, c *pgx.Conn, data pgx.TraceBatchEndData) {
	if t.base.batch != nil {
		t.base.batch.TraceBatchEnd(ctx, c, data)
	}
	defer t.guard()
	if watched := t.of(c); watched != nil {
		watched.batched(c, data.Err)
	}
}

func (t *tracer) TraceCopyFromStart(ctx context.Context, c *pgx.Conn, data pgx.TraceCopyFromStartData) context.Context {
	traced := ctx
	if t.base.copyFrom != nil {
		traced = t.base.copyFrom.TraceCopyFromStart(ctx, c, data)
	}
	defer t.guard()
	if watched := t.of(c); watched != nil {
		if scope := watched.begin(ctx, c); scope != nil {
			watched.copyFrom(scope, stack.Capture(1), data)
		}
	}
	return traced
}

func (t *tracer) TraceCopyFromEnd(ctx context.Context, c *pgx.Conn, data pgx.TraceCopyFromEndData) {
	if t.base.copyFrom != nil {
		t.base.copyFrom.TraceCopyFromEnd(ctx, c, data)
	}
	defer t.guard()
	if watched := t.of(c); watched != nil {
		watched.copied(c, data.Err)
	}
}

func (t *tracer) TracePrepareStart(ctx context.Context, c *pgx.Conn, data pgx.TracePrepareStartData) context.Context {
	traced := ctx
	if t.base.prepare != nil {
		traced = t.base.prepare.TracePrepareStart(ctx, c, data)
	}
	defer t.guard()
	if watched := t.of(c); watched != nil {
		watched.prepare(data.SQL)
	}
	return traced
}

func (t *tracer) TracePrepareEnd(ctx context.Context, c *pgx.Conn, data pgx.TracePrepareEndData) {
	if t.base.prepare != nil {
		t.base.prepare.TracePrepareEnd(ctx, c, data)
	}
}

func (t *tracer) TraceConnectStart(ctx context.Context, data pgx.TraceConnectStartData) context.Context {
	if t.base.connect != nil {
		ctx = t.base.connect.TraceConnectStart(ctx, data)
	}
	return t.connecting(ctx, data.ConnConfig)
}

func (t *tracer) TraceConnectEnd(ctx context.Context, data pgx.TraceConnectEndData) {
	if t.base.connect != nil {
		t.base.connect.TraceConnectEnd(ctx, data)
	}
	defer t.guard()
	connected(ctx, data.Conn)
}

func (t *tracer) TraceAcquireStart(ctx context.Context, pool *pgxpool.Pool, data pgxpool.TraceAcquireStartData) context.Context {
	if t.base.acquire != nil {
		return t.base.acquire.TraceAcquireStart(ctx, pool, data)
	}
	return ctx
}

func (t *tracer) TraceAcquireEnd(ctx context.Context, pool *pgxpool.Pool, data pgxpool.TraceAcquireEndData) {
	if t.base.acquire != nil {
		t.base.acquire.TraceAcquireEnd(ctx, pool, data)
	}
}

func (t *tracer) TraceRelease(pool *pgxpool.Pool, data pgxpool.TraceReleaseData) {
	if t.base.release != nil {
		t.base.release.TraceRelease(pool, data)
	}
}

// tracers are the interfaces that the application's tracer has.
type tracers struct {
	query    pgx.QueryTracer
	batch    pgx.BatchTracer
	copyFrom pgx.CopyFromTracer
	prepare  pgx.PrepareTracer
	connect  pgx.ConnectTracer
	acquire  pgxpool.AcquireTracer
	release  pgxpool.ReleaseTracer
}

func splitTracer(base pgx.QueryTracer) tracers {
	t := tracers{query: base}
	t.batch, _ = base.(pgx.BatchTracer)
	t.copyFrom, _ = base.(pgx.CopyFromTracer)
	t.prepare, _ = base.(pgx.PrepareTracer)
	t.connect, _ = base.(pgx.ConnectTracer)
	t.acquire, _ = base.(pgxpool.AcquireTracer)
	t.release, _ = base.(pgxpool.ReleaseTracer)
	return t
}
