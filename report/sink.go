package report

import (
	"context"
	"fmt"
	"os"
	"sync/atomic"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/printable"
)

// A LogSink logs each finding once as a structured warning; Zap and Slog make one. It is a detector.Sink, may be used
// concurrently, and waits for nothing but the logger.
//
// The message is the rule and what happened, such as "n-plus-one: 50 statements where 1 would do". Everything else is in
// one group of fields, "finding", so that its level is not taken for the level of the record. The names are stable:
//
//	rule, level, identity, count, milliseconds   always
//	scope                                        the test, request or job
//	file, line, function                         the loop, or the call site when no loop is known
//	statement, statements                        the slowest statement, and how many there are when more than one
//	parent                                       the statement whose result fed the loop
//	proof                                        the weightiest evidence
//	fix                                          what to do instead
//	note                                         why it does not count; such a finding is logged as information
//
// Fields without a value are left out. There is no value of an argument in any of them.
//
// A finding counts as logged by its identity: the same one from another scope, or with another count, is not logged
// again. A logger that panics, as a test's logger does after its test, is not called again; the first panic is reported
// on standard error.
type LogSink struct {
	logger logger
	seen   identities
	broken atomic.Bool
}

// A logger is what Zap and Slog differ in.
type logger interface {
	// enabled reports whether a record of this kind would be logged at all: one that would not is not remembered either,
	// so that a finding is logged once the logger's level lets it through.
	enabled(ctx context.Context, note bool) bool
	log(ctx context.Context, f *finding.Finding)
}

// Finding logs f unless it was logged before. It never panics.
func (s *LogSink) Finding(ctx context.Context, f finding.Finding) {
	if s == nil || s.logger == nil || s.broken.Load() {
		return
	}
	defer s.catch()
	if s.logger.enabled(ctx, f.Note != "") && s.seen.add(identityOf(&f)) {
		kept := f // only what is logged goes to the heap: most findings were seen before
		s.logger.log(ctx, &kept)
	}
}

func (s *LogSink) catch() {
	cause := recover()
	if cause == nil || s.broken.Swap(true) {
		return
	}
	fmt.Fprintf(os.Stderr, "nplusgone: the logger for findings panicked, so no more findings are logged: %s\n", printable.Line(fmt.Sprint(cause)))
}

// identityOf returns what f is remembered by: a finding made by hand may have no identity, and is its rule and place then.
func identityOf(f *finding.Finding) string {
	if f.Identity != "" {
		return f.Identity
	}
	p := f.Position()
	return f.Rule + " " + position(p.File, p.Line)
}
