package driver

import "database/sql/driver"

// Unwrap returns the base driver's value behind a watched connection (as (*sql.Conn).Raw passes it), driver, connector,
// transaction, statement or rows. It looks through other wrappers as well if they have a method Unwrap of the same form,
// or Raw, as the connections of XSAM/otelsql have. A value that wraps nothing is returned unchanged.
//
// It is exported for code that needs the base driver's own type.
func Unwrap(v any) any {
	for range maxWrappers {
		inner, ok := unwrapOnce(v)
		if !ok {
			break
		}
		v = inner
	}
	return v
}

// maxWrappers ends the search in a wrapper that unwraps to itself.
const maxWrappers = 16

func unwrapOnce(v any) (inner any, ok bool) {
	switch u := v.(type) {
	case interface{ Unwrap() driver.Conn }:
		return u.Unwrap(), true
	case interface{ Unwrap() driver.Driver }:
		return u.Unwrap(), true
	case interface{ Unwrap() driver.Connector }:
		return u.Unwrap(), true
	case interface{ Unwrap() driver.Tx }:
		return u.Unwrap(), true
	case interface{ Unwrap() driver.Stmt }:
		return u.Unwrap(), true
	case interface{ Unwrap() driver.Rows }:
		return u.Unwrap(), true
	case interface{ Raw() driver.Conn }:
		return u.Raw(), true
	}
	return v, false
}

// find returns the first value behind v, or v itself, that is a T.
func find[T any](v any) (found T, ok bool) {
	for range maxWrappers {
		if found, ok = v.(T); ok {
			return found, true
		}
		if v, ok = unwrapOnce(v); !ok {
			break
		}
	}
	return found, false
}
