// Package nplusgonetest fails a test that runs an N+1 query.
//
//	func TestListPosts(t *testing.T) {
//		ctx := nplusgonetest.Test(t)
//		posts, err := store.ListPosts(ctx) // store's *sql.DB comes from nplusgone.Open
//		...
//	}
//
// The test is a scope: the statements that run with ctx are checked when it ends. Code that does not pass a context on is
// checked through [Open], which gives the test a database of its own. VerifyTestMain checks the scopes that the tested
// code makes itself, with nplusgone.Middleware or Begin.
//
// # What fails
//
// A finding fails the test when it is likely or proven (WithLevel), and its loop is not the test's own: a loop in a
// _test.go file is logged as a note. A test whose statements all missed its scope fails too: it has checked nothing.
//
// # Source
//
// This package reads the source of the loops, so it belongs in tests only: a service that imports it links go/parser.
package nplusgonetest
