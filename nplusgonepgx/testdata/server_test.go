package pgxuses_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/nplusgonepgx"
	"github.com/nplusgone/nplusgone/nplusgonepgx/testdata/blog"
	_ "github.com/nplusgone/nplusgone/nplusgonetest" // reads the source
	"github.com/nplusgone/nplusgone/report"
)

// config returns the configuration of a new schema with the blog. The test fails without a server.
func config(t *testing.T) *pgxpool.Config {
	t.Helper()
	dsn := os.Getenv("NPLUSGONE_POSTGRESQL")
	if dsn == "" {
		dsn = "postgres://postgres@127.0.0.1:5432/postgres"
	}
	c, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("nplusgonepgx_%d_%d", os.Getpid(), schemas.Add(1))
	server := c.ConnConfig.Copy()
	admin(t, server, "CREATE SCHEMA "+name)
	t.Cleanup(func() { admin(t, server, "SET client_min_messages = error; DROP SCHEMA "+name+" CASCADE") })
	c.ConnConfig.RuntimeParams["search_path"] = name
	admin(t, c.ConnConfig, blog.Schema)
	return c
}

// schemas numbers the schemas of this process.
var schemas atomic.Int64

func admin(t *testing.T, c *pgx.ConnConfig, sql string) {
	t.Helper()
	conn, err := pgx.ConnectConfig(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(context.Background(), sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// connect returns a watched connection.
func connect(t *testing.T, c *pgxpool.Config, opts ...nplusgone.Option) *pgx.Conn {
	t.Helper()
	if err := nplusgonepgx.Watch(c.ConnConfig, opts...); err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.ConnectConfig(t.Context(), c.ConnConfig)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

// pool returns a watched pool.
func pool(t *testing.T, c *pgxpool.Config, opts ...nplusgone.Option) *pgxpool.Pool {
	t.Helper()
	if err := nplusgonepgx.WatchPool(c, opts...); err != nil {
		t.Fatal(err)
	}
	p, err := pgxpool.NewWithConfig(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

// in calls fn in a scope and returns the report.
func in(t *testing.T, fn func(ctx context.Context) error) *report.Document {
	t.Helper()
	w, err := nplusgone.New()
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := w.Begin(t.Context(), t.Name())
	err = fn(ctx)
	end()
	if err != nil {
		t.Fatal(err)
	}
	return w.Report()
}

// serious returns the findings that are likely or proven and no notes.
func serious(d *report.Document) (found []finding.Finding) {
	for _, f := range d.Findings {
		if f.Level >= finding.Likely && f.Note == "" {
			found = append(found, f)
		}
	}
	return found
}

// show logs a report.
func show(t *testing.T, d *report.Document) {
	t.Helper()
	var b strings.Builder
	if err := report.Write(&b, "text", d, report.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Log(b.String())
}
