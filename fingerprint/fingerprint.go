package fingerprint

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/nplusgone/nplusgone/internal/value"
)

// An ID identifies a fingerprint: the first 128 bits of the SHA-256 of its normal form with sorted columns. It is the same
// in every run, on every machine and with every version of the package that has the same schema of reports, and does not
// depend on the dialect.
type ID [16]byte

// String returns the 32 hexadecimal digits of id.
func (id ID) String() string { return hex.EncodeToString(id[:]) }

// MarshalText implements encoding.TextMarshaler with the form of String.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (id *ID) UnmarshalText(text []byte) error {
	if hex.DecodedLen(len(text)) != len(id) {
		return fmt.Errorf("fingerprint: id %q has %d digits, not %d", text, len(text), hex.EncodedLen(len(id)))
	}
	_, err := hex.Decode(id[:], text)
	return err
}

// A Fingerprint is the shape that statements share when they differ only in values, spacing, comments, the case of keywords,
// the length of IN lists and VALUES, and the order of columns in SET and INSERT.
type Fingerprint struct {
	ID    ID     `json:"id"`
	Text  string `json:"text"` // the normal form, with columns in the order of the text; it has the same ID
	Facts Facts  `json:"facts"`
}

// A Parsed is one SQL text that was read: its fingerprint, and what this text adds to it. It is immutable and may be used
// by several goroutines.
type Parsed struct {
	Fingerprint
	Bindings []Binding // parallel to Facts.Values
	Rows     int       // rows of VALUES in an INSERT, or selects of its UNION; 1 for another INSERT … SELECT, 0 for other kinds
	MaxList  int       // values in the longest IN list or row list; 0 when there is none
	Literals uint64    // hash of all literals in the order of the text; 0 when there is none. It differs from process to process.
	LimitOne bool      // the outermost LIMIT is the literal 1
	Partial  bool      // the text is longer than what facts are read from: Facts may be incomplete

	order string // positions of the values, a byte each, in the order that the ID is of; empty when that is the order of the text
}

// A Binding says where the value of Facts.Values[i] comes from in this text.
type Binding struct {
	Arg       int    // index of the argument, counted from 0; -1 for a literal
	Name      string // name of a named placeholder (:name, @name), without its mark
	Literal   uint64 // value.Of the literal when Arg is -1; 0 for NULL
	Arity     int    // number of values at the position: the length of the IN list, else 1
	Separator byte   // between the values of a ContainerSeparated; 0 when it is not known
}

// Position returns the position among the values of p that corresponds to position i of other, a text with the same ID. The
// two differ where the texts have the columns of SET or of an INSERT in another order.
func (p *Parsed) Position(other *Parsed, i int) int {
	if p == other || p.order == "" && other.order == "" {
		return i
	}
	if other.order != "" {
		i = strings.IndexByte(other.order, byte(i))
	}
	if i >= 0 && i < len(p.order) {
		return int(p.order[i])
	}
	return i
}

// AppendElements appends the hashes of the values that the argument v holds to dst, at most limit of them, where
// position i takes a Container. It returns also how many values v holds. A value that cannot be read has the hash
// value.Unknown. Known is false where the position takes no Container, and where v cannot be read.
func (p *Parsed) AppendElements(dst []uint64, i int, v any, limit int) (hashes []uint64, n int, known bool) {
	switch p.Facts.Values[i].Container {
	case ContainerArray:
		return value.Array(dst, v, limit)
	case ContainerJSON:
		return value.JSON(dst, v, limit)
	case ContainerSeparated:
		if s := p.Bindings[i].Separator; s != 0 {
			return value.Separated(dst, v, s, limit)
		}
	}
	return dst, 0, false
}

// Limits of what is read of one text. The normal form and the ID cover what is beyond them.
const (
	maxTokens = 4096 // of the normal form
	maxValues = 64
	maxName   = 256 // bytes of a placeholder's name
	maxDepth  = 256 // open parentheses
	maxNested = 4   // lists within lists: each level compares its elements once more
)

// Parse reads one SQL text. It never fails: a text that is no SQL has a fingerprint as well. Its time and memory are linear
// in the length of the text.
func Parse(d Dialect, sql string) *Parsed {
	if int(d) >= len(dialectNames) {
		d = Unknown
	}
	w := workspaces.Get().(*workspace)
	defer w.release()
	e, r := &w.emitter, &w.reader
	e.d, e.s, e.fresh = d, sql, true
	e.emit()
	a := new(allocation)
	p := &a.parsed
	p.Text, p.MaxList, p.Literals = string(e.buf), e.maxList, e.literals
	p.Bindings = store(a.bindings[:0], e.bindings)
	r.read(d, p, e.pieces)
	text, sorted := e.buf, false
	if w.sorted, w.order, sorted = r.sorted(w.sorted[:0], w.order[:0]); sorted {
		text = w.sorted
		p.order = string(w.order)
	}
	sum := sha256.Sum256(text)
	copy(p.ID[:], sum[:])
	r.store(a)
	if p.Facts.Kind == Insert {
		p.Rows = max(1, e.rows, r.rows)
	}
	return p
}

// A workspace is the memory for reading one text. It is used again for the next text.
type workspace struct {
	emitter emitter
	reader  reader
	sorted  []byte // the text with sorted columns
	order   []byte // the positions of its values
}

var workspaces = sync.Pool{New: func() any { return new(workspace) }}

// release returns w to the pool, unless a long text has made it large.
func (w *workspace) release() {
	if cap(w.emitter.buf) > 1<<16 || cap(w.emitter.pieces) > maxTokens/4 {
		return
	}
	w.emitter.reset()
	w.reader.reset()
	workspaces.Put(w)
}

// An allocation is the memory of one Parsed, with room for the slices of most texts.
type allocation struct {
	parsed   Parsed
	names    [7]string
	values   [3]Value
	bindings [3]Binding
}

// store returns a copy of s: in room, where it fits. It returns nil for an empty slice.
func store[E any](room, s []E) []E {
	if len(s) == 0 {
		return nil
	}
	if len(s) > cap(room) {
		return slices.Clone(s)
	}
	return append(room, s...)[:len(s):len(s)]
}
