// Package nplusgonetest fails a test that runs an N+1 query.
//
//	func TestListPosts(t *testing.T) {
//		ctx := nplusgonetest.Test(t)
//		posts, err := store.ListPosts(ctx) // store's *sql.DB comes from nplusgone.Open
//		...
//	}
//
// The test is a scope: what runs with ctx is checked when it ends, and so is what runs without a context on the test's
// goroutine and on those that it starts. Where statements run elsewhere, [Open] gives the test a database whose statements
// are all its own. VerifyTestMain checks the scopes that the tested
// code makes itself, with nplusgone.Middleware or Begin.
//
// # What fails
//
// A finding fails the test when it is likely or proven (WithLevel), and its loop is not the test's own: a loop in a
// _test.go file is logged as a note. A test whose statements all missed its scope fails too: it has checked nothing.
//
// # More than rules
//
// MaxQueries, MaxQueriesOn and NoWrites are budgets of a test. Contract holds it to a reviewed list of statements. Grow
// runs the same work at two sizes of data and fails on what runs more often with more rows.
//
// # Collecting
//
// With NPLUSGONE_DIR in the environment, or WithDir, VerifyTestMain keeps the run of the package for nplusgone report:
// every finding is in the file as soon as its scope ends, so that a crash leaves what was found, and a mark that the rest
// is missing. With NPLUSGONE_BASELINE, or WithBaseline, known findings do not fail. docs/ci.md has recipes.
//
// # Source
//
// This package reads the source of the loops, so it belongs in tests only: a service that imports it links go/parser.
package nplusgonetest
