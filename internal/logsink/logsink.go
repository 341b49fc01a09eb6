// Package logsink logs findings as structured records, each finding once. It has the adapter for log/slog; package
// nplusgonezap has the one for zap.
//
// A record is a warning, or information for a note. Its message is the rule and the finding's message. All other values
// are in one group of fields, "finding", so that the level of a finding is not taken for the level of the record:
//
//	rule, level, identity, count, milliseconds   always
//	saved                                        round trips that the fix removes
//	scope                                        the test, request or job
//	file, line, function                         the loop, or the call site when no loop is known
//	calls                                        from the loop to the statement
//	statement, statements                        the slowest statement, and the number of statements when there are several
//	parent                                       the statement whose rows the loop uses
//	evidence                                     the most important observation
//	fix                                          what to do instead
//	note                                         why the finding does not count
//
// Fields without a value are left out. No value of an argument is in a record.
package logsink

import (
	"context"
	"fmt"
	"os"
	"sync"
	"sync/atomic"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/printable"
)

// A Sink logs each finding once, by its identity: the same finding from another scope, or with another count, is not
// logged again. It is a detector.Sink, safe for concurrent use, and waits for nothing but the logger.
//
// A logger that panics, as the logger of a test does after the test has ended, is not called again. The first panic is
// printed to standard error.
type Sink struct {
	logger Logger
	logged identities
	broken atomic.Bool
}

// New returns a Sink that logs with l.
func New(l Logger) *Sink { return &Sink{logger: l} }

// A Logger writes records.
type Logger interface {
	// Enabled reports whether a record would be written. A finding whose record would not is logged later, once the
	// logger's level allows it.
	Enabled(ctx context.Context, note bool) bool

	// Log writes the record of f: Message is its message and Fields has its fields.
	Log(ctx context.Context, f *finding.Finding)
}

// Finding logs f unless it was logged before. It does not panic.
func (s *Sink) Finding(ctx context.Context, f finding.Finding) {
	if s == nil || s.logger == nil || s.broken.Load() {
		return
	}
	defer s.recover()
	if s.logger.Enabled(ctx, f.Note != "") && s.logged.add(f.Key()) {
		logged := f // only a finding that is logged escapes to the heap; most were logged before
		s.logger.Log(ctx, &logged)
	}
}

func (s *Sink) recover() {
	cause := recover()
	if cause == nil || s.broken.Swap(true) {
		return
	}
	fmt.Fprintf(os.Stderr, "nplusgone: the logger panicked; findings are no longer logged: %s\n", printable.Line(fmt.Sprint(cause)))
}

// maxIdentities is how many findings a Sink remembers as logged. A program has far fewer, because an identity is a place
// in its code. When it has more, the oldest are forgotten and may be logged again.
const maxIdentities = 10_000

// identities is a bounded set that drops the oldest elements. Its zero value is empty. It is safe for concurrent use.
type identities struct {
	mu     sync.Mutex
	set    map[string]struct{}
	order  []string // in the order of adding; a ring once it is full
	oldest int      // index of the oldest element of a full ring
}

// add reports whether id was not in the set, and adds it.
func (s *identities) add(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.set[id]; ok {
		return false
	}
	if s.set == nil {
		s.set = map[string]struct{}{}
	}
	s.set[id] = struct{}{}
	if len(s.order) < maxIdentities {
		s.order = append(s.order, id)
		return true
	}
	delete(s.set, s.order[s.oldest])
	s.order[s.oldest] = id
	s.oldest = (s.oldest + 1) % maxIdentities
	return true
}
