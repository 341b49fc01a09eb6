package nplusgone

import (
	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
)

// A Level says how certain a finding is. WithLevel takes one.
type Level = finding.Level

// The levels, the least certain first. Findings from Likely on fail tests and go to sinks.
const (
	Suspect = finding.Suspect // a heuristic: it may be wrong
	Likely  = finding.Likely  // the same statement from the same call stack, in a loop
	Proven  = finding.Proven  // the data leave no other reading
)

// A Finding is one problem that was found, with its evidence. A Sink receives it.
type Finding = finding.Finding

// An Exception is a finding that is accepted, with the reason. WithException takes one.
type Exception = finding.Exception

// A Sink receives the findings of scopes as they end. It is called on the goroutine that ends the scope, and must be safe
// for concurrent use. WithSink takes one.
type Sink = detector.Sink

// A SinkFunc is a function that is a Sink.
type SinkFunc = detector.SinkFunc

// A Dialect is the SQL dialect that a database speaks. WithDialect takes one.
type Dialect = fingerprint.Dialect

// The dialects. MySQL includes MariaDB; PostgreSQL includes CockroachDB.
const (
	PostgreSQL = fingerprint.PostgreSQL
	MySQL      = fingerprint.MySQL
	SQLite     = fingerprint.SQLite
)
