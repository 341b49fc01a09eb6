package detector

import (
	"database/sql/driver"
	"time"

	"github.com/nplusgone/nplusgone/internal/stack"
	"github.com/nplusgone/nplusgone/internal/value"
)

// A Result is shown the rows of one statement as the application reads them. All methods may be called on nil.
type Result struct {
	scope *Scope
	group *group // nil when only the scope's sums count
	blind bool   // rows are counted only
	args  uint64
	known bool
	tx    uint64
	at    uint64
	stack stack.ID

	rows    int
	hash    uint64
	drained bool
	sees    bool // it is told of each scan
	scanned bool // the application has read a value
	next    bool // beyond the first result set: counted, not remembered
	closed  bool
}

// Columns is told the names of the result's columns, before the first row. The slice is kept: it must not change.
func (r *Result) Columns(names []string) {
	if r == nil || r.group == nil || r.blind {
		return
	}
	r.scope.mu.Lock()
	defer r.scope.mu.Unlock()
	if t := &r.group.results; t.names == nil {
		t.names = names[:min(len(names), maxColumns):len(names)]
	}
}

// Row is shown one row. It keeps hashes of short values only.
func (r *Result) Row(row []driver.Value) {
	if r == nil {
		return
	}
	r.rows++
	if r.group == nil || r.next || r.blind {
		return
	}
	var hashes [maxColumns]uint64
	var dense, long uint16
	h := r.hash
	for i, v := range row {
		c := read(v)
		r.known = r.known && c.known
		h = value.Mix(h, c.hash)
		if i >= maxColumns {
			continue
		}
		if c.key {
			hashes[i] = c.hash
		} else if length(v) >= wideValue {
			long |= 1 << i
		}
		if !c.sparse {
			dense |= 1 << i
		}
	}
	r.hash = h
	r.scope.mu.Lock()
	defer r.scope.mu.Unlock()
	r.scope.keep(r.group, hashes[:min(len(row), maxColumns)], dense)
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
	// UUIDs, ULIDs, snowflake numbers, names; not serial numbers, codes and flags.
	sparse bool
}

func read(v driver.Value) (c cell) {
	switch v := v.(type) {
	case int64:
		return cell{value.Int(v), true, true, v > 1<<40 || v < -1<<40}
	case string:
		return cell{value.Text(v), true, len(v) <= maxHashedText, len(v) >= 8 && !isNumber(v)}
	case []byte:
		return cell{value.Bytes(v), true, len(v) <= maxHashedText, len(v) >= 8 && !isNumber(v)}
	case nil:
		return cell{known: true, sparse: true}
	case float64:
		return cell{hash: value.Float(v), known: true}
	}
	c.hash, c.known = value.Of(v)
	_, flag := v.(bool)
	_, uuid := v.([16]byte)
	c.key, c.sparse = !flag, uuid
	return c
}

func isNumber[T string | []byte](s T) bool {
	if len(s) >= 13 {
		return false
	}
	for i := range len(s) {
		if c := s[i]; c != '-' && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// Drained is told that the application read to the end.
func (r *Result) Drained() {
	if r != nil {
		r.drained = true
	}
}

// SeesScans is told that Scanned will be: from then on, that nothing was scanned is known.
func (r *Result) SeesScans() {
	if r != nil {
		r.sees = true
	}
}

// Scanned is told that the application reads a value of the row at hand.
func (r *Result) Scanned() {
	if r != nil {
		r.scanned = true
	}
}

// NextResultSet is told that another result set follows.
func (r *Result) NextResultSet() {
	if r != nil {
		r.next = true
	}
}

// Close is told that the result is closed, and how long fetching it took.
func (r *Result) Close(took time.Duration) {
	if r == nil || r.closed {
		return
	}
	r.closed = true
	s := r.scope
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over.Load() {
		return
	}
	s.stats.rows += r.rows
	s.stats.took += took
	if r.group == nil {
		return
	}
	r.group.rows += r.rows
	r.group.most = max(r.group.most, r.rows)
	switch {
	case r.drained:
		r.group.drained++
		if r.sees && !r.scanned {
			r.group.unscanned++
		}
	case r.rows > 0:
		r.group.left++
	}
	r.group.took += took
	if r.rows == 0 {
		r.group.empty++
	}
	if r.known && !r.blind {
		s.run(r)
	}
}
