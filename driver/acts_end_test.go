package driver_test

import (
	"context"

	"github.com/nplusgone/nplusgone/driver/internal/fakebase"
)

// cancellations are contexts that end before, during and after a call.
var cancellations = []act{
	{"a context that has ended", func(p *play) {
		ctx, cancel := context.WithCancel(p.ctx)
		cancel()
		q := &play{base: p.base, db: p.db, ctx: ctx}
		q.exec(p.db, plain)
		q.query(p.db, selectAll)
		_, err := p.db.PrepareContext(ctx, plain)
		q.hear("prepare", err)
		_, err = p.db.BeginTx(ctx, nil)
		q.hear("begin", err)
		q.hear("ping", p.db.PingContext(ctx))
		p.said = append(p.said, q.said...)
	}},
	{"a context that ends on the way to the statement", func(p *play) {
		busy, err := p.db.Conn(p.ctx) // each of the following has to make a connection
		p.hear("conn", err)
		onTheWay := func() context.Context {
			ctx, cancel := context.WithCancel(p.ctx)
			p.base.Arm(fakebase.Connect, fakebase.Answer{Do: cancel})
			p.db.SetMaxIdleConns(-1)
			return ctx
		}
		p.result(p.db.ExecContext(onTheWay(), plain))
		rows, err := p.db.QueryContext(onTheWay(), selectAll)
		p.settle(1)
		p.read(rows, err)
		stmt, err := p.db.PrepareContext(p.ctx, plain)
		p.hear("prepare", err)
		p.result(stmt.ExecContext(onTheWay()))
		p.hear("close", stmt.Close())
		p.db.SetMaxIdleConns(2)
		p.hear("conn", busy.Close())
	}},
	{"a context that ends while a statement runs", func(p *play) {
		ctx, cancel := context.WithCancel(p.ctx)
		p.base.Arm(fakebase.Exec, fakebase.Answer{Do: cancel})
		p.result(p.db.ExecContext(ctx, plain))
		ctx, cancel = context.WithCancel(p.ctx)
		p.base.Arm(fakebase.Exec, fakebase.Answer{Do: cancel, Err: context.Canceled})
		p.result(p.db.ExecContext(ctx, plain))
	}},
	{"a context that ends while a query runs", func(p *play) {
		ctx, cancel := context.WithCancel(p.ctx)
		p.base.Arm(fakebase.Query, fakebase.Answer{Do: cancel})
		rows, err := p.db.QueryContext(ctx, selectAll)
		p.settle(0)
		p.read(rows, err)
	}},
	{"a context that ends while a statement is prepared", func(p *play) {
		ctx, cancel := context.WithCancel(p.ctx)
		p.base.Arm(fakebase.Prepare, fakebase.Answer{Do: cancel})
		stmt, err := p.db.PrepareContext(ctx, plain)
		p.hear("prepare", err)
		if err == nil {
			p.result(stmt.ExecContext(p.ctx))
			p.hear("close", stmt.Close())
		}
		ctx, cancel = context.WithCancel(p.ctx)
		p.base.Arm(fakebase.Prepare, fakebase.Answer{Do: cancel})
		p.result(p.db.ExecContext(ctx, plain)) // prepares where there is no other way
		cancel()
	}},
	{"a context that ends while a transaction begins", func(p *play) {
		ctx, cancel := context.WithCancel(p.ctx)
		p.base.Arm(fakebase.Begin, fakebase.Answer{Do: cancel})
		tx, err := p.db.BeginTx(ctx, nil)
		p.settle(0)
		p.hear("begin", err)
		if err == nil {
			p.hear("commit", tx.Commit())
		}
	}},
	{"a context that ends while rows are read", func(p *play) {
		ctx, cancel := context.WithCancel(p.ctx)
		rows, err := p.db.QueryContext(ctx, selectAll)
		p.hear("query", err)
		p.say("next %v", rows.Next())
		cancel()
		p.settle(0)
		p.say("next %v", rows.Next())
		p.hear("rows", rows.Err())
		p.hear("close", rows.Close())
	}},
	{"a context that ends before its transaction does", func(p *play) {
		ctx, cancel := context.WithCancel(p.ctx)
		tx, err := p.db.BeginTx(ctx, nil)
		p.hear("begin", err)
		p.exec(tx, plain)
		cancel()
		p.settle(0)
		p.exec(tx, plain)
		p.hear("commit", tx.Commit())
		p.exec(p.db, plain) // on the same connection, or on another where this one was dropped
	}},
	{"a context that ends afterwards", func(p *play) {
		ctx, cancel := context.WithCancel(p.ctx)
		p.read(p.db.QueryContext(ctx, selectAll))
		p.result(p.db.ExecContext(ctx, plain))
		cancel()
		p.exec(p.db, plain)
	}},
}

// panics are the base's own: they reach the application as they are.
var panics = []act{
	{"a panic in exec", func(p *play) {
		p.throw(fakebase.Exec)
		p.exec(p.db, plain)
	}},
	{"a panic in query", func(p *play) {
		p.throw(fakebase.Query)
		p.query(p.db, selectAll)
	}},
	{"a panic in prepare", func(p *play) {
		p.throw(fakebase.Prepare)
		_, err := p.db.PrepareContext(p.ctx, plain)
		p.hear("prepare", err)
	}},
	{"a panic in begin", func(p *play) {
		p.throw(fakebase.Begin)
		_, err := p.db.BeginTx(p.ctx, nil)
		p.hear("begin", err)
	}},
	{"a panic in commit", func(p *play) {
		p.throw(fakebase.Commit)
		tx, err := p.db.BeginTx(p.ctx, nil)
		p.hear("begin", err)
		p.hear("commit", tx.Commit())
	}},
	{"a panic in a row", func(p *play) {
		p.base.Arm(fakebase.Next, fakebase.Answer{})
		p.throw(fakebase.Next)
		p.query(p.db, selectAll)
	}},
	{"a panic in a set", func(p *play) {
		p.throw(fakebase.NextSet)
		p.query(p.db, selectAll)
	}},
	{"a panic in closing a result", func(p *play) {
		p.throw(fakebase.CloseRows)
		p.query(p.db, selectAll)
	}},
	{"a panic in ping", func(p *play) {
		p.throw(fakebase.Ping)
		p.hear("ping", p.db.PingContext(p.ctx))
	}},
	{"a statement after all of that", func(p *play) {
		p.exec(p.db, update, "x")
		p.query(p.db, selectAll)
	}},
}

func (p *play) throw(op fakebase.Op) { p.base.Arm(op, fakebase.Answer{Panic: fakebase.Thrown}) }
