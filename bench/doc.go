// Bench measures what watching a database costs, compared with the same statements on the bare driver.
//
//	go -C bench run .                                  everything; about half a minute
//	go -C bench run . -driver noop -workload exec,row  two rows of the table
//	go -C bench run . -rounds 400                      with less noise
//	go -C bench run . -json                            one JSON object per line
//
// It is a module of its own, so that users of nplusgone do not depend on what it compares with.
//
// # How to read the table
//
// A ratio is the time divided by the time of the bare driver: 1.00 is no overhead, 2.00 is twice the time. The no-op driver
// returns at once and allocates nothing for a row: its ratios are the most that watching can cost. In-memory SQLite is a
// very fast database: its ratios bound what an application can notice. Times are nanoseconds for one statement (for one row
// in the workload "row") on this machine; compare ratios, not times.
//
// Allocations are those of one statement, database/sql's included, which are those of the line "bare".
//
// A budget is a bound that this project set. "missed" marks a ratio above it or, where the budget says so, allocations
// beyond those of the bare driver. A missed budget does not fail the run, because it may be due to other load.
//
// # Subjects
//
//	bare                     the driver itself
//	sqlmw                    the driver with an interceptor of github.com/ngrok/sqlmw that does nothing
//	nplusgone                watched: each statement belongs to the scope in its context, rows are kept for provenance
//	nplusgone-no-provenance  watched, without looking at rows
//	nplusgone-unscoped       watched, without a scope: statements are counted only
//	otelsql                  github.com/XSAM/otelsql with OpenTelemetry's API and no SDK
//
// # Workloads
//
//	exec                DB.ExecContext
//	query-1-row         DB.QueryContext, one row of four columns, scanned
//	query-1000-rows     the same with a thousand rows
//	row                 one more row: the difference of the two above, divided by their difference in rows
//	prepare-exec-close  DB.PrepareContext, Stmt.ExecContext, Stmt.Close
//	stmt-query-1-row    Stmt.QueryContext of one prepared statement
//	exec-40-frames      exec from a deeper stack, without a scope in the context: the goroutine carries it
//
// Statements are called from the 20th frame of the stack (or the 40th). A scope begins with a statement that reads all
// keys, and continues with 20 loops at 20 call sites of 50 statements each, whose arguments are those keys: a page with
// twenty N+1 queries, each of which provenance follows. Workloads of a thousand rows run ten statements, because a scope
// keeps all rows of ten.
//
// # Method
//
// The noise of a machine is slow: it lasts for seconds. A round therefore runs the same few statements with every subject, in
// random order, and takes each subject's ratio to the bare driver within that round. The printed ratio is the median over
// all rounds. Garbage is collected before each workload of a round. Each measurement has a new scope, which begins and ends
// outside the measured time.
//
// # Scopes
//
// The last two lines are bytes of heap. The first is what a small request allocates for being watched: begin a scope, run
// five statements from five call sites, end it; without what the same statements allocate on the bare driver. The second is
// what one scope holds after a million statements with ten thousand texts.
package main
