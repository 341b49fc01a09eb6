package record

import (
	"database/sql/driver"
	"math/bits"
	"time"

	"github.com/nplusgone/nplusgone/internal/value"
)

// A Result is shown the rows of one statement as the application reads them, after Observe has said that they are wanted.
// It is used by one goroutine at a time.
type Result struct {
	scope *Scope
	group *Group // nil when only the scope's sums count
	args  uint64 // hash of the statement's arguments
	key   Mark   // of the first key among the arguments; 0 for none
	hash  uint64 // of the rows so far
	tx    uint64
	at    uint64

	scanned int32 // rows of which the application read a column
	tells   bool  // the driver says which ones it read
	known   bool  // arguments and rows could all be hashed
	blind   bool  // rows are counted only
	drained bool
	closed  bool
}

// Looks reports whether the rows are to be shown to Row; else they are only counted.
func (r *Result) Looks() bool { return r.group != nil && !r.blind }

// Row is shown one row, with the names of its columns; names is kept and must not change. Row keeps hashes of short
// values only.
func (r *Result) Row(names []string, row []driver.Value) {
	if !r.Looks() {
		return
	}
	var marks [MaxColumns]Mark
	var dense, long uint16
	var h uint64
	known := r.known
	for i, v := range row {
		var c cell
		if n, ok := v.(int64); ok { // most keys, without a call
			c = integer(n)
		} else {
			c = read(v)
		}
		known = known && c.known
		h = bits.RotateLeft64(h, 9) + c.hash // hashes are random already: their order needs no more than this
		if i >= MaxColumns {
			continue
		}
		if c.key {
			marks[i] = MarkOf(c.hash)
		} else if length(v) >= wideValue {
			long |= 1 << i
		}
		if !c.sparse {
			dense |= 1 << i
		}
	}
	r.hash, r.known = value.Mix(r.hash, h), known
	r.scope.mu.Lock()
	defer r.scope.mu.Unlock()
	r.scope.keep(r.group, names, marks[:min(len(row), MaxColumns)], dense)
	if long != 0 {
		r.group.addWide(row, long)
	}
}

// A cell is one value of a result, as far as it is remembered.
type cell struct {
	hash  uint64
	known bool // its type can be hashed
	key   bool // it could be the key of a row: blobs, long texts and flags are not
	// sparse says that it comes from so large a space that two columns hold the same one only when it is the same thing:
	// UUIDs, ULIDs and snowflake numbers; not serial numbers, words, codes and flags.
	sparse bool
}

func integer(n int64) cell { return cell{value.Int(n), true, true, n > 1<<40 || n < -1<<40} }

func read(v driver.Value) (c cell) {
	switch v := v.(type) {
	case int64:
		return integer(v)
	case string:
		return cell{value.Text(v), true, len(v) <= maxHashedText, identifier(v)}
	case []byte:
		return cell{value.Bytes(v), true, len(v) <= maxHashedText, identifier(v)}
	case nil:
		return cell{known: true, sparse: true}
	case float64:
		return cell{hash: value.Float(v), known: true}
	}
	if c.hash, c.known = value.Of(v); !c.known {
		c.hash = value.Null
	}
	_, flag := v.(bool)
	_, uuid := v.([16]byte)
	c.key, c.sparse = !flag, uuid
	return c
}

// identifier reports whether a text has the form of an identifier of 80 random bits or more: a UUID, a ULID, or 20 or
// more hexadecimal digits with both letters and figures.
func identifier[T string | []byte](s T) bool {
	if len(s) < 20 || len(s) > maxHashedText {
		return false
	}
	hyphens, letters, figures := 0, 0, 0
	hexadecimal, upper := true, true
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			figures++
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
	case letters == 0 || figures == 0:
		return false
	case hexadecimal:
		return hyphens == 0 || hyphens == 4 && len(s) == 36
	}
	return hyphens == 0 && upper && len(s) == 26 // a ULID
}

// TellsScans is told, before the first row, that Scanned will be told of each row that the application reads.
func (r *Result) TellsScans() { r.tells = true }

// Scanned is told that the application read a column of another row.
func (r *Result) Scanned() { r.scanned++ }

// Drained is told that the application read to the end.
func (r *Result) Drained() { r.drained = true }

// Close is told that the result is closed, how many rows were fetched, and how long that took.
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
	r.group.closed(r, rows, took)
	if r.known && !r.blind {
		s.compare(r, rows)
	}
}
