// Bench measures what watching a database costs, against the same statements on the bare driver.
//
//	go -C bench run .                                  everything; half a minute
//	go -C bench run . -driver noop -workload exec,row  two rows of the table
//	go -C bench run . -rounds 400                      the same, surer
//	go -C bench run . -json                            one JSON object a line
//
// It is a module of its own, so that what it compares with never becomes a dependency of those who use nplusgone.
//
// # How to read it
//
// A ratio is time over the time of the bare driver: 1.00 is free, 2.00 is twice the time. The no-op driver answers at
// once and without allocating for a row, so that its ratios show the most that watching can cost; in-memory SQLite is
// the fastest database there is, so that its ratios bound what an application can notice. Times in nanoseconds are those
// of one statement (of one row in the workload "row") on this machine; compare ratios, not times.
//
// Allocations are those of one statement, database/sql's own included: the line of the bare driver says how many.
//
// A budget is a bound that the project has set itself; "missed" stands beside a ratio above it, or, where the budget
// says so, beside allocations beyond the bare driver's. A miss does not fail the run: a busy machine is no fault.
//
// # Subjects
//
//	bare                     the driver itself
//	sqlmw                    the driver under an interceptor of github.com/ngrok/sqlmw that does nothing
//	nplusgone                watched: each statement belongs to the scope in its context, its rows are kept for provenance
//	nplusgone-no-provenance  watched, with rows left alone
//	nplusgone-unscoped       watched, with no scope in the context: statements are counted and let through
//	otelsql                  github.com/XSAM/otelsql with OpenTelemetry's API and no SDK behind it: spans go nowhere
//
// # Workloads
//
//	exec                DB.ExecContext
//	query-1-row         DB.QueryContext, one row of four columns, scanned
//	query-1000-rows     the same with a thousand rows
//	row                 one row more: what the two above differ by, divided by the rows they differ by
//	prepare-exec-close  DB.PrepareContext, Stmt.ExecContext, Stmt.Close
//	stmt-query-1-row    Stmt.QueryContext of one statement prepared beforehand
//	exec-40-frames      exec, called from a deeper stack, without the scope's context: the goroutine carries it
//
// Statements are called from the 20th frame of the stack (the 40th where the name says so). A scope begins with a
// statement that reads all keys, and goes on with 20 loops in 20 places of 50 statements each, whose arguments are those
// keys: a page with twenty N+1 queries, each of which provenance follows. Workloads of a thousand rows run ten statements
// instead, as many as a scope remembers all rows of.
//
// # Method
//
// Machines are noisy, and their noise is slow: whole seconds are fast or slow. A round therefore lets every subject run
// the same few statements, in random order, and takes each subject's ratio to the bare driver within that round; the
// ratio printed is the median over all rounds. Garbage is collected before each workload of a round. Each turn has a
// fresh scope, which is begun and ended outside the measured time.
//
// # Scopes
//
// The last two lines are bytes of heap. The first is what a small request allocates for being watched: begin a scope,
// run five statements from five places, end it; the same statements on the bare driver are subtracted. The second is
// what one scope holds on to after a million statements of ten thousand texts.
package main
