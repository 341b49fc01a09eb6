package replay

import (
	"cmp"
	"database/sql/driver"
	"time"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/pgrecord"
	"github.com/nplusgone/nplusgone/internal/pgwire"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/value"
)

// A unit is what is recorded as one statement: the executions of one round trip with the same fingerprint, of which a batch has several.
type unit struct {
	call     call
	scope    *scope
	use      use
	parsed   *fingerprint.Parsed
	args     []driver.NamedValue // of the first execution
	further  []record.Execution
	observed bool

	result  record.Result
	wanted  bool // the scope wants to know of the result
	names   []string
	rows    int
	unknown bool // whether the application has read a result to its end
	left    bool // it has not
	read    time.Duration
}

// An execution is what is kept of one execution of a text.
type execution struct {
	parts   []part // more than one for a batch in the simple protocol; none if the text is not known
	results int    // that have begun: in the simple protocol there may be several
	whole   bool   // the text is one statement, also if it holds several: the application gets the rows of the first result
}

// A part is the execution of one statement.
type part struct {
	*unit
	parsed *fingerprint.Parsed
	began  uint64 // value of wire.pieces when its result began
}

// part returns the part that the current result is of; nil if that is not known, or the application does not get the result.
func (e *execution) part() *part {
	switch at := e.results - 1; {
	case e.whole && at > 0, at < 0, at >= len(e.parts):
		return nil
	default:
		return &e.parts[at]
	}
}

// The methods in this file, to Lost, are those of a pgwire.Handler.

// Started implements pgwire.Handler.
func (w *wire) Started(x *pgwire.Execution, params *pgwire.Params) {
	if w.call.counted {
		return
	}
	e := new(execution)
	x.Owner = e
	use, text := w.p.useOf(w.call.stack), cmp.Or(x.Text, x.Prefix)
	switch {
	case text == "":
	case x.Simple && use == useBatch:
		for statement := range fingerprint.Split(fingerprint.PostgreSQL, text) {
			e.parts = append(e.parts, w.started(use, statement, nil))
		}
	default:
		e.whole = true
		e.parts = []part{w.started(use, text, arguments(params))}
	}
}

// started returns a part that is about to run: of a unit with the same fingerprint in this round trip, or of a new one.
func (w *wire) started(use use, text string, args []driver.NamedValue) part {
	parsed := w.p.cache.Parse(fingerprint.PostgreSQL, text)
	for _, u := range w.units {
		if !u.observed && u.parsed.ID == parsed.ID && u.call.stack == w.call.stack {
			u.further = append(u.further, record.Execution{Parsed: parsed, Args: args})
			return part{unit: u, parsed: parsed}
		}
	}
	u := &unit{call: w.call, scope: w.p.scopeOf(w.call.marked, &w.conn), use: use, parsed: parsed, args: args}
	w.units = append(w.units, u)
	return part{unit: u, parsed: parsed}
}

// arguments returns the parameters of an execution.
func arguments(params *pgwire.Params) (args []driver.NamedValue) {
	if params == nil {
		return nil
	}
	for i := range params.Len() {
		p := params.At(i)
		v, ok := pgrecord.Argument(p)
		switch {
		case ok:
		case p.Known:
			v = pgrecord.Opaque(p)
		default:
			v = value.Unread{Type: "a parameter beyond the limit of the recorder"}
		}
		args = append(args, driver.NamedValue{Ordinal: i + 1, Value: v})
	}
	return args
}

// Result implements pgwire.Handler.
func (w *wire) Result(x *pgwire.Execution, columns *pgwire.Columns) bool {
	e, _ := x.Owner.(*execution)
	switch {
	case e == nil, x.Empty: // as a ping
		return false
	case len(e.parts) == 0:
		w.p.out.Unread++
		x.Owner = nil
		return false
	}
	e.results++
	p := e.part()
	if p == nil {
		return false
	}
	p.began = w.pieces
	if !p.observed {
		w.observe(p.unit, columns == nil || columns.Len() > 0, false)
	}
	if !p.wanted {
		return false
	}
	if columns == nil {
		p.result.Unread("rows of a connection to PostgreSQL are not read: their columns are not known")
		return false
	}
	if columns.Len() > 0 {
		p.names = columns.Names
	}
	return p.result.WantsRows()
}

// observe records a unit in its scope when the first of its results begins.
func (w *wire) observe(u *unit, rows, failed bool) {
	u.observed, u.read = true, w.reading
	if pgrecord.Control(u.parsed) {
		return
	}
	w.p.out.Statements++
	if u.scope == nil || u.scope.over {
		w.p.unscoped()
		return
	}
	st := &record.Statement{
		Parsed: u.parsed, Args: u.args, Batch: u.further, Failed: failed,
		Database: w.database,
		Stack:    u.call.stack, Goroutine: u.call.goroutine, Loops: u.call.loops, Counts: u.call.counts,
		Start: u.call.start, Duration: w.now - u.call.start,
	}
	w.of(st)
	if !rows || failed || u.use == useExec {
		u.scope.Observe(st, nil)
		return
	}
	u.wanted = u.scope.Observe(st, &u.result)
}

// Row implements pgwire.Handler.
func (w *wire) Row(x *pgwire.Execution, r pgwire.Row) {
	if e, _ := x.Owner.(*execution); e != nil {
		if p := e.part(); p != nil {
			p.result.Cells(p.names, w.cells.Read(r))
		}
	}
}

// Done implements pgwire.Handler.
func (w *wire) Done(x *pgwire.Execution) {
	e, _ := x.Owner.(*execution)
	if e == nil || x.Empty || len(e.parts) == 0 {
		return
	}
	p := e.part()
	if p == nil {
		if e.whole { // a further result of the text
			e.parts[0].rows += x.Rows
		}
		return
	}
	p.rows += x.Rows
	if x.Rows > 0 { // all of it is received in any case; who receives the last part says how far the application reads
		switch {
		case p.began == w.pieces:
			p.unknown = true
		case w.reader == useNext:
		case w.reader == useClose:
			p.left = true
		default:
			p.unknown = true
		}
	}
	w.p.followTransaction(&w.conn, fingerprint.PostgreSQL, p.parsed, p.scope, p.call.stack)
}

// Failed implements pgwire.Handler.
func (w *wire) Failed(x *pgwire.Execution) {
	e, _ := x.Owner.(*execution)
	if e == nil {
		return
	}
	for i := range e.parts {
		if p := &e.parts[i]; !p.observed { // the server does not run what follows
			w.observe(p.unit, false, true)
			return
		}
	}
}

// Lost implements pgwire.Handler.
func (w *wire) Lost(string) { w.p.out.Unfollowed++ }

// settle ends the round trip if no request is pending, and follows the transaction by what the server says of it.
func (w *wire) settle() {
	status, idle := w.stream.Status()
	if !idle {
		return
	}
	scope := w.p.scopeOf(w.call.marked, &w.conn)
	for _, u := range w.units {
		if u.wanted {
			u.close(w.reading - u.read)
		}
	}
	w.units = nil
	switch {
	case status == 'I':
		w.conn = conn{}
	case status != 0 && w.tx == 0:
		w.conn = w.p.begunByText(scope, w.call.stack)
	}
}

// close ends the result of the unit.
func (u *unit) close(took time.Duration) {
	switch {
	case u.use == useRow:
		u.rows = min(u.rows, 1)
	case u.left:
	case u.unknown:
		u.result.EndUnknown()
	default:
		u.result.Drained()
	}
	u.result.Close(u.rows, took)
}
