package driver

import "github.com/nplusgone/nplusgone/fingerprint"

// An Option changes how a database is watched. Open, OpenDB, Register, Wrap and WrapConnector take the same options. Of an
// option that is given twice the last one wins.
//
// It is exported because those functions take it.
type Option interface{ apply(*wrapper) }

type optionFunc func(*wrapper)

func (f optionFunc) apply(w *wrapper) { f(w) }

// WithDialect sets the SQL dialect of the database. The default is found by the type of the base driver, or of the driver that a
// wrapper holds: SQLite, MySQL, PostgreSQL, or fingerprint.Unknown.
//
// It is exported for base drivers that this package does not recognise.
func WithDialect(d fingerprint.Dialect) Option {
	return optionFunc(func(w *wrapper) { w.declared, w.given = d, true })
}

// WithScans records which rows of a result the application scans, also where the rows of the base driver do not scan
// their own columns. It needs Go 1.27; with an older Go it does nothing. The default is off, because with it database/sql
// holds the connection's lock during (*sql.Rows).Scan: a sql.Scanner that runs a statement in its own transaction then
// deadlocks.
//
// It is exported because only the application's author knows whether it has such a Scanner.
func WithScans() Option { return optionFunc(func(w *wrapper) { w.scans = true }) }
