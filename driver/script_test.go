package driver_test

import (
	"context"
	"database/sql"
	sqldriver "database/sql/driver"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"time"

	"github.com/nplusgone/nplusgone/driver/internal/fakebase"
)

// A play is one run of the script: what an application does with a database, and what it is told.
type play struct {
	base *fakebase.Base
	db   *sql.DB
	ctx  context.Context
	said []string
	lost int // connections that database/sql lost to a panic of the base's
}

// perform plays the whole script on db, closes it, and returns what an application saw. Meanwhile the base writes down
// what it was asked for.
func perform(ctx context.Context, base *fakebase.Base, db *sql.DB) []string {
	p := &play{base: base, db: db, ctx: context.WithValue(ctx, fakebase.ContextKey{}, "a request")}
	for _, act := range script {
		p.act(act)
	}
	p.hear("closing the pool", db.Close())
	return p.said
}

// An act is a step of the script.
type act struct {
	name string
	do   func(*play)
}

func (p *play) act(a act) {
	p.base.Mark("== " + a.name)
	p.say("== %s", a.name)
	func() {
		defer func() {
			if r := recover(); r != nil {
				p.say("panic: %T, the base's own: %v", r, r == any(fakebase.Thrown))
				p.lost = p.db.Stats().InUse
			}
		}()
		a.do(p)
	}()
	p.settle(0)
	p.base.Disarm()
}

func (p *play) say(format string, args ...any) { p.said = append(p.said, fmt.Sprintf(format, args...)) }

// settle waits until database/sql has put back all connections but those that the play holds: it does so in the
// background when a context ends.
func (p *play) settle(held int) {
	for patience := time.Now().Add(10 * time.Second); p.db.Stats().InUse > p.lost+held; runtime.Gosched() {
		if time.Now().After(patience) {
			p.say("connections in use: %d", p.db.Stats().InUse)
			return
		}
	}
}

// known are errors that applications compare with.
var known = []error{
	fakebase.Err, fakebase.Typed, sql.ErrNoRows, sql.ErrTxDone, sql.ErrConnDone, sqldriver.ErrBadConn, sqldriver.ErrSkip,
	context.Canceled, context.DeadlineExceeded, io.EOF,
}

// hear says all that an application could learn from err.
func (p *play) hear(what string, err error) {
	if err == nil {
		p.say("%s: no error", what)
		return
	}
	var same []string
	for _, k := range known {
		switch {
		case err == k:
			same = append(same, "== "+k.Error())
		case errors.Is(err, k):
			same = append(same, "is "+k.Error())
		}
	}
	if own := (*fakebase.Error)(nil); errors.As(err, &own) {
		same = append(same, fmt.Sprint("as ", own == fakebase.Typed))
	}
	p.say("%s: %T: %v (%s)", what, err, err, strings.Join(same, ", "))
}

// A handle is what statements are run on: a pool, a connection or a transaction.
type handle interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
	QueryRowContext(context.Context, string, ...any) *sql.Row
	PrepareContext(context.Context, string) (*sql.Stmt, error)
}

func (p *play) exec(on handle, query string, args ...any) {
	p.result(on.ExecContext(p.ctx, query, args...))
}

func (p *play) result(res sql.Result, err error) {
	p.hear("exec", err)
	if err != nil {
		return
	}
	id, err := res.LastInsertId()
	p.hear(fmt.Sprint("last insert ID ", id), err)
	n, err := res.RowsAffected()
	p.hear(fmt.Sprint("rows affected ", n), err)
}

func (p *play) query(on handle, query string, args ...any) {
	p.read(on.QueryContext(p.ctx, query, args...))
}

// read reads all there is in all result sets, and asks all that can be asked about them.
func (p *play) read(rows *sql.Rows, err error) {
	p.hear("query", err)
	if err != nil {
		return
	}
	for more := true; more; more = rows.NextResultSet() {
		p.columns(rows)
		for rows.Next() {
			p.scan(rows)
		}
	}
	p.hear("rows", rows.Err())
	p.hear("close", rows.Close())
}

func (p *play) columns(rows *sql.Rows) {
	names, err := rows.Columns()
	p.hear(fmt.Sprint("columns ", names), err)
	types, err := rows.ColumnTypes()
	p.hear("column types", err)
	for _, t := range types {
		length, hasLength := t.Length()
		nullable, hasNullable := t.Nullable()
		precision, scale, hasScale := t.DecimalSize()
		p.say("%s %s %v, length %d %v, nullable %v %v, size %d %d %v", t.Name(), t.DatabaseTypeName(), t.ScanType(),
			length, hasLength, nullable, hasNullable, precision, scale, hasScale)
	}
}

func (p *play) scan(rows *sql.Rows) {
	names, _ := rows.Columns()
	values := make([]any, len(names))
	into := make([]any, len(names))
	for i := range values {
		into[i] = &values[i]
	}
	p.hear("scan", rows.Scan(into...))
	for i, v := range values {
		p.say("%s = %T(%v)", names[i], v, v)
	}
}
