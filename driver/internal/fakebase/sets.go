package fakebase

import "database/sql/driver"

// A type has a method or has it not, so each set of optional interfaces needs a type of its own. There are far too many
// sets; these hold every two features of a part together, each alone, and neither. Package driver's tests check that, and
// that the connections have every set of methods that the driver distinguishes.

// connSets make connections.
var connSets = map[Feature]func(*conn) driver.Conn{
	0: func(c *conn) driver.Conn { return c },
	ConnBeginTx | ConnPrepareContext | ExecerContext | QueryerContext: func(c *conn) driver.Conn {
		return struct {
			*conn
			beginTx
			prepareContext
			execerContext
			queryerContext
		}{c, beginTx{c}, prepareContext{c}, execerContext{c}, queryerContext{c}}
	},
	Execer | Queryer: func(c *conn) driver.Conn {
		return struct {
			*conn
			execer
			queryer
		}{c, execer{c}, queryer{c}}
	},
	ConnBeginTx | ExecerContext | ConnChecker | Pinger: func(c *conn) driver.Conn {
		return struct {
			*conn
			beginTx
			execerContext
			connChecker
			pinger
		}{c, beginTx{c}, execerContext{c}, connChecker{c}, pinger{c}}
	},
	ConnBeginTx | ConnPrepareContext | Queryer | ConnChecker | Pinger: func(c *conn) driver.Conn {
		return struct {
			*conn
			beginTx
			prepareContext
			queryer
			connChecker
			pinger
		}{c, beginTx{c}, prepareContext{c}, queryer{c}, connChecker{c}, pinger{c}}
	},
	ExecerContext | Execer | ConnChecker | SessionResetter: func(c *conn) driver.Conn {
		return struct {
			*conn
			execerContext
			execer
			connChecker
			resetter
		}{c, execerContext{c}, execer{c}, connChecker{c}, resetter{c}}
	},
	ExecerContext | Execer | Queryer | ConnChecker | SessionResetter: func(c *conn) driver.Conn {
		return struct {
			*conn
			execerContext
			execer
			queryer
			connChecker
			resetter
		}{c, execerContext{c}, execer{c}, queryer{c}, connChecker{c}, resetter{c}}
	},
	ConnBeginTx | QueryerContext | Pinger | SessionResetter: func(c *conn) driver.Conn {
		return struct {
			*conn
			beginTx
			queryerContext
			pinger
			resetter
		}{c, beginTx{c}, queryerContext{c}, pinger{c}, resetter{c}}
	},
	ConnBeginTx | ConnPrepareContext | ConnChecker | Pinger | SessionResetter: func(c *conn) driver.Conn {
		return struct {
			*conn
			beginTx
			prepareContext
			connChecker
			pinger
			resetter
		}{c, beginTx{c}, prepareContext{c}, connChecker{c}, pinger{c}, resetter{c}}
	},
	ConnBeginTx | Validator: func(c *conn) driver.Conn {
		return struct {
			*conn
			beginTx
			validator
		}{c, beginTx{c}, validator{c}}
	},
	ConnPrepareContext | ExecerContext | Execer | QueryerContext | Pinger | Validator: func(c *conn) driver.Conn {
		return struct {
			*conn
			prepareContext
			execerContext
			execer
			queryerContext
			pinger
			validator
		}{c, prepareContext{c}, execerContext{c}, execer{c}, queryerContext{c}, pinger{c}, validator{c}}
	},
	ConnBeginTx | ExecerContext | Execer | ConnChecker | Pinger | Validator: func(c *conn) driver.Conn {
		return struct {
			*conn
			beginTx
			execerContext
			execer
			connChecker
			pinger
			validator
		}{c, beginTx{c}, execerContext{c}, execer{c}, connChecker{c}, pinger{c}, validator{c}}
	},
	ConnBeginTx | ConnPrepareContext | QueryerContext | ConnChecker | Pinger | Validator: func(c *conn) driver.Conn {
		return struct {
			*conn
			beginTx
			prepareContext
			queryerContext
			connChecker
			pinger
			validator
		}{c, beginTx{c}, prepareContext{c}, queryerContext{c}, connChecker{c}, pinger{c}, validator{c}}
	},
	SessionResetter | Validator: func(c *conn) driver.Conn {
		return struct {
			*conn
			resetter
			validator
		}{c, resetter{c}, validator{c}}
	},
	ConnPrepareContext | ExecerContext | SessionResetter | Validator: func(c *conn) driver.Conn {
		return struct {
			*conn
			prepareContext
			execerContext
			resetter
			validator
		}{c, prepareContext{c}, execerContext{c}, resetter{c}, validator{c}}
	},
	QueryerContext | ConnChecker | Pinger | SessionResetter | Validator: func(c *conn) driver.Conn {
		return struct {
			*conn
			queryerContext
			connChecker
			pinger
			resetter
			validator
		}{c, queryerContext{c}, connChecker{c}, pinger{c}, resetter{c}, validator{c}}
	},
	ConnBeginTx | ConnPrepareContext | ExecerContext | Execer | QueryerContext | Queryer | ConnChecker | Pinger | SessionResetter | Validator: func(c *conn) driver.Conn {
		return struct {
			*conn
			beginTx
			prepareContext
			execerContext
			execer
			queryerContext
			queryer
			connChecker
			pinger
			resetter
			validator
		}{c, beginTx{c}, prepareContext{c}, execerContext{c}, execer{c}, queryerContext{c}, queryer{c}, connChecker{c}, pinger{c}, resetter{c}, validator{c}}
	},
}

// stmtSets make prepared statements.
var stmtSets = map[Feature]func(*stmt) driver.Stmt{
	0: func(s *stmt) driver.Stmt { return s },
	StmtExecContext | StmtQueryContext: func(s *stmt) driver.Stmt {
		return struct {
			*stmt
			stmtExecContext
			stmtQueryContext
		}{s, stmtExecContext{s}, stmtQueryContext{s}}
	},
	StmtExecContext | StmtChecker: func(s *stmt) driver.Stmt {
		return struct {
			*stmt
			stmtExecContext
			stmtChecker
		}{s, stmtExecContext{s}, stmtChecker{s}}
	},
	StmtQueryContext | StmtChecker: func(s *stmt) driver.Stmt {
		return struct {
			*stmt
			stmtQueryContext
			stmtChecker
		}{s, stmtQueryContext{s}, stmtChecker{s}}
	},
	ColumnConverter: func(s *stmt) driver.Stmt {
		return struct {
			*stmt
			columnConverter
		}{s, columnConverter{s}}
	},
	StmtExecContext | StmtQueryContext | StmtChecker | ColumnConverter: func(s *stmt) driver.Stmt {
		return struct {
			*stmt
			stmtExecContext
			stmtQueryContext
			stmtChecker
			columnConverter
		}{s, stmtExecContext{s}, stmtQueryContext{s}, stmtChecker{s}, columnConverter{s}}
	},
}

// rowsSets make results.
var rowsSets = map[Feature]func(*rows) driver.Rows{
	0: func(r *rows) driver.Rows { return r },
	NextResultSet: func(r *rows) driver.Rows {
		return struct {
			*rows
			nextResultSet
		}{r, nextResultSet{r}}
	},
	TypeDatabaseTypeName | TypeNullable: func(r *rows) driver.Rows {
		return struct {
			*rows
			typeDatabaseTypeName
			typeNullable
		}{r, typeDatabaseTypeName{r}, typeNullable{r}}
	},
	TypeLength | TypeNullable | TypePrecisionScale: func(r *rows) driver.Rows {
		return struct {
			*rows
			typeLength
			typeNullable
			typePrecisionScale
		}{r, typeLength{r}, typeNullable{r}, typePrecisionScale{r}}
	},
	TypeDatabaseTypeName | TypeLength | TypeScanType: func(r *rows) driver.Rows {
		return struct {
			*rows
			typeDatabaseTypeName
			typeLength
			typeScanType
		}{r, typeDatabaseTypeName{r}, typeLength{r}, typeScanType{r}}
	},
	NextResultSet | TypePrecisionScale | TypeScanType: func(r *rows) driver.Rows {
		return struct {
			*rows
			nextResultSet
			typePrecisionScale
			typeScanType
		}{r, nextResultSet{r}, typePrecisionScale{r}, typeScanType{r}}
	},
	NextResultSet | TypeDatabaseTypeName | TypeLength | TypeNullable | TypePrecisionScale | TypeScanType: func(r *rows) driver.Rows {
		return struct {
			*rows
			nextResultSet
			typeDatabaseTypeName
			typeLength
			typeNullable
			typePrecisionScale
			typeScanType
		}{r, nextResultSet{r}, typeDatabaseTypeName{r}, typeLength{r}, typeNullable{r}, typePrecisionScale{r}, typeScanType{r}}
	},
}
