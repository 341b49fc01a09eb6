package driver_test

import (
	"context"

	"github.com/nplusgone/nplusgone/driver/internal/fakebase"
)

// cancellations are contexts that end before, during and after a call.
var cancellations = []step{
	{"a context that has ended", func(p *application) {
		ctx, cancel := context.WithCancel(p.ctx)
		cancel()
		q := &application{base: p.base, db: p.db, ctx: ctx}
		q.exec(p.db, plain)
		q.query(p.db, selectAll)
		_, err := p.db.PrepareContext(ctx, plain)
		q.logError("prepare", err)
		_, err = p.db.BeginTx(ctx, nil)
		q.logError("begin", err)
		q.logError("ping", p.db.PingContext(ctx))
		p.lines = append(p.lines, q.lines...)
	}},
	{"a context that ends on the way to the statement", func(p *application) {
		busy, err := p.db.Conn(p.ctx) // each of the following has to make a connection
		p.logError("conn", err)
		onTheWay := func() context.Context {
			ctx, cancel := context.WithCancel(p.ctx)
			p.base.Arm(fakebase.Connect, fakebase.Outcome{Do: cancel})
			p.db.SetMaxIdleConns(-1)
			return ctx
		}
		p.result(p.db.ExecContext(onTheWay(), plain))
		rows, err := p.db.QueryContext(onTheWay(), selectAll)
		p.settle(1)
		p.read(rows, err)
		stmt, err := p.db.PrepareContext(p.ctx, plain)
		p.logError("prepare", err)
		p.result(stmt.ExecContext(onTheWay()))
		p.logError("close", stmt.Close())
		p.db.SetMaxIdleConns(2)
		p.logError("conn", busy.Close())
	}},
	{"a context that ends while a statement runs", func(p *application) {
		ctx, cancel := context.WithCancel(p.ctx)
		p.base.Arm(fakebase.Exec, fakebase.Outcome{Do: cancel})
		p.result(p.db.ExecContext(ctx, plain))
		ctx, cancel = context.WithCancel(p.ctx)
		p.base.Arm(fakebase.Exec, fakebase.Outcome{Do: cancel, Err: context.Canceled})
		p.result(p.db.ExecContext(ctx, plain))
	}},
	{"a context that ends while a query runs", func(p *application) {
		ctx, cancel := context.WithCancel(p.ctx)
		p.base.Arm(fakebase.Query, fakebase.Outcome{Do: cancel})
		rows, err := p.db.QueryContext(ctx, selectAll)
		p.settle(0)
		p.read(rows, err)
	}},
	{"a context that ends while a statement is prepared", func(p *application) {
		ctx, cancel := context.WithCancel(p.ctx)
		p.base.Arm(fakebase.Prepare, fakebase.Outcome{Do: cancel})
		stmt, err := p.db.PrepareContext(ctx, plain)
		p.logError("prepare", err)
		if err == nil {
			p.result(stmt.ExecContext(p.ctx))
			p.logError("close", stmt.Close())
		}
		ctx, cancel = context.WithCancel(p.ctx)
		p.base.Arm(fakebase.Prepare, fakebase.Outcome{Do: cancel})
		p.result(p.db.ExecContext(ctx, plain)) // prepares where there is no other way
		cancel()
	}},
	{"a context that ends while a transaction begins", func(p *application) {
		ctx, cancel := context.WithCancel(p.ctx)
		p.base.Arm(fakebase.Begin, fakebase.Outcome{Do: cancel})
		tx, err := p.db.BeginTx(ctx, nil)
		p.settle(0)
		p.logError("begin", err)
		if err == nil {
			p.logError("commit", tx.Commit())
		}
	}},
	{"a context that ends while rows are read", func(p *application) {
		ctx, cancel := context.WithCancel(p.ctx)
		rows, err := p.db.QueryContext(ctx, selectAll)
		p.logError("query", err)
		p.logf("next %v", rows.Next())
		cancel()
		p.settle(0)
		p.logf("next %v", rows.Next())
		p.logError("rows", rows.Err())
		p.logError("close", rows.Close())
	}},
	{"a context that ends before its transaction does", func(p *application) {
		ctx, cancel := context.WithCancel(p.ctx)
		tx, err := p.db.BeginTx(ctx, nil)
		p.logError("begin", err)
		p.exec(tx, plain)
		cancel()
		p.settle(0)
		p.exec(tx, plain)
		p.logError("commit", tx.Commit())
		p.exec(p.db, plain) // on the same connection, or on another where this one was dropped
	}},
	{"a context that ends afterwards", func(p *application) {
		ctx, cancel := context.WithCancel(p.ctx)
		p.read(p.db.QueryContext(ctx, selectAll))
		p.result(p.db.ExecContext(ctx, plain))
		cancel()
		p.exec(p.db, plain)
	}},
}

// panics are the base's own: they reach the application as they are.
var panics = []step{
	{"a panic in exec", func(p *application) {
		p.throw(fakebase.Exec)
		p.exec(p.db, plain)
	}},
	{"a panic in query", func(p *application) {
		p.throw(fakebase.Query)
		p.query(p.db, selectAll)
	}},
	{"a panic in prepare", func(p *application) {
		p.throw(fakebase.Prepare)
		_, err := p.db.PrepareContext(p.ctx, plain)
		p.logError("prepare", err)
	}},
	{"a panic in begin", func(p *application) {
		p.throw(fakebase.Begin)
		_, err := p.db.BeginTx(p.ctx, nil)
		p.logError("begin", err)
	}},
	{"a panic in commit", func(p *application) {
		p.throw(fakebase.Commit)
		tx, err := p.db.BeginTx(p.ctx, nil)
		p.logError("begin", err)
		p.logError("commit", tx.Commit())
	}},
	{"a panic in a row", func(p *application) {
		p.base.Arm(fakebase.Next, fakebase.Outcome{})
		p.throw(fakebase.Next)
		p.query(p.db, selectAll)
	}},
	{"a panic in a set", func(p *application) {
		p.throw(fakebase.NextSet)
		p.query(p.db, selectAll)
	}},
	{"a panic in closing a result", func(p *application) {
		p.throw(fakebase.CloseRows)
		p.query(p.db, selectAll)
	}},
	{"a panic in ping", func(p *application) {
		p.throw(fakebase.Ping)
		p.logError("ping", p.db.PingContext(p.ctx))
	}},
	{"a statement after all of that", func(p *application) {
		p.exec(p.db, update, "x")
		p.query(p.db, selectAll)
	}},
}

func (p *application) throw(op fakebase.Op) { p.base.Arm(op, fakebase.Outcome{Panic: fakebase.Thrown}) }
