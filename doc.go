// Package nplusgone finds N+1 queries and their relatives in a running program: it wraps a database/sql driver, groups
// the statements of each request, and reports the loops that run one statement per row.
//
//	db, err := nplusgone.Open("pgx", dsn)
//	...
//	watch := nplusgone.Middleware(nplusgone.WithSlog(slog.Default()))
//	http.ListenAndServe(addr, watch(mux))
//
// In a test, package nplusgonetest does the same and fails the test.
//
// # Scopes
//
// Statements are grouped within a scope: a request (Middleware), a job (Begin), or a test. A statement belongs to the
// scope in its context, else to that of its transaction, else to that of its goroutine, which goroutines inherit; one with
// none of them is counted, and reported as unscoped.
//
// # Guarantees
//
// The watched program gets the results and errors that it would get otherwise. No value of an argument leaves the
// process, nor a hash of one. A fault of this module is told once on standard error and ends the watching, nothing else.
package nplusgone
