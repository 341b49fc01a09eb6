package record

import (
	"time"

	"github.com/nplusgone/nplusgone/internal/value"
)

// A Cell is what a Result keeps of one value that its caller has read. The cell of a value is that which Row makes of it, so
// that values of several drivers can be compared.
type Cell struct {
	cell
	length int // in bytes, of a text
}

// NullCell returns the cell of NULL.
func NullCell() Cell { return Cell{cell: cell{hashed: true, sparse: true}} }

// IntCell returns the cell of an integer.
func IntCell(n int64) Cell { return Cell{cell: integer(n)} }

// FloatCell returns the cell of a number.
func FloatCell(f float64) Cell { return Cell{cell: cell{hash: value.Float(f), hashed: true}} }

// BoolCell returns the cell of a boolean.
func BoolCell(b bool) Cell { return Cell{cell: cell{hash: value.Bool(b), hashed: true}} }

// TextCell returns the cell of a text, or of bytes. It does not keep b.
func TextCell(b []byte) Cell {
	return Cell{cell{value.Bytes(b), true, len(b) <= maxKeyText, identifier(b)}, len(b)}
}

// UUIDCell returns the cell of a UUID.
func UUIDCell(u *[16]byte) Cell { return Cell{cell: cell{value.UUID(u), true, true, true}} }

// TimeCell returns the cell of an instant.
func TimeCell(t time.Time) Cell {
	return Cell{cell: cell{hash: value.Time(t), hashed: true, key: true}}
}

// OpaqueCell returns the cell of a value whose form is not known, of a type with the number kind. Equal bytes are equal
// values of one type; no argument is known to be equal to it.
func OpaqueCell(kind uint32, b []byte) Cell {
	return Cell{cell{hash: value.Mix(value.Mix(opaqueMark, uint64(kind)), value.Bytes(b)), hashed: true}, len(b)}
}

// opaqueMark keeps an opaque value apart from the sequence of its number and its bytes.
const opaqueMark = 0x6f70_6171_7565

// UnreadCell returns the cell of a value that could not be read.
func UnreadCell() Cell { return Cell{cell: cell{key: true}} }
