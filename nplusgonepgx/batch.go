package nplusgonepgx

import (
	"cmp"
	"database/sql/driver"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/pgrecord"
	"github.com/nplusgone/nplusgone/internal/pgwire"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// A batch is one call of SendBatch. Its statements are in units: those with one fingerprint are recorded as one statement.
type batch struct {
	queued *pgx.Batch
	sents  []sent // what was sent, by index
	unseen int    // results of statements whose sending was not seen
	traced int    // results that the application has read

	planned bool
	misfit  bool // which result is of which statement is not known
	units   []*unit
	unitOf  []*unit // by index
}

// sent is what was sent for one statement of a batch.
type sent struct {
	text      string
	arguments []driver.NamedValue
}

// A unit is the statements of a batch with one fingerprint.
type unit struct {
	parsed   *fingerprint.Parsed
	args     []driver.NamedValue // of the first statement
	further  []record.Execution
	observed bool
	result   record.Result
	wanted   bool
	names    []string
	rows     int
	partly   bool          // a result was not read to its end
	read     time.Duration // value of conn.reading when it was recorded
}

// batch begins a batch.
func (c *conn) batch(scope *record.Scope, at stack.ID, queued *pgx.Batch) {
	c.stream.Lock()
	defer c.stream.Unlock()
	if op := c.operation(scope, at); op != nil {
		op.batch = &batch{queued: queued}
	}
}

// sent takes what is sent for the next statement of the batch.
func (b *batch) sent(c *conn, x *pgwire.Execution, params *pgwire.Params) {
	if x.Simple {
		return // all statements are in one text
	}
	x.Index = len(b.sents)
	b.sents = append(b.sents, sent{text: x.Text})
	if x.Index >= len(b.queued.QueuedQueries) {
		b.misfit = true
		return
	}
	q := b.queued.QueuedQueries[x.Index]
	if x.Text != "" && x.Text != q.SQL && x.Name != q.SQL {
		b.misfit = true
	}
	b.sents[x.Index].arguments = arguments(q.Arguments, false, params)
}

// plan finds the units. By now the statements are as they were sent: rewriters have changed them.
func (b *batch) plan(c *conn) {
	if b.planned {
		return
	}
	b.planned = true
	byID := make(map[fingerprint.ID]*unit)
	b.unitOf = make([]*unit, len(b.queued.QueuedQueries))
	for i, q := range b.queued.QueuedQueries {
		text, args := q.SQL, []driver.NamedValue(nil)
		if i < len(b.sents) {
			if args = b.sents[i].arguments; b.sents[i].text != "" {
				text = b.sents[i].text
			}
		} else {
			args = arguments(q.Arguments, false, nil)
			b.misfit = b.misfit || strings.Contains(text, ";") || strings.TrimSpace(text) == ""
		}
		parsed := c.texts.Parse(fingerprint.PostgreSQL, text)
		u := byID[parsed.ID]
		if u == nil {
			u = &unit{parsed: parsed, args: args}
			byID[parsed.ID] = u
			b.units = append(b.units, u)
		} else {
			u.further = append(u.further, record.Execution{Parsed: parsed, Args: args})
		}
		b.unitOf[i] = u
	}
}

// of returns the unit of a statement; nil if that is not known.
func (b *batch) of(index int) *unit {
	if b.misfit || index >= len(b.unitOf) {
		return nil
	}
	return b.unitOf[index]
}

// began records a unit when the first result of one of its statements begins.
func (b *batch) began(c *conn, op *operation, index int, columns *pgwire.Columns) (rows bool) {
	b.plan(c)
	u := b.of(index)
	if u == nil {
		return false
	}
	if !u.observed {
		c.observeUnit(op, u, columns == nil || columns.Len() > 0, false)
	}
	if !u.wanted {
		return false
	}
	if columns == nil {
		u.result.Unread(noColumns)
		return false
	}
	if columns.Len() > 0 {
		u.names = columns.Names
	}
	return u.result.WantsRows()
}

func (c *conn) observeUnit(op *operation, u *unit, rows, failed bool) {
	u.observed, u.read = true, c.reading
	if pgrecord.Control(u.parsed) {
		return
	}
	st := c.statement(op, u.parsed)
	st.Args, st.Batch, st.Failed = u.args, u.further, failed
	if !rows || failed {
		op.scope.Observe(st, nil)
		return
	}
	u.wanted = op.scope.Observe(st, &u.result)
}

// batchQueried ends the next result of a batch.
func (c *conn) batchQueried(by pcs) {
	c.stream.Lock()
	defer c.stream.Unlock()
	if c.op == nil || c.op.batch == nil {
		return
	}
	b := c.op.batch
	u := b.of(b.traced)
	b.traced++
	if end := c.callers.find(by); u != nil && end != byEnd && end != byExec {
		u.partly = true
	}
}

// batched ends a batch.
func (c *conn) batched(pc *pgx.Conn, err error) {
	c.stream.Lock()
	defer c.stream.Unlock()
	op := c.op
	if op == nil || op.batch == nil {
		c.end(pc, nil)
		return
	}
	b := op.batch
	b.plan(c)
	for _, u := range b.units {
		if u.observed {
			continue
		}
		failed := err != nil || op.failed
		c.observeUnit(op, u, u.parsed.Facts.Kind == fingerprint.Select, failed)
		if u.wanted {
			u.result.Unread(cmp.Or(c.lost, noMessages))
		}
		if failed {
			break // the server has not run what follows
		}
	}
	for _, q := range b.unitOf {
		if err == nil {
			c.follow(op, q.parsed)
		}
	}
	for _, u := range b.units {
		if !u.wanted {
			continue
		}
		if !u.partly {
			u.result.Drained()
		}
		u.result.Close(u.rows, c.reading-u.read)
	}
	c.end(pc, nil)
}
