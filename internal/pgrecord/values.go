// Package pgrecord makes what package record takes from what package pgwire reads: the cells of rows, and the arguments of statements.
package pgrecord

import (
	"encoding/binary"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/pgwire"
	"github.com/nplusgone/nplusgone/internal/record"
)

// Cells are the cells of one row. The zero value is ready; a Cells is used again for the next row.
type Cells struct {
	cells   []record.Cell
	values  []pgwire.Value
	scratch []byte
}

// keptScratch is the size of the memory for texts that is kept for the next row.
const keptScratch = 16 << 10

// Read returns the cells of a row. They are valid until the next call.
func (c *Cells) Read(r pgwire.Row) []record.Cell {
	if c.scratch = c.scratch[:0]; cap(c.scratch) > keptScratch {
		c.scratch = nil
	}
	c.values = r.Read(c.values, &c.scratch)
	if cap(c.cells) < len(c.values) {
		c.cells = make([]record.Cell, len(c.values))
	}
	c.cells = c.cells[:len(c.values)]
	for i := range c.values {
		c.cells[i] = cell(&c.values[i])
	}
	return c.cells
}

// cell returns the cell of a value.
func cell(v *pgwire.Value) record.Cell {
	switch v.Kind {
	case pgwire.Null:
		return record.NullCell()
	case pgwire.Integer:
		return record.IntCell(v.Int)
	case pgwire.Float:
		return record.FloatCell(v.Number)
	case pgwire.Boolean:
		return record.BoolCell(v.Int != 0)
	case pgwire.Text:
		return record.TextCell(v.Bytes)
	case pgwire.UUID:
		return record.UUIDCell((*[16]byte)(v.Bytes))
	case pgwire.Instant:
		return record.TimeCell(v.Time)
	case pgwire.Opaque:
		return record.OpaqueCell(v.Type, v.Bytes)
	}
	return record.UnreadCell()
}

// Argument returns a parameter as a value that package value reads; ok is false if there is none.
func Argument(p pgwire.Param) (v any, ok bool) {
	var scratch []byte
	read := p.Value(&scratch)
	if read.Kind != pgwire.Opaque {
		return Value(&read)
	}
	elements, ok := p.Elements()
	if !ok {
		return nil, false
	}
	list := make([]any, len(elements))
	for i, e := range elements {
		if list[i], ok = Argument(e); !ok {
			return nil, false
		}
	}
	return list, true
}

// Opaque returns bytes that stand for a parameter whose form is not known: those of two parameters are equal if their types and their
// bytes are, and they are equal to no value of a known form.
func Opaque(p pgwire.Param) []byte {
	b := append([]byte("\x00a value of type "), 0, 0, 0, 0)
	binary.BigEndian.PutUint32(b[len(b)-4:], p.Type)
	return append(b, p.Bytes...)
}

// Value returns a value as one that package value reads; ok is false if there is none.
func Value(v *pgwire.Value) (value any, ok bool) {
	switch v.Kind {
	case pgwire.Null:
		return nil, true
	case pgwire.Integer:
		return v.Int, true
	case pgwire.Float:
		return v.Number, true
	case pgwire.Boolean:
		return v.Int != 0, true
	case pgwire.Text:
		return string(v.Bytes), true
	case pgwire.UUID:
		return [16]byte(v.Bytes), true
	case pgwire.Instant:
		return v.Time, true
	}
	return nil, false
}

// Control reports whether a statement controls a transaction. As with database/sql it is followed, and not counted.
func Control(parsed *fingerprint.Parsed) bool {
	switch parsed.Facts.Kind {
	case fingerprint.Begin, fingerprint.Commit, fingerprint.Rollback, fingerprint.Savepoint:
		return true
	}
	return false
}
