package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/nplusgone/nplusgone/detector"
)

// The statements that clients run. On the no-op driver they say nothing, but are read as any are.
const (
	schema = `CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT, note TEXT, score INTEGER);
		WITH RECURSIVE n(id) AS (SELECT 1000 UNION ALL SELECT id + 1 FROM n WHERE id < 1999)
		INSERT INTO items SELECT id, 'item ' || id, 'what there is to know of item ' || id, id * 7919 FROM n`
	selectAll = `SELECT id, name, note, score FROM items ORDER BY id`
	selectOne = `SELECT id, name, note, score FROM items WHERE id = ?`
	update    = `UPDATE items SET score = score + 1 WHERE id = ?`
)

// A client is an application: one subject on one driver.
type client struct {
	subject  subject
	db       *sql.DB
	one      *sql.Stmt // selectOne, prepared
	detector *detector.Detector

	// Where rows are scanned to. It is kept, so that the bare driver's row allocates nothing.
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
