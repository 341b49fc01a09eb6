package driver

import (
	"database/sql/driver"
)

// What a base may be able to do, as an index of connSets.
const (
	execs = 1 << iota
	queries
	resets
	validates

	abilities
)

// expose returns c with the method set that says of the base what it can do, and no more. Go has no way to make a type
// with a method only sometimes: there is one type for each set.
func (c *conn) expose() driver.Conn {
	set := 0
	if canExec(c.base) {
		set |= execs
	}
	if canQuery(c.base) {
		set |= queries
	}
	if _, ok := c.base.(driver.SessionResetter); ok {
		set |= resets
	}
	if _, ok := c.base.(driver.Validator); ok {
		set |= validates
	}
	return connSets[set](c)
}

var connSets = [abilities]func(*conn) driver.Conn{
	0: func(c *conn) driver.Conn { return c },
	execs: func(c *conn) driver.Conn {
		return struct {
			*conn
			execer
		}{c, execer{c}}
	},
	queries: func(c *conn) driver.Conn {
		return struct {
			*conn
			queryer
		}{c, queryer{c}}
	},
	execs | queries: func(c *conn) driver.Conn {
		return struct {
			*conn
			execer
			queryer
		}{c, execer{c}, queryer{c}}
	},
	resets: func(c *conn) driver.Conn {
		return struct {
			*conn
			resetter
		}{c, resetter{c}}
	},
	execs | resets: func(c *conn) driver.Conn {
		return struct {
			*conn
			execer
			resetter
		}{c, execer{c}, resetter{c}}
	},
	queries | resets: func(c *conn) driver.Conn {
		return struct {
			*conn
			queryer
			resetter
		}{c, queryer{c}, resetter{c}}
	},
	execs | queries | resets: func(c *conn) driver.Conn {
		return struct {
			*conn
			execer
			queryer
			resetter
		}{c, execer{c}, queryer{c}, resetter{c}}
	},
	validates: func(c *conn) driver.Conn {
		return struct {
			*conn
			validator
		}{c, validator{c}}
	},
	execs | validates: func(c *conn) driver.Conn {
		return struct {
			*conn
			execer
			validator
		}{c, execer{c}, validator{c}}
	},
	queries | validates: func(c *conn) driver.Conn {
		return struct {
			*conn
			queryer
			validator
		}{c, queryer{c}, validator{c}}
	},
	execs | queries | validates: func(c *conn) driver.Conn {
		return struct {
			*conn
			execer
			queryer
			validator
		}{c, execer{c}, queryer{c}, validator{c}}
	},
	resets | validates: func(c *conn) driver.Conn {
		return struct {
			*conn
			resetter
			validator
		}{c, resetter{c}, validator{c}}
	},
	execs | resets | validates: func(c *conn) driver.Conn {
		return struct {
			*conn
			execer
			resetter
			validator
		}{c, execer{c}, resetter{c}, validator{c}}
	},
	queries | resets | validates: func(c *conn) driver.Conn {
		return struct {
			*conn
			queryer
			resetter
			validator
		}{c, queryer{c}, resetter{c}, validator{c}}
	},
	execs | queries | resets | validates: func(c *conn) driver.Conn {
		return struct {
			*conn
			execer
			queryer
			resetter
			validator
		}{c, execer{c}, queryer{c}, resetter{c}, validator{c}}
	},
}
