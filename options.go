package nplusgone

import (
	"log/slog"
	"net/http"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/driver"
	"github.com/nplusgone/nplusgone/internal/logsink"
	"github.com/nplusgone/nplusgone/internal/option"
)

// An Option is a setting. Functions of this package and of package nplusgonetest take the same type; each option says
// which of them it is for, and the others return an error that names them. Of an option that is given twice the last one
// wins, unless its description says otherwise.
type Option = option.Option

const (
	databaseDoors  = "Open, OpenDB, Register, Wrap, WrapConnector, nplusgonetest.Open or nplusgonetest.OpenDB"
	detectorDoors  = "New, Middleware, nplusgonetest.Test, nplusgonetest.Open, nplusgonetest.OpenDB or nplusgonetest.Grow"
	levelDoors     = "New, Middleware, nplusgonetest.Test, nplusgonetest.Open, nplusgonetest.OpenDB, nplusgonetest.Grow or nplusgonetest.VerifyTestMain"
	middlewareDoor = "New or Middleware"
)

// WithDialect sets the SQL dialect of a database. It is for drivers that nplusgone does not recognise. The default is
// found by the type of the base driver. It is an option of all functions that open or wrap a database.
func WithDialect(d Dialect) Option {
	return option.New("WithDialect", databaseDoors, driver.WithDialect(d))
}

// WithScans records which rows the application scans, for drivers whose rows do not scan their own columns. fetch-to-count
// can then prove that no row was read. It needs Go 1.27; with an older Go it does nothing. It is off by default, because
// database/sql then holds the connection's lock during Rows.Scan: a sql.Scanner that runs a statement in the same
// transaction would deadlock. It is an option of all functions that open or wrap a database.
func WithScans() Option { return option.New("WithScans", databaseDoors, driver.WithScans()) }

// WithSlog logs each finding once with l. If l is nil, it logs with slog.Default() at the time of each finding. It is added
// to other sinks. It is an option of New and Middleware. Package nplusgonezap has the same option for zap.
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
func WithSlog(l *slog.Logger) Option {
	return option.New("WithSlog", middlewareDoor, detector.Sink(logsink.Slog(l)))
}

// WithSink passes each finding of WithLevel's level or above to s, as often as it is found. It is added to other sinks.
// It is an option of New and Middleware.
func WithSink(s Sink) Option { return option.New("WithSink", middlewareDoor, s) }

// WithLevel sets the lowest level that fails a test and goes to sinks: Suspect, Likely (the default) or Proven. Reports
// have all levels. It is an option of New and Middleware, and of all functions of package nplusgonetest.
func WithLevel(l Level) Option { return option.New("WithLevel", levelDoors, l) }

// WithThreshold sets how many times a statement runs in one loop before it is reported as likely or suspect. The default
// is 3; less than 2 is an error. A proven finding is reported from 2 on. It is an option of New, Middleware, and the
// functions of package nplusgonetest that begin a scope.
func WithThreshold(n int) Option {
	return option.New("WithThreshold", detectorDoors, detector.WithThreshold(n))
}

// WithRules leaves only the named rules on. The default is all of them; an unknown name is an error. It is an option of
// New, Middleware, and the functions of package nplusgonetest that begin a scope.
func WithRules(names ...string) Option {
	return option.New("WithRules", detectorDoors, detector.WithRules(names...))
}

// WithoutRules turns the named rules off. It may be repeated; an unknown name is an error. It is an option of New, Middleware, and
// the functions of package nplusgonetest that begin a scope.
func WithoutRules(names ...string) Option {
	return option.New("WithoutRules", detectorDoors, detector.WithoutRules(names...))
}

// WithException turns the findings that e describes into notes, which fail nothing and go to no sink. It may be repeated. An
// exception without a reason, and one that would fit everything, are errors. In the code itself a comment does the same:
// //nplusgone:ignore RULE [max=N] REASON, at the loop, at the call or above the function. It is an option of New,
// Middleware, and the functions of package nplusgonetest that begin a scope.
func WithException(e Exception) Option {
	return option.New("WithException", detectorDoors, detector.WithException(e))
}

// WithoutProvenance counts the rows of results without reading their values, which makes each row cheaper. n-plus-one is
// then likely at most, and duplicate-query, which compares results, reports nothing. It is an option of New, Middleware,
// and the functions of package nplusgonetest that begin a scope.
func WithoutProvenance() Option {
	return option.New("WithoutProvenance", detectorDoors, detector.WithoutProvenance())
}

// WithScopeName sets how Middleware names the scope of a request. It calls fn after the request has been served, when
// the route is known. The default is the method and the pattern that http.ServeMux matched. The name goes into reports
// and logs: it should hold no data of the request. It is an option of New and Middleware.
func WithScopeName(fn func(*http.Request) string) Option {
	return option.New("WithScopeName", middlewareDoor, scopeName(fn))
}

type scopeName func(*http.Request) string
