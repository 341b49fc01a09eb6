package nplusgonepgx

import "github.com/nplusgone/nplusgone/internal/pgwire"

// The methods in this file are those of a pgwire.Handler: what passes on the connection. They are called with the stream locked.

// Started implements pgwire.Handler. It finds the operation that an execution is of: the current one, if it has the same text.
// Others are of the application's own use of *pgconn.PgConn, or of pgx itself.
func (c *conn) Started(x *pgwire.Execution, params *pgwire.Params) {
	switch op := c.op; {
	case op == nil || op.ended || c.t.off.Load():
	case op.single != nil:
		if op.single.takes(x) {
			x.Owner = op
			op.single.sent(c, x, params)
		}
	case op.batch != nil:
		op.batch.sent(c, x, params)
		x.Owner = op
	}
}

// Result implements pgwire.Handler.
func (c *conn) Result(x *pgwire.Execution, columns *pgwire.Columns) bool {
	if !x.Seen && x.Owner == nil && c.op != nil && c.op.batch != nil && !c.op.ended { // sent past the writer
		x.Owner, x.Index = c.op, c.op.batch.unseen
		c.op.batch.unseen++
	}
	op, _ := x.Owner.(*operation)
	switch {
	case op == nil || op.ended || c.t.off.Load():
		return false
	case op.single != nil:
		return op.single.began(c, op, columns)
	case op.batch != nil:
		if x.Simple { // one execution has all results
			x.Index = op.batch.unseen
			op.batch.unseen++
		}
		return op.batch.began(c, op, x.Index, columns)
	}
	return false
}

// Row implements pgwire.Handler.
func (c *conn) Row(x *pgwire.Execution, r pgwire.Row) {
	op, _ := x.Owner.(*operation)
	if op == nil {
		return
	}
	cells := c.cells.Read(r)
	switch {
	case op.single != nil:
		op.single.result.Cells(op.single.names, cells)
	case op.batch != nil:
		if u := op.batch.of(x.Index); u != nil {
			u.result.Cells(u.names, cells)
		}
	}
}

// Done implements pgwire.Handler.
func (c *conn) Done(x *pgwire.Execution) {
	op, _ := x.Owner.(*operation)
	switch {
	case op == nil:
	case op.single != nil:
		op.single.rows += x.Rows
	case op.batch != nil:
		if u := op.batch.of(x.Index); u != nil {
			u.rows += x.Rows
		}
	}
}

// Failed implements pgwire.Handler. The tracer's methods, which are called afterwards, get the error.
func (c *conn) Failed(x *pgwire.Execution) {
	if op, _ := x.Owner.(*operation); op != nil {
		op.failed = true
	}
}

// Lost implements pgwire.Handler.
func (c *conn) Lost(why string) { c.lost = "rows of a pgx connection are not read: " + why }
