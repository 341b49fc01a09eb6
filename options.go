package nplusgone

import (
	"log/slog"
	"net/http"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/logsink"
)

type config struct {
	detector []detector.Option
	name     func(*http.Request) string
}

// An Option changes how a Watcher works.
type Option interface{ apply(*config) }

type optionFunc func(*config)

func (f optionFunc) apply(c *config) { f(c) }

func detectorOption(o detector.Option) Option {
	return optionFunc(func(c *config) { c.detector = append(c.detector, o) })
}

// WithSlog logs each finding once with l, or for nil with the logger that is slog's default at that time. It adds to other
// loggers. Package nplusgonezap has the same for zap.
//
// A record is a warning, or information for a note. Its message is the rule and what happened, and the group "finding" has
// these attributes; those without a value are left out:
//
//	rule, level, identity, count, milliseconds   always
//	saved                                        round trips that the fix removes
//	scope                                        the request, job or test
//	file, line, function                         the loop, or the call site when no loop is known
//	calls                                        from the loop to the statement
//	statement, statements                        the slowest statement, and the number of statements when there are several
//	parent                                       the statement whose rows the loop uses
//	evidence                                     the most important observation
//	fix                                          what to do instead
//	note                                         why the finding does not count
//
// No value of an argument is in a record.
func WithSlog(l *slog.Logger) Option { return detectorOption(detector.WithSink(logsink.Slog(l))) }

// WithSink hands each finding that counts to s, every time that it is found. It adds to other sinks.
func WithSink(s detector.Sink) Option { return detectorOption(detector.WithSink(s)) }

// WithThreshold sets how many times a statement runs in one loop before a finding that is not proven is told. The
// default is 3, a proven one is told from 2. The last one wins.
func WithThreshold(n int) Option { return detectorOption(detector.WithThreshold(n)) }

// WithLevel sets the lowest level that is told: finding.Suspect, finding.Likely (the default) or finding.Proven. The
// last one wins.
func WithLevel(l finding.Level) Option { return detectorOption(detector.WithLevel(l)) }

// WithRules leaves only the named rules on. The default is all of them. The last one wins.
func WithRules(names ...string) Option { return detectorOption(detector.WithRules(names...)) }

// WithoutRules turns the named rules off. It adds up when repeated.
func WithoutRules(names ...string) Option { return detectorOption(detector.WithoutRules(names...)) }

// WithException sets findings aside that are fine, with a reason: they become notes. It adds up when repeated.
func WithException(e finding.Exception) Option { return detectorOption(detector.WithException(e)) }

// WithScopeName sets how Middleware names the scope of a request, which it calls after the request has been served. The
// default is the method and the route's pattern. The name goes into reports and logs: it should hold no data of the
// request. The last one wins.
func WithScopeName(fn func(*http.Request) string) Option {
	return optionFunc(func(c *config) { c.name = fn })
}

// WithSource sets what answers questions about the source of the watched program. The default is none: a service has no
// source at hand. The last one wins.
func WithSource(s analysis.Source) Option { return detectorOption(detector.WithSource(s)) }

// WithoutProvenance keeps the Watcher from looking into the rows of results; see detector.WithoutProvenance for what it
// then does not find. The default is to look.
func WithoutProvenance() Option { return detectorOption(detector.WithoutProvenance()) }
