// Package app is the example application: a small reading room with people, posts, comments, tags,
// categories, a job queue and a log of visits. It uses net/http, database/sql and SQLite.
//
//	db, err := sql.Open("sqlite3", "file:room.db?_journal_mode=WAL&_busy_timeout=5000&_foreign_keys=1")
//	if err == nil {
//		err = app.Seed(ctx, db)
//	}
//	if err == nil {
//		err = http.ListenAndServe("localhost:8080", app.New(db))
//	}
//
// It does not know that it is watched. It imports the standard library only; the caller opens the
// database and chooses the driver.
//
// # Thirteen tips
//
// Each tip of the article "Django ORM Optimization Tips" has a route that ignores it, below /bad, and a
// route that follows it, below /good. Both return the same. [Cases] lists them, and the file tipNN_….go
// has the two handlers of a case next to each other. The handlers share the store, in store_….go, and
// the code in http.go.
//
// A bad handler has exactly one problem, and a good one has none.
//
// # Running the routes
//
// The routes may be called repeatedly and in any order: those that write replace rows, set them to a
// given value or count up, and the two routes of a case write different rows. The route /bad/threads
// queries while the rows of another statement are open, so the pool must not be limited to one
// connection.
package app
