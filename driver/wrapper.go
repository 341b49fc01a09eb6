package driver

import (
	"fmt"
	"os"
	"runtime/debug"
	"sync/atomic"

	"github.com/nplusgone/nplusgone/fingerprint"
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

// guard, deferred around our own work, keeps a panic of ours away from the application: it says so once on standard
// error and stops observing this database.
func (w *wrapper) guard() {
	if r := recover(); r != nil && w.off.CompareAndSwap(false, true) {
		fmt.Fprintf(os.Stderr, "nplusgone: a fault in nplusgone; this database is no longer observed, statements run on: %v\n%s", r, debug.Stack())
	}
}
