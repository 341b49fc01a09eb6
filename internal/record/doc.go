// Package record records the statements of a scope while they run.
//
// A [Scope] is one test, request or job. [Begin] starts it and marks the context and the goroutine; an [Observer] decides for
// each statement which scope it belongs to; [Scope.Observe] records it; [Scope.End] returns what was recorded as a [Frozen]
// scope, which package analysis turns into findings.
//
//	ctx, scope := record.Begin(ctx, "GET /posts", nil, false, 0)
//	// … the driver calls scope.Observe for each statement, and the methods of a Result for its rows …
//	frozen, ok := scope.End()
//
// # What is recorded
//
// Statements are not kept. Those with one fingerprint, one call stack and one database form a [Group], which holds sums:
// how often they ran, how many rows they returned, how long they took, in how many transactions. Beyond sums, a scope keeps
//
//   - for each value position of a group, whether the value is the same in all statements, and which columns of earlier results
//     contain the values in row order ([Slot], [ColumnMatch]);
//   - the values of the first rows that each group returned ([Values]);
//   - statements that ran again with equal arguments and results ([Repeat]);
//   - the order of the first statements, with their goroutines ([Event]).
//
// A value is kept only as a hash, under a random key of the process; see package value. Statements that read or write no table
// of the application are counted and belong to no group: transaction control, settings, the system catalog, the tables of
// migration tools. A failed statement is counted as an error.
//
// # Cost and limits
//
// Recording runs within the application's calls. A statement takes some hundred nanoseconds; the second one of a group also
// searches the kept values of earlier groups. All memory is bounded; limits.go has the limits. What exceeds a limit is counted
// and not kept, and [Stats].Shed says so.
//
// # Another process
//
// [Frozen.Write] and [Read] pass a frozen scope to another process; format.go describes the format. Stacks are symbolised when the
// scope is written, each once, and no longer depend on the program. Files are named as in the program that recorded them.
package record
