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
	h := r.hash
	for i, v := range row {
		one, known := value.Of(v)
		r.known = r.known && known
		h = value.Mix(h, one)
		if i < maxColumns && isKey(v) {
			hashes[i] = one
		}
	}
	r.hash = h
	r.scope.mu.Lock()
	defer r.scope.mu.Unlock()
	r.scope.keep(r.group, hashes[:min(len(row), maxColumns)], row)
}

// isKey reports whether v could be the key of a row: blobs and long texts are not.
func isKey(v driver.Value) bool {
	switch v := v.(type) {
	case string:
		return len(v) <= maxHashedText
	case []byte:
		return len(v) <= maxHashedText
	case float64, bool, nil:
		return false
	}
	return true
}

// Drained is told that the application read to the end.
func (r *Result) Drained() {
	if r != nil {
		r.drained = true
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
	r.group.took += took
	if r.rows == 0 {
		r.group.empty++
	}
	if r.known && !r.blind {
		s.run(r)
	}
}
