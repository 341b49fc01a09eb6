package driver

import (
	"database/sql/driver"
	"sync"
	"sync/atomic"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/fault"
	"github.com/nplusgone/nplusgone/internal/record"
)

// A wrapper is what all connections of one watched database share.
type wrapper struct {
	obs      Observer
	database *record.Database
	declared fingerprint.Dialect // that of an option, or of the driver
	given    bool                // by an option
	learned  sync.Once           // a connection has said its dialect
	scans    bool                // see WithScans
	off      atomic.Bool         // watching ended, after a panic in this module
}

// newWrapper returns the wrapper of a database whose driver is base. If base is watched already, its options are the
// defaults.
func newWrapper(base driver.Driver, obs Observer, opts []Option) *wrapper {
	w := &wrapper{obs: obs, database: new(record.Database), declared: dialectOf(base)}
	if inner, ok := find[interface{ wrapper() *wrapper }](base); ok {
		if iw := inner.wrapper(); iw != nil {
			w.declared, w.given, w.scans = iw.declared, iw.given, iw.scans
		}
	}
	for _, o := range opts {
		o.apply(w)
	}
	if w.database != nil {
		w.database.Dialect = w.declared
	}
	return w
}

// learn finds the dialect by the first connection, if the driver does not show it. It is called before the connection runs a statement.
func (w *wrapper) learn(base driver.Conn) {
	if w.given || w.declared != fingerprint.Unknown || w.database == nil {
		return
	}
	w.learned.Do(func() { w.database.Dialect = dialectOf(base) })
}

// guard, deferred around this package's own work, keeps a panic in it away from the application: it records the fault and
// ends the watching of this database.
func (w *wrapper) guard() {
	if r := recover(); r != nil && w.off.CompareAndSwap(false, true) {
		fault.Report("a database is no longer observed; its statements still run", r)
	}
}
