package record

import (
	"database/sql/driver"
	"math"
	"math/bits"
	"time"

	"github.com/nplusgone/nplusgone/internal/value"
)

// A Result receives the rows of one statement as the application fetches them, if Observe has returned true for it. It is used
// by one goroutine at a time. Its methods have no effect after the scope has ended.
type Result struct {
	scope *Scope
	group *Group // nil if only the sums of the scope count
	args  uint64 // hash of the statement's arguments
	hash  uint64 // of the transaction of the statement, and of the rows so far
	at    uint64 // time of the statement
	key   Mark   // of the first key among the arguments; 0 for none

	scanned   int32 // rows of which the application read a column
	scans     bool  // Scanned is called
	hashed    bool  // all arguments and all values of rows so far could be hashed
	countOnly bool  // as Scope.countOnly
	drained   bool
	unended   bool // it is not known whether the application fetched the end
	closed    bool
}

// WantsRows reports whether the caller is to call Row for each row. If not, it only counts them for Close.
func (r *Result) WantsRows() bool { return r.group != nil && !r.countOnly }

// Row records one row. It keeps names, which must not change afterwards, and hashes of the values of row.
func (r *Result) Row(names []string, row []driver.Value) {
	if !r.WantsRows() {
		return
	}
	var marks [MaxColumns]Mark
	var dense, long uint16
	var h uint64
	hashed := r.hashed
	for i, v := range row {
		var c cell
		if n, ok := v.(int64); ok { // most keys; this avoids a call
			c = integer(n)
		} else {
			c = read(v)
		}
		hashed = hashed && c.hashed
		h = bits.RotateLeft64(h, 9) + c.hash // hashes are random already, so that this suffices to keep their order
		if i >= MaxColumns {
			continue
		}
		if c.key {
			marks[i] = MarkOf(c.hash)
		} else if length(v) >= minLongValue {
			long |= 1 << i
		}
		if !c.sparse {
			dense |= 1 << i
		}
	}
	r.hash, r.hashed = value.Mix(r.hash, h), hashed
	r.scope.mu.Lock()
	defer r.scope.mu.Unlock()
	if r.scope.over.Load() {
		return
	}
	r.scope.keep(r.group, names, marks[:min(len(row), MaxColumns)], dense)
	if long != 0 {
		r.scope.addWide(r.group, row, long)
	}
}

// Cells records one row as Row does, for a caller that reads the values itself. cells has one for each column.
func (r *Result) Cells(names []string, cells []Cell) {
	if !r.WantsRows() {
		return
	}
	var marks [MaxColumns]Mark
	var dense, long uint16
	var h uint64
	hashed := r.hashed
	for i := range cells {
		c := &cells[i].cell
		hashed = hashed && c.hashed
		h = bits.RotateLeft64(h, 9) + c.hash
		if i >= MaxColumns {
			continue
		}
		if c.key {
			marks[i] = MarkOf(c.hash)
		} else if cells[i].length >= minLongValue {
			long |= 1 << i
		}
		if !c.sparse {
			dense |= 1 << i
		}
	}
	r.hash, r.hashed = value.Mix(r.hash, h), hashed
	r.scope.mu.Lock()
	defer r.scope.mu.Unlock()
	if r.scope.over.Load() {
		return
	}
	r.scope.keep(r.group, names, marks[:min(len(cells), MaxColumns)], dense)
	if long == 0 {
		return
	}
	if r.group.WideBytes == nil {
		r.group.WideBytes = new([MaxColumns]int)
	}
	for i := range min(len(cells), MaxColumns) {
		if long&(1<<i) != 0 {
			r.group.WideBytes[i] += cells[i].length
		}
	}
}

// Unread says that values of the result could not be read, and why: it is not known whether it is equal to another one.
func (r *Result) Unread(why string) {
	r.hashed = false
	r.scope.mu.Lock()
	defer r.scope.mu.Unlock()
	if !r.scope.over.Load() {
		r.scope.stats.Shed = why
	}
}

// A cell is what is kept of one value of a row.
type cell struct {
	hash   uint64
	hashed bool // the value could be read
	key    bool // it may be the key of a row; a blob, a long text and a flag are not
	// sparse says that two columns have this value only if they mean the same thing, because it comes from a large space:
	// UUIDs, ULIDs and snowflake numbers, in contrast to serial numbers, words and codes.
	sparse bool
}

func integer(n int64) cell { return cell{value.Int(n), true, true, n > 1<<40 || n < -1<<40} }

// read returns the cell of a value.
func read(v driver.Value) (c cell) {
	switch v := v.(type) {
	case int64:
		return integer(v)
	case string:
		return cell{value.Text(v), true, len(v) <= maxKeyText, identifier(v)}
	case []byte:
		return cell{value.Bytes(v), true, len(v) <= maxKeyText, identifier(v)}
	case nil:
		return cell{hashed: true, sparse: true}
	case float64:
		return cell{hash: value.Float(v), hashed: true}
	}
	if c.hash, c.hashed = value.Of(v); !c.hashed {
		c.hash = value.Null
	}
	_, flag := v.(bool)
	_, uuid := v.([16]byte)
	c.key, c.sparse = !flag, uuid
	return c
}

// identifier reports whether a text has the form of an identifier of 80 random bits or more: a UUID, a ULID, or 20 or more
// hexadecimal digits with both letters and decimal digits.
func identifier[T string | []byte](s T) bool {
	if len(s) < 20 || len(s) > maxKeyText {
		return false
	}
	hyphens, letters, digits := 0, 0, 0
	hexadecimal, upper := true, true
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c == '-':
			hyphens++
		case c >= 'a' && c <= 'f', c >= 'A' && c <= 'F':
			letters++
			upper = upper && c <= 'F'
		case c >= 'G' && c <= 'Z':
			letters++
			hexadecimal = false
		default:
			return false
		}
	}
	switch {
	case letters == 0 || digits == 0:
		return false
	case hexadecimal:
		return hyphens == 0 || hyphens == 4 && len(s) == 36
	}
	return hyphens == 0 && upper && len(s) == 26 // a ULID
}

// length returns the length of a text or blob in bytes; 0 for other values.
func length(v driver.Value) int {
	switch v := v.(type) {
	case string:
		return len(v)
	case []byte:
		return len(v)
	}
	return 0
}

// addWide adds the lengths of the long values of a row to WideBytes of a group. long has a bit for each of them.
func (s *Scope) addWide(g *Group, row []driver.Value, long uint16) {
	if g.WideBytes == nil {
		if !s.spend(8*MaxColumns, shedTraces) {
			return
		}
		g.WideBytes = new([MaxColumns]int)
	}
	for i := range row {
		if i < MaxColumns && long&(1<<i) != 0 {
			g.WideBytes[i] += length(row[i])
		}
	}
}

// ReportsScans says that Scanned will be called for each row of which the application reads a column. It is called before the
// first row.
func (r *Result) ReportsScans() { r.scans = true }

// Scanned says that the application read a column of another row.
func (r *Result) Scanned() { r.scanned++ }

// ScannedRows says, instead of ReportsScans and Scanned, that the application read a column of n rows.
func (r *Result) ScannedRows(n int) { r.scans, r.scanned = true, int32(min(n, math.MaxInt32)) }

// Drained says that the application fetched the end of the result.
func (r *Result) Drained() { r.drained = true }

// EndUnknown says that it is not known whether the application fetched the end of the result.
func (r *Result) EndUnknown() { r.unended = true }

// Close says that the result was closed: how many rows were fetched, of all its result sets, and how long fetching them took.
// Only the first call counts.
func (r *Result) Close(rows int, took time.Duration) {
	if r.closed {
		return
	}
	r.closed = true
	s := r.scope
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over.Load() {
		return
	}
	s.stats.Rows += rows
	s.stats.Took += took
	if r.group == nil {
		return
	}
	r.group.close(r, rows, took)
	if r.hashed && !r.countOnly {
		s.compare(r, rows)
	}
}
