package driver_test

import (
	"context"
	"database/sql"
	sqldriver "database/sql/driver"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/nplusgone/nplusgone/driver/internal/fakebase"
)

// Statements of the script. The base takes as many arguments as there are question marks.
const (
	update    = "UPDATE posts SET title = ?"
	plain     = "UPDATE posts SET live = true"
	variadic  = "CALL touch(VARIADIC)"
	selectAll = "SELECT * FROM posts"
	selectOne = "SELECT * FROM posts WHERE id = ?"
)

// someNumber is pointed at by arguments: its address is the same in each run.
var someNumber int

// script is all steps, in order. Panics are the last ones, because database/sql loses connections to them.
var script = slices.Concat(arguments, results, prepared, transactions, connections, cancellations, panics)

var arguments = []step{
	{"a statement", func(p *application) { p.exec(p.db, plain) }},
	{"the values of every driver", func(p *application) {
		for _, v := range []any{
			nil, 1, int8(2), uint16(3), int64(4), float32(5), 6.5, true, "text", []byte("bytes"), time.Unix(0, 0).UTC(),
			&someNumber, (*string)(nil), time.Second, uint64(1) << 63,
		} {
			p.exec(p.db, update, v)
		}
	}},
	{"values that know their own value", func(p *application) {
		p.exec(p.db, update, sql.NullString{})
		p.exec(p.db, update, (*valuer)(nil))
		p.exec(p.db, update, valuer{"a value", nil})
		p.exec(p.db, update, valuer{"", fakebase.Typed})
	}},
	{"values of the driver's own types", func(p *application) {
		for _, args := range [][]any{{fakebase.Celsius{Degrees: 20}}, {fakebase.Hint{}, "x"}, {fakebase.Refused{}}, {struct{}{}}} {
			p.exec(p.db, update, args...)
			p.query(p.db, selectOne, args...)
			p.exec(p.db, variadic, args...)
		}
	}},
	{"named and outgoing arguments", func(p *application) {
		p.exec(p.db, update, sql.Named("title", "x"))
		p.query(p.db, selectOne, sql.Named("id", 1))
		p.exec(p.db, update, sql.Named("1", "x"))
		p.exec(p.db, update, sql.Out{Dest: &someNumber})
	}},
	{"too few and too many arguments", func(p *application) {
		p.exec(p.db, update)
		p.exec(p.db, update, 1, 2)
		p.query(p.db, selectOne)
	}},
	{"a deadline", func(p *application) {
		ctx, cancel := context.WithTimeout(p.ctx, time.Hour)
		defer cancel()
		p.result(p.db.ExecContext(ctx, plain))
	}},
}

// A valuer is a driver.Valuer.
type valuer struct {
	value string
	err   error
}

func (v valuer) Value() (sqldriver.Value, error) { return v.value, v.err }

var results = []step{
	{"a result with all its sets", func(p *application) { p.query(p.db, selectAll) }},
	{"a result with arguments", func(p *application) { p.query(p.db, selectOne, 1) }},
	{"an empty result", func(p *application) {
		p.base.Arm(fakebase.Next, fakebase.Outcome{Err: io.EOF})
		p.query(p.db, selectAll)
	}},
	{"a result that is left early", func(p *application) {
		rows, err := p.db.QueryContext(p.ctx, selectAll)
		p.logError("query", err)
		p.logf("next %v", rows.Next())
		p.logError("close", rows.Close())
		p.logf("next %v, next set %v", rows.Next(), rows.NextResultSet())
		p.logError("rows", rows.Err())
	}},
	{"a set that is skipped", func(p *application) {
		rows, err := p.db.QueryContext(p.ctx, selectAll)
		p.logError("query", err)
		p.logf("next set %v", rows.NextResultSet())
		p.logError("scan", rows.Scan())
		p.read(rows, rows.Err())
	}},
	{"a row that fails", func(p *application) {
		p.base.Arm(fakebase.Next, fakebase.Outcome{}, fakebase.Outcome{Err: fakebase.Typed})
		p.query(p.db, selectAll)
	}},
	{"a set that fails", func(p *application) {
		p.base.Arm(fakebase.NextSet, fakebase.Outcome{Err: fakebase.Err})
		p.query(p.db, selectAll)
	}},
	{"a result that cannot be closed", func(p *application) {
		p.base.Arm(fakebase.CloseRows, fakebase.Outcome{Err: fakebase.Err})
		p.query(p.db, selectAll)
	}},
	{"one row", func(p *application) {
		var id, title, rest any
		p.logError("scan", p.db.QueryRowContext(p.ctx, selectAll).Scan(&id, &title, &rest, &rest, &rest, &rest, &rest))
		p.logf("%v %v", id, title)
		p.base.Arm(fakebase.Next, fakebase.Outcome{Err: io.EOF})
		p.logError("no row", p.db.QueryRowContext(p.ctx, selectAll).Scan(&id))
		p.base.Arm(fakebase.Query, fakebase.Outcome{Err: fakebase.Err})
		p.logError("error", p.db.QueryRowContext(p.ctx, selectAll).Scan(&id))
		p.logError("too few", p.db.QueryRowContext(p.ctx, selectAll).Scan(&id))
		var number int
		p.logError("wrong type", p.db.QueryRowContext(p.ctx, selectAll).Scan(&id, &number, &rest, &rest, &rest, &rest, &rest))
	}},
	{"bytes that are lent", func(p *application) {
		rows, err := p.db.QueryContext(p.ctx, selectAll)
		p.logError("query", err)
		defer rows.Close()
		raw := make([]sql.RawBytes, 7)
		for rows.Next() {
			p.logError("scan", rows.Scan(&raw[0], &raw[1], &raw[2], &raw[3], &raw[4], &raw[5], &raw[6]))
			p.logf("%q", raw)
		}
	}},
	{"statements that fail", func(p *application) {
		for _, err := range []error{fakebase.Err, fakebase.Typed, fmt.Errorf("while testing: %w", fakebase.Typed), io.EOF} {
			p.base.Arm(fakebase.Exec, fakebase.Outcome{Err: err})
			p.exec(p.db, plain)
			p.base.Arm(fakebase.Query, fakebase.Outcome{Err: err})
			p.query(p.db, selectAll)
		}
	}},
	{"results that fail", func(p *application) {
		p.base.Arm(fakebase.LastInsertID, fakebase.Outcome{Err: fakebase.Err})
		p.base.Arm(fakebase.RowsAffected, fakebase.Outcome{Err: fakebase.Typed})
		p.exec(p.db, plain)
	}},
}

var prepared = []step{
	{"a prepared statement", func(p *application) {
		stmt, err := p.db.PrepareContext(p.ctx, selectOne)
		p.logError("prepare", err)
		for id := range 2 {
			p.result(stmt.ExecContext(p.ctx, id))
			p.read(stmt.QueryContext(p.ctx, id))
		}
		p.logError("close", stmt.Close())
		p.result(stmt.ExecContext(p.ctx, 1))
	}},
	{"a prepared statement and its arguments", func(p *application) {
		stmt, err := p.db.PrepareContext(p.ctx, update)
		p.logError("prepare", err)
		defer stmt.Close()
		for _, args := range [][]any{
			{}, {1, 2}, {sql.Named("title", "x")}, {fakebase.Celsius{Degrees: 20}}, {fakebase.Hint{}, "x"}, {fakebase.Refused{}},
			{struct{}{}}, {valuer{"a value", nil}}, {valuer{"", fakebase.Err}}, {nil},
		} {
			p.result(stmt.ExecContext(p.ctx, args...))
			p.read(stmt.QueryContext(p.ctx, args...))
		}
	}},
	{"a statement that cannot be prepared", func(p *application) {
		for _, err := range []error{fakebase.Typed, sqldriver.ErrBadConn} {
			p.base.Arm(fakebase.Prepare, fakebase.Outcome{Err: err})
			stmt, err := p.db.PrepareContext(p.ctx, update)
			p.logError("prepare", err)
			if err == nil {
				p.logError("close", stmt.Close())
			}
		}
	}},
	{"a prepared statement that fails", func(p *application) {
		stmt, err := p.db.PrepareContext(p.ctx, plain)
		p.logError("prepare", err)
		for _, err := range []error{fakebase.Err, sqldriver.ErrSkip, sqldriver.ErrBadConn} {
			p.base.Arm(fakebase.Exec, fakebase.Outcome{Err: err})
			p.result(stmt.ExecContext(p.ctx))
			p.base.Arm(fakebase.Query, fakebase.Outcome{Err: err})
			p.read(stmt.QueryContext(p.ctx))
		}
		p.base.Arm(fakebase.CloseStmt, fakebase.Outcome{Err: fakebase.Err})
		p.logError("close", stmt.Close())
	}},
	{"a prepared statement whose connection is lost", func(p *application) {
		stmt, err := p.db.PrepareContext(p.ctx, plain)
		p.logError("prepare", err)
		defer stmt.Close()
		p.base.Arm(fakebase.Valid, fakebase.Outcome{Err: fakebase.Err})
		p.result(stmt.ExecContext(p.ctx))
		p.result(stmt.ExecContext(p.ctx))
	}},
}

var transactions = []step{
	{"transactions of every kind", func(p *application) {
		for _, opts := range []*sql.TxOptions{
			nil, {}, {Isolation: sql.LevelSerializable}, {ReadOnly: true}, {Isolation: sql.LevelSnapshot, ReadOnly: true},
		} {
			tx, err := p.db.BeginTx(p.ctx, opts)
			p.logError("begin", err)
			if err != nil {
				continue
			}
			p.exec(tx, plain)
			p.query(tx, selectAll)
			p.logError("commit", tx.Commit())
			p.logError("rollback", tx.Rollback())
			p.exec(tx, plain)
		}
	}},
	{"a transaction without a context", func(p *application) {
		tx, err := p.db.Begin()
		p.logError("begin", err)
		p.exec(tx, plain)
		p.logError("rollback", tx.Rollback())
	}},
	{"prepared statements in a transaction", func(p *application) {
		stmt, err := p.db.PrepareContext(p.ctx, update)
		p.logError("prepare", err)
		defer stmt.Close()
		tx, err := p.db.BeginTx(p.ctx, nil)
		p.logError("begin", err)
		p.result(tx.StmtContext(p.ctx, stmt).ExecContext(p.ctx, "x"))
		own, err := tx.PrepareContext(p.ctx, selectOne)
		p.logError("prepare", err)
		p.read(own.QueryContext(p.ctx, 1))
		p.logError("rollback", tx.Rollback())
	}},
	{"transactions that fail", func(p *application) {
		for _, err := range []error{fakebase.Err, sqldriver.ErrBadConn} {
			for _, op := range []fakebase.Op{fakebase.Begin, fakebase.Exec, fakebase.Commit, fakebase.Rollback} {
				p.base.Arm(op, fakebase.Outcome{Err: err})
				tx, err := p.db.BeginTx(p.ctx, nil)
				p.logError("begin", err)
				if err != nil {
					continue
				}
				p.exec(tx, plain)
				if op == fakebase.Commit {
					p.logError("commit", tx.Commit())
				}
				p.logError("rollback", tx.Rollback())
			}
		}
	}},
	{"a transaction in plain text", func(p *application) {
		conn, err := p.db.Conn(p.ctx)
		p.logError("conn", err)
		for _, text := range []string{"BEGIN", plain, "COMMIT", "BEGIN", "ROLLBACK", "BEGIN"} {
			p.exec(conn, text)
		}
		p.logError("close", conn.Close())
		p.exec(p.db, plain)
	}},
}

var errLocal = errors.New("an error of the application's own")

var connections = []step{
	{"a ping", func(p *application) {
		p.logError("ping", p.db.PingContext(p.ctx))
		for _, err := range []error{fakebase.Typed, sqldriver.ErrBadConn} {
			p.base.Arm(fakebase.Ping, fakebase.Outcome{Err: err})
			p.logError("ping", p.db.PingContext(p.ctx))
		}
	}},
	{"a pinned connection", func(p *application) {
		conn, err := p.db.Conn(p.ctx)
		p.logError("conn", err)
		p.exec(conn, update, "x")
		p.query(conn, selectAll)
		p.logError("ping", conn.PingContext(p.ctx))
		tx, err := conn.BeginTx(p.ctx, &sql.TxOptions{ReadOnly: true})
		p.logError("begin", err)
		if err == nil {
			p.logError("commit", tx.Commit())
		}
		p.logError("raw", conn.Raw(func(any) error { return errLocal }))
		p.logError("raw", conn.Raw(func(any) error { return sqldriver.ErrBadConn }))
		p.exec(conn, plain)
		p.logError("close", conn.Close())
	}},
	{"connections that are lost", func(p *application) {
		for times := 1; times <= 3; times++ {
			for _, op := range []fakebase.Op{fakebase.Exec, fakebase.Query} {
				p.base.Arm(op, slices.Repeat([]fakebase.Outcome{{Err: sqldriver.ErrBadConn}}, times)...)
			}
			p.exec(p.db, plain)
			p.query(p.db, selectAll)
			p.base.Disarm()
		}
		p.base.Arm(fakebase.Exec, fakebase.Outcome{Err: fmt.Errorf("reset by peer: %w", sqldriver.ErrBadConn)})
		p.exec(p.db, plain)
	}},
	{"sessions that cannot be reset", func(p *application) {
		for _, err := range []error{sqldriver.ErrBadConn, fakebase.Err} {
			p.base.Arm(fakebase.Reset, fakebase.Outcome{Err: err})
			p.exec(p.db, plain)
			p.exec(p.db, plain)
		}
	}},
	{"connections that are no longer valid", func(p *application) {
		p.base.Arm(fakebase.Valid, fakebase.Outcome{Err: fakebase.Err})
		p.exec(p.db, plain)
		p.query(p.db, selectAll)
	}},
	{"connections that cannot be made or closed", func(p *application) {
		first, err := p.db.Conn(p.ctx)
		p.logError("conn", err)
		for _, err := range []error{fakebase.Typed, sqldriver.ErrBadConn} {
			p.base.Arm(fakebase.Connect, fakebase.Outcome{Err: err})
			p.exec(p.db, plain)
		}
		p.base.Arm(fakebase.CloseConn, fakebase.Outcome{Err: fakebase.Err})
		p.logError("raw", first.Raw(func(any) error { return sqldriver.ErrBadConn }))
	}},
}
