package driver

import (
	"database/sql/driver"
	"sync/atomic"

	"github.com/nplusgone/nplusgone/internal/fault"
	"github.com/nplusgone/nplusgone/internal/record"
)

// A wrapper is what all connections of one watched database share.
type wrapper struct {
	obs      Observer
	database *record.Database
	scans    bool        // see WithScans
	off      atomic.Bool // watching ended, after a panic in this module
}

// newWrapper returns the wrapper of a database whose driver is base. If base is watched already, its options are the
// defaults.
func newWrapper(base driver.Driver, obs Observer, opts []Option) *wrapper {
	w := &wrapper{obs: obs, database: &record.Database{Dialect: dialectOf(base)}}
	if inner, ok := find[interface{ wrapper() *wrapper }](base); ok {
		if iw := inner.wrapper(); iw != nil {
			w.database.Dialect, w.scans = iw.database.Dialect, iw.scans
		}
	}
	for _, o := range opts {
		o.apply(w)
	}
	return w
}

// guard, deferred around this package's own work, keeps a panic in it away from the application: it records the fault and
// ends the watching of this database.
func (w *wrapper) guard() {
	if r := recover(); r != nil && w.off.CompareAndSwap(false, true) {
		fault.Report("a database is no longer observed; its statements still run", r)
	}
}
