package main

import (
	"context"
	"database/sql"
	sqldriver "database/sql/driver"
	"errors"
	"fmt"

	"github.com/XSAM/otelsql"
	"github.com/mattn/go-sqlite3"
	"github.com/ngrok/sqlmw"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/driver"
	"github.com/nplusgone/nplusgone/internal/record"
)

// A subject is a way to wrap a driver.
type subject struct {
	name    string
	wrap    func(sqldriver.Driver) sqldriver.Driver
	scoped  bool              // statements run in a scope
	options []detector.Option // of the scope's detector
}

// The subjects that have budgets.
const (
	watched = "nplusgone"
	blind   = "nplusgone-no-provenance"
)

// subjects are the ways to wrap a driver that are measured. The first one is what they are compared with.
var subjects = []subject{
	{name: "bare", wrap: func(d sqldriver.Driver) sqldriver.Driver { return d }},
	{name: "sqlmw", wrap: func(d sqldriver.Driver) sqldriver.Driver { return sqlmw.Driver(d, sqlmw.NullInterceptor{}) }},
	{name: watched, wrap: watch, scoped: true},
	{name: blind, wrap: watch, scoped: true, options: []detector.Option{detector.WithoutProvenance()}},
	{name: "nplusgone-unscoped", wrap: watch},
	{name: "otelsql", wrap: func(d sqldriver.Driver) sqldriver.Driver { return otelsql.WrapDriver(d) }},
}

func watch(d sqldriver.Driver) sqldriver.Driver { return driver.Wrap(d, record.Observer{}) }

func subjectNamed(name string) subject {
	for _, s := range subjects {
		if s.name == name {
			return s
		}
	}
	panic("bench: no subject " + name)
}

// A base is a driver that subjects wrap.
type base struct {
	name   string
	driver sqldriver.Driver
	dsn    string
}

var bases = []base{
	{"noop", noop{}, ""},
	{"sqlite", &sqlite3.SQLiteDriver{}, ":memory:"},
}

func driverNames() (names []string) {
	for _, b := range bases {
		names = append(names, b.name)
	}
	return names
}

// A connector makes connections of a driver that is not registered: the process keeps a registered name forever.
type connector struct {
	driver sqldriver.Driver
	dsn    string
}

func (c connector) Connect(context.Context) (sqldriver.Conn, error) { return c.driver.Open(c.dsn) }

func (c connector) Driver() sqldriver.Driver { return c.driver }

// The statements of a client. The no-op driver ignores them; nplusgone reads them like any other.
const (
	schema = `CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT, note TEXT, score INTEGER);
		WITH RECURSIVE n(id) AS (SELECT 1000 UNION ALL SELECT id + 1 FROM n WHERE id < 1999)
		INSERT INTO items SELECT id, 'item ' || id, 'a description of item ' || id, id * 7919 FROM n`
	selectAll = `SELECT id, name, note, score FROM items ORDER BY id`
	selectOne = `SELECT id, name, note, score FROM items WHERE id = ?`
	update    = `UPDATE items SET score = score + 1 WHERE id = ?`
)

// A client is an application with one subject on one driver.
type client struct {
	subject  subject
	db       *sql.DB
	one      *sql.Stmt // selectOne, prepared
	detector *detector.Detector

	// item is what rows are scanned into. It is reused, so that a row of the bare driver allocates nothing.
	item struct {
		id, score  int64
		name, note string
	}
}

func newClient(b base, s subject) (c *client, err error) {
	c = &client{subject: s}
	if c.detector, err = detector.New(s.options...); err != nil {
		return nil, err
	}
	c.db = sql.OpenDB(connector{s.wrap(b.driver), b.dsn})
	c.db.SetMaxOpenConns(1) // each connection to :memory: has a database of its own
	if _, err = c.db.Exec(schema); err == nil {
		c.one, err = c.db.Prepare(selectOne)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("setting up %s: %w", s.name, err), c.db.Close())
	}
	return c, nil
}

func (c *client) close() error { return errors.Join(c.one.Close(), c.db.Close()) }

// begin returns the context that the subject's statements run with, and the function that ends its scope.
func (c *client) begin() (ctx context.Context, end func()) {
	ctx = context.Background()
	if !c.subject.scoped {
		return ctx, func() {}
	}
	ctx, scope := c.detector.Begin(ctx, "GET /items")
	return ctx, func() { scope.End(ctx) }
}

// scan reads rows to their end.
func (c *client) scan(rows *sql.Rows, err error) error {
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(&c.item.id, &c.item.name, &c.item.note, &c.item.score); err != nil {
			return err
		}
	}
	return rows.Err()
}
