package driver

import "database/sql/driver"

// methodSets make a connection with each set of methods.
var methodSets = [allMethodSets]func(*conn) driver.Conn{
	0: func(c *conn) driver.Conn { return c },
	executes: func(c *conn) driver.Conn {
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
	executes | queries: func(c *conn) driver.Conn {
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
	executes | resets: func(c *conn) driver.Conn {
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
	executes | queries | resets: func(c *conn) driver.Conn {
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
	executes | validates: func(c *conn) driver.Conn {
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
	executes | queries | validates: func(c *conn) driver.Conn {
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
	executes | resets | validates: func(c *conn) driver.Conn {
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
	executes | queries | resets | validates: func(c *conn) driver.Conn {
		return struct {
			*conn
			execer
			queryer
			resetter
			validator
		}{c, execer{c}, queryer{c}, resetter{c}, validator{c}}
	},
}
