package nplusgonepgx

import (
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// copyFrom begins a CopyFrom.
func (c *conn) copyFrom(scope *record.Scope, at stack.ID, data pgx.TraceCopyFromStartData) {
	c.stream.Lock()
	defer c.stream.Unlock()
	if op := c.operation(scope, at); op != nil {
		op.copies = "COPY " + data.TableName.Sanitize() + " (" + strings.Join(data.ColumnNames, ", ") + ") FROM STDIN"
	}
}

// copied ends a CopyFrom.
func (c *conn) copied(pc *pgx.Conn, err error) {
	c.stream.Lock()
	defer c.stream.Unlock()
	if op := c.op; op != nil && op.copies != "" {
		st := c.statement(op, c.texts.Parse(fingerprint.PostgreSQL, op.copies))
		st.Failed = err != nil
		op.scope.Observe(st, nil)
	}
	c.end(pc, nil)
}
