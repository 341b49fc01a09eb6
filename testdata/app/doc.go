// Package app is the example application: a small reading room with people, posts, comments, tags,
// categories, a job queue and a log of visits, on net/http, database/sql and SQLite.
//
//	db, err := sql.Open("sqlite3", "file:room.db?_journal_mode=WAL&_busy_timeout=5000&_foreign_keys=1")
//	if err == nil {
//		err = app.Seed(ctx, db)
//	}
//	if err == nil {
//		err = http.ListenAndServe("localhost:8080", app.New(db))
//	}
//
// The package knows nothing of who watches it. It imports the standard library only; whoever opens the
// database chooses the driver.
//
// # Thirteen tips, twice
//
// Each tip on talking to a database well has a route that ignores it, below /bad, and a route that
// follows it, below /good. Both do the same job and give the same answer. [Cases] lists them all, and
// the file tipNN_….go holds the two handlers of a case next to each other. What the handlers share is
// the store, in store_….go, and the plumbing in http.go.
//
// A bad handler has exactly one problem, and a good one has none.
//
// # Running the routes
//
// Every route may be called as often as wanted and in any order: what writes replaces rows, sets them to
// a given value or counts up, and a bad writer and its good twin work on rows of their own. The route
// /bad/threads queries while the rows of another statement are open, so the pool must not be limited to
// one connection.
package app
