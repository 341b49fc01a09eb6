package driver

import (
	"database/sql/driver"
)

// Unwrap returns the base driver's value behind one of ours: a connection (as (*sql.Conn).Raw shows it), a driver, a
// connector, a statement or rows. Other wrappers that have a method Unwrap of the same form are looked through as well.
// A value that wraps nothing is returned as it is.
func Unwrap(v any) any {
	for range maxWrappers {
		switch u := v.(type) {
		case interface{ Unwrap() driver.Conn }:
			v = u.Unwrap()
		case interface{ Unwrap() driver.Driver }:
			v = u.Unwrap()
		case interface{ Unwrap() driver.Connector }:
			v = u.Unwrap()
		case interface{ Unwrap() driver.Stmt }:
			v = u.Unwrap()
		case interface{ Unwrap() driver.Rows }:
			v = u.Unwrap()
		default:
			return v
		}
	}
	return v
}

// maxWrappers ends the search in a wrapper that unwraps to itself.
const maxWrappers = 16
