// Package nplusgone finds N+1 queries in a running program. It wraps a database/sql driver, records the statements of each
// request, and reports the loops that run one statement for each row.
//
//	db, err := nplusgone.Open("pgx", dsn) // instead of sql.Open
//	...
//	watch := nplusgone.Middleware(nplusgone.WithSlog(slog.Default()))
//	http.ListenAndServe(addr, watch(mux))
//
// In a test, package nplusgonetest does the same and fails the test.
//
// # Scopes
//
// Statements are grouped within a scope: a request ([Middleware]), a job ([Begin]) or a test. A statement belongs to the
// scope in its context, otherwise to that of its transaction, otherwise to that of its goroutine, which the goroutines
// that it starts inherit. A statement with none of these is counted as unscoped and not checked.
//
// # Guarantees
//
// The program gets the results and errors of the base driver. No value of an argument or row leaves the process, and no
// hash of one. A panic in nplusgone itself is recovered and printed to standard error; recording stops for that database,
// and what was not checked is reported as not checked.
package nplusgone
