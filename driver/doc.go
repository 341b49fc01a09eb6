// Package driver watches a database/sql driver: it turns the calls of the driver into statements, and records them in the
// scope that they belong to.
//
//	db, err := driver.Open("sqlite3", "file:app.db", observer)
//
// Programs use package nplusgone instead, which brings the observer.
//
// # Transparency
//
// A watched driver returns the results and errors of the bare one, unchanged. A connection, statement or result has the
// optional interfaces of its base, or ones that return what database/sql assumes without them. Code that needs the
// concrete type, for example in (*sql.Conn).Raw, calls Unwrap.
//
// A statement without a scope runs untouched: its rows are the base's own. Of a statement with a scope the base can
// observe two things. From Go 1.27 on, rows that scan their own columns (driver.RowsColumnScanner) are asked for each
// value once more. And the method Value of a few well-known types is called once more if the base converts arguments
// itself, as pgx does; see pureValuers.
//
// # Counting
//
// A call for which the base returns driver.ErrSkip or driver.ErrBadConn is not recorded: database/sql makes it again. A
// prepared statement belongs to the scope that runs it, not to the one that prepared it. A database that is wrapped twice
// is recorded once, see wrapConn.
package driver
