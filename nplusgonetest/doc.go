// Package nplusgonetest fails a test that runs an N+1 query.
//
//	func TestListPosts(t *testing.T) {
//		ctx := nplusgonetest.Test(t)
//		posts, err := store.ListPosts(ctx) // store's *sql.DB comes from nplusgone.Open
//		...
//	}
//
// The test is a scope. Statements belong to it that run with ctx, or without a scope in their context on the test's
// goroutine and the goroutines it starts. Where statements run elsewhere, as in a server that was started before, [Open]
// gives the test a database whose statements all belong to it. [VerifyTestMain] also checks the scopes that the tested
// code begins itself, with nplusgone.Middleware or nplusgone.Begin.
//
// # What fails
//
// A finding fails the test when it is likely or proven (nplusgone.WithLevel), unless its loop is in a _test.go file: that
// is logged as a note. A test whose statements all ran outside its scope fails, because nothing was checked. A test that
// ran no statement says so in its log. VerifyTestMain makes a package fail in which tests called this package and no
// watched database ran a statement. A panic in nplusgone itself fails the test as not checked.
//
// # Budgets, contracts, growth
//
// [MaxQueries], [MaxQueriesOn] and [NoWrites] limit what a test may run. [Contract] compares what a test runs with a
// golden file. [Grow] runs the same work at two sizes of data and fails on statements whose number grows with the rows.
//
// # Recorded runs
//
// With NPLUSGONE_DIR in the environment, or [WithDir], VerifyTestMain records the run of the package in a file for
// nplusgone report. Each finding is written when its scope ends, so a crash loses nothing that was found, and the file shows that
// the run is incomplete. With NPLUSGONE_BASELINE, or [WithBaseline], known findings do not fail. docs/ci.md has recipes.
//
// # Source
//
// This package reads the source of the code under test, so it belongs in tests only: a service that imports it links the
// Go parser and type checker.
package nplusgonetest
