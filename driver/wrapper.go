package driver

import (
	"sync/atomic"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/fault"
	"github.com/nplusgone/nplusgone/internal/record"
)

// A wrapper is what all connections of one wrapped database share.
type wrapper struct {
	obs      Observer
	database *record.Database
	scans    bool        // see WithScans
	off      atomic.Bool // observation stopped, after a fault of ours
}

// cacheBytes bounds the memory for fingerprints of texts that the process has seen.
const cacheBytes = 16 << 20

var cache = fingerprint.NewCache(cacheBytes)

func (w *wrapper) parse(text string) *fingerprint.Parsed {
	return cache.Parse(w.database.Dialect, text)
}

// guard, deferred around this package's own work, keeps a panic in it away from the application: it records the fault and
// stops observing this database.
func (w *wrapper) guard() {
	if r := recover(); r != nil && w.off.CompareAndSwap(false, true) {
		fault.Report("a database is no longer observed; its statements still run", r)
	}
}
