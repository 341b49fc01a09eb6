package fakebase

import (
	"math/bits"
	"strings"
)

// A Feature is an optional interface that a driver may have, or a behaviour that database/sql allows. Features are bits of
// a set.
type Feature uint32

// What a connection may have.
const (
	ConnBeginTx Feature = 1 << iota
	ConnPrepareContext
	ExecerContext
	Execer // the legacy form
	QueryerContext
	Queryer // the legacy form
	ConnChecker
	Pinger
	SessionResetter
	Validator

	connEnd
)

// What a prepared statement may have.
const (
	StmtExecContext Feature = connEnd << iota
	StmtQueryContext
	StmtChecker
	ColumnConverter

	stmtEnd
)

// What a result may have.
const (
	NextResultSet Feature = stmtEnd << iota
	TypeDatabaseTypeName
	TypeLength
	TypeNullable
	TypePrecisionScale
	TypeScanType
	ColumnScanner // from Go 1.27 on

	rowsEnd
)

// What a driver as a whole may have or do.
const (
	ConnectorCloser Feature = rowsEnd << iota
	DriverContext
	ReturnsErrSkip // a connection's Exec and Query return driver.ErrSkip

	End // one beyond the last
)

// The features of each part.
const (
	OfConn Feature = connEnd - 1
	OfStmt         = stmtEnd - connEnd
	OfRows         = rowsEnd - stmtEnd
	All            = End - 1
)

var names = [...]string{
	"ConnBeginTx", "ConnPrepareContext", "ExecerContext", "Execer", "QueryerContext", "Queryer", "ConnChecker", "Pinger",
	"SessionResetter", "Validator", "StmtExecContext", "StmtQueryContext", "StmtChecker", "ColumnConverter",
	"NextResultSet", "TypeDatabaseTypeName", "TypeLength", "TypeNullable", "TypePrecisionScale", "TypeScanType",
	"ColumnScanner", "ConnectorCloser", "DriverContext", "ReturnsErrSkip",
}

// Has reports whether all of the features of g are in f.
func (f Feature) Has(g Feature) bool { return f&g == g }

// String returns the names of the features, joined by plus signs.
func (f Feature) String() string {
	if f == 0 {
		return "nothing"
	}
	var b strings.Builder
	for rest := f; rest != 0; rest &= rest - 1 {
		if b.Len() > 0 {
			b.WriteByte('+')
		}
		b.WriteString(names[bits.TrailingZeros32(uint32(rest))])
	}
	return b.String()
}
