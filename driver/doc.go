// Package driver wraps a database/sql driver, on github.com/ngrok/sqlmw, and turns its calls into statements.
//
//	db, err := driver.Open("sqlite3", "file:app.db", observer)
//
// Most programs use package nplusgone instead, which brings the observer.
//
// # Transparency
//
// A wrapped driver gives the results and errors of the bare one, unchanged. A connection, statement or result has the
// optional interfaces of its base, or ones that answer exactly what database/sql takes for granted without them. Code
// that needs the concrete type, in (*sql.Conn).Raw for one, calls Unwrap.
//
// A statement that nobody watches runs untouched: its rows are the base's own. There is one thing that a base can tell
// of a statement that somebody watches: from Go 1.27 on, rows that scan their own columns (driver.RowsColumnScanner) are
// asked for each value once more.
//
// # Counting
//
// A call that the base answers with driver.ErrSkip or driver.ErrBadConn is made again by database/sql; it is counted
// when it runs. A prepared statement belongs to the scope of whoever runs it, not of whoever prepared it.
package driver
