package pgxuses_test

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/nplusgonepgx"
	"github.com/nplusgone/nplusgone/nplusgonepgx/testdata/blog"
)

// A full tracer has all interfaces, and writes down its calls.
type full struct{ calls []string }

type key struct{}

func (f *full) start(ctx context.Context, format string, args ...any) context.Context {
	name := fmt.Sprintf(format, args...)
	f.calls = append(f.calls, "start "+name)
	return context.WithValue(ctx, key{}, name)
}

func (f *full) end(ctx context.Context, err error) {
	f.calls = append(f.calls, fmt.Sprintf("end %v: %v", ctx.Value(key{}), err))
}

func (f *full) TraceQueryStart(ctx context.Context, _ *pgx.Conn, d pgx.TraceQueryStartData) context.Context {
	return f.start(ctx, "query %s %v", d.SQL, d.Args)
}
func (f *full) TraceQueryEnd(ctx context.Context, _ *pgx.Conn, d pgx.TraceQueryEndData) {
	f.end(ctx, d.Err)
}
func (f *full) TraceBatchStart(ctx context.Context, _ *pgx.Conn, d pgx.TraceBatchStartData) context.Context {
	return f.start(ctx, "batch of %d", d.Batch.Len())
}
func (f *full) TraceBatchQuery(ctx context.Context, _ *pgx.Conn, d pgx.TraceBatchQueryData) {
	f.calls = append(f.calls, fmt.Sprintf("%v: %s %v %s %v", ctx.Value(key{}), d.SQL, d.Args, d.CommandTag, d.Err))
}
func (f *full) TraceBatchEnd(ctx context.Context, _ *pgx.Conn, d pgx.TraceBatchEndData) {
	f.end(ctx, d.Err)
}
func (f *full) TraceCopyFromStart(ctx context.Context, _ *pgx.Conn, d pgx.TraceCopyFromStartData) context.Context {
	return f.start(ctx, "copy %v %v", d.TableName, d.ColumnNames)
}
func (f *full) TraceCopyFromEnd(ctx context.Context, _ *pgx.Conn, d pgx.TraceCopyFromEndData) {
	f.end(ctx, d.Err)
}
func (f *full) TracePrepareStart(ctx context.Context, _ *pgx.Conn, d pgx.TracePrepareStartData) context.Context {
	return f.start(ctx, "prepare %s", d.SQL)
}
func (f *full) TracePrepareEnd(ctx context.Context, _ *pgx.Conn, d pgx.TracePrepareEndData) {
	f.end(ctx, d.Err)
}
func (f *full) TraceConnectStart(ctx context.Context, _ pgx.TraceConnectStartData) context.Context {
	return f.start(ctx, "connect")
}
func (f *full) TraceConnectEnd(ctx context.Context, d pgx.TraceConnectEndData) { f.end(ctx, d.Err) }
func (f *full) TraceAcquireStart(ctx context.Context, _ *pgxpool.Pool, _ pgxpool.TraceAcquireStartData) context.Context {
	return f.start(ctx, "acquire")
}
func (f *full) TraceAcquireEnd(ctx context.Context, _ *pgxpool.Pool, d pgxpool.TraceAcquireEndData) {
	f.end(ctx, d.Err)
}
func (f *full) TraceRelease(*pgxpool.Pool, pgxpool.TraceReleaseData) {
	f.calls = append(f.calls, "release")
}

// Proves that a tracer which the configuration has gets the same calls, in the same order and with its own contexts, as
// without nplusgone; also when the configuration is watched twice.
func TestTheApplicationsTracerIsCalledAsBefore(t *testing.T) {
	c := config(t)
	run := func(watched int) []string {
		f := new(full)
		c := c.Copy()
		c.ConnConfig.Tracer = f
		c.MinConns, c.MaxConns = 0, 1
		for range watched {
			if err := nplusgonepgx.WatchPool(c); err != nil {
				t.Fatal(err)
			}
		}
		p, err := pgxpool.NewWithConfig(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		defer p.Close()
		in(t, func(ctx context.Context) error {
			for _, u := range uses {
				if !strings.Contains(u.name, "prepared") && u.name != "CopyFrom" && u.name != "inserts in one batch" {
					if err := u.run(ctx, p); err != nil {
						t.Fatal(err)
					}
				}
			}
			p.CopyFrom(ctx, pgx.Identifier{"no"}, []string{"a"}, pgx.CopyFromRows(nil))
			p.CopyFrom(ctx, pgx.Identifier{"posts"}, []string{"id"}, pgx.CopyFromRows([][]any{{"x"}}))
			p.Exec(ctx, "SELECT 1 / $1::int", 0)
			rows, _ := p.Query(ctx, "SELECT * FROM no")
			rows.Close()
			p.SendBatch(ctx, &pgx.Batch{QueuedQueries: []*pgx.QueuedQuery{{SQL: "SELECT 1"}, {SQL: "SELECT no"}, {SQL: "SELECT 2"}}}).Close()
			return pgx.BeginFunc(ctx, p, func(tx pgx.Tx) error { _, err := tx.Exec(ctx, "SELECT 1"); return err })
		})
		return f.calls
	}
	bare := run(0)
	for watched := 1; watched < 3; watched++ {
		if diff := cmp.Diff(bare, run(watched)); diff != "" {
			t.Errorf("watched %d times (-bare +watched):\n%s", watched, diff)
		}
	}
	if len(bare) < 100 {
		t.Errorf("only %d calls", len(bare))
	}
}

// Proves that a tracer with one interface only may be there, too.
func TestASmallTracer(t *testing.T) {
	c, calls := config(t), 0
	c.ConnConfig.Tracer = small{&calls}
	conn := connect(t, c)
	in(t, func(ctx context.Context) error { return blog.Chunks(ctx, conn) })
	if calls != 1 {
		t.Errorf("%d calls, want 1", calls)
	}
}

type small struct{ calls *int }

func (s small) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	return ctx
}
func (s small) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) { *s.calls++ }

// Proves that the connection to the server is that of pgx, and that a copy of a connection's configuration makes a watched
// connection whose statements are recorded once.
func TestConnectionsAreThoseOfPgx(t *testing.T) {
	c := config(t)
	bare, err := pgx.ConnectConfig(t.Context(), c.ConnConfig)
	if err != nil {
		t.Fatal(err)
	}
	defer bare.Close(context.Background())
	conn := connect(t, c)
	if got, want := reflect.TypeOf(conn.PgConn().Conn()), reflect.TypeOf(bare.PgConn().Conn()); got != want {
		t.Errorf("the connection is a %s, want %s", got, want)
	}
	again, err := pgx.ConnectConfig(t.Context(), conn.Config())
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close(context.Background())
	third, err := pgx.ConnectConfig(t.Context(), again.Config())
	if err != nil {
		t.Fatal(err)
	}
	defer third.Close(context.Background())
	for _, conn := range []*pgx.Conn{third, again, conn} {
		u := use{"", without(blog.AuthorsOneByOne), "n-plus-one", "author_id"}
		u.check(t, conn)
	}
}

// Proves that options which are not for this package, and a configuration that is missing, are errors.
func TestInvalidUse(t *testing.T) {
	c := config(t)
	for _, tc := range []struct {
		err  error
		want string
	}{
		{nplusgonepgx.Watch(nil), "nplusgonepgx: Watch: the config is nil"},
		{nplusgonepgx.WatchPool(nil), "nplusgonepgx: WatchPool: the config is nil"},
		{nplusgonepgx.WatchPool(c, nplusgone.WithThreshold(4)), "nplusgonepgx: WithThreshold is not an option of WatchPool: pass it to New, Middleware, nplusgonetest.Test, nplusgonetest.Open, nplusgonetest.OpenDB or nplusgonetest.Grow"},
		{nplusgonepgx.WatchPool(c, nplusgonepgx.WithScope(context.Background())), "nplusgonepgx: WithScope: the context has no scope, or it has ended"},
	} {
		if tc.err == nil || tc.err.Error() != tc.want {
			t.Errorf("%v, want %s", tc.err, tc.want)
		}
	}
	if c.ConnConfig.Tracer != nil {
		t.Error("the configuration was changed")
	}
}
