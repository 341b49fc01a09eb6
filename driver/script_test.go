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

// An application runs the script on a database. Its lines are all that it sees.
type application struct {
	base  *fakebase.Base
	db    *sql.DB
	ctx   context.Context
	lines []string
	lost  int // connections that database/sql lost to a panic of the base
}

// runScript runs the script on db, closes db, and returns what the application saw. The base records its calls.
func runScript(ctx context.Context, base *fakebase.Base, db *sql.DB) []string {
	p := &application{base: base, db: db, ctx: context.WithValue(ctx, fakebase.ContextKey{}, "a request")}
	for _, step := range script {
		p.step(step)
	}
	p.logError("closing the pool", db.Close())
	return p.lines
}

// An step is a step of the script.
type step struct {
	name string
	do   func(*application)
}

func (p *application) step(a step) {
	p.base.Mark("== " + a.name)
	p.logf("== %s", a.name)
	func() {
		defer func() {
			if r := recover(); r != nil {
				p.logf("panic: %T, the base's own: %v", r, r == any(fakebase.Thrown))
				p.lost = p.db.Stats().InUse
			}
		}()
		a.do(p)
	}()
	p.settle(0)
	p.base.Disarm()
}

func (p *application) logf(format string, args ...any) {
	p.lines = append(p.lines, fmt.Sprintf(format, args...))
}

// settle waits until database/sql has put back all connections but those that the step holds. It does so in the background
// when a context ends.
func (p *application) settle(held int) {
	for patience := time.Now().Add(10 * time.Second); p.db.Stats().InUse > p.lost+held; runtime.Gosched() {
		if time.Now().After(patience) {
			p.logf("connections in use: %d", p.db.Stats().InUse)
			return
		}
	}
}

// known are errors that applications compare with.
var known = []error{
	fakebase.Err, fakebase.Typed, sql.ErrNoRows, sql.ErrTxDone, sql.ErrConnDone, sqldriver.ErrBadConn, sqldriver.ErrSkip,
	context.Canceled, context.DeadlineExceeded, io.EOF,
}

// logError logs all that an application can find out about err.
func (p *application) logError(what string, err error) {
	if err == nil {
		p.logf("%s: no error", what)
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
	p.logf("%s: %T: %v (%s)", what, err, err, strings.Join(same, ", "))
}

// A handle is what statements are run on: a pool, a connection or a transaction.
type handle interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
	QueryRowContext(context.Context, string, ...any) *sql.Row
	PrepareContext(context.Context, string) (*sql.Stmt, error)
}

func (p *application) exec(on handle, query string, args ...any) {
	p.result(on.ExecContext(p.ctx, query, args...))
}

func (p *application) result(res sql.Result, err error) {
	p.logError("exec", err)
	if err != nil {
		return
	}
	id, err := res.LastInsertId()
	p.logError(fmt.Sprint("last insert ID ", id), err)
	n, err := res.RowsAffected()
	p.logError(fmt.Sprint("rows affected ", n), err)
}

func (p *application) query(on handle, query string, args ...any) {
	p.read(on.QueryContext(p.ctx, query, args...))
}

// read reads all rows of all result sets, and all that database/sql knows of their columns.
func (p *application) read(rows *sql.Rows, err error) {
	p.logError("query", err)
	if err != nil {
		return
	}
	for more := true; more; more = rows.NextResultSet() {
		p.columns(rows)
		for rows.Next() {
			p.scan(rows)
		}
	}
	p.logError("rows", rows.Err())
	p.logError("close", rows.Close())
}

func (p *application) columns(rows *sql.Rows) {
	names, err := rows.Columns()
	p.logError(fmt.Sprint("columns ", names), err)
	types, err := rows.ColumnTypes()
	p.logError("column types", err)
	for _, t := range types {
		length, hasLength := t.Length()
		nullable, hasNullable := t.Nullable()
		precision, scale, hasScale := t.DecimalSize()
		p.logf("%s %s %v, length %d %v, nullable %v %v, size %d %d %v", t.Name(), t.DatabaseTypeName(), t.ScanType(),
			length, hasLength, nullable, hasNullable, precision, scale, hasScale)
	}
}

func (p *application) scan(rows *sql.Rows) {
	names, _ := rows.Columns()
	values := make([]any, len(names))
	into := make([]any, len(names))
	for i := range values {
		into[i] = &values[i]
	}
	p.logError("scan", rows.Scan(into...))
	for i, v := range values {
		p.logf("%s = %T(%v)", names[i], v, v)
	}
}
