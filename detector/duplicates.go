package detector

import (
	"encoding/binary"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/stack"
	"github.com/nplusgone/nplusgone/internal/value"
)

// A runKey is one statement with one set of arguments.
type runKey struct {
	id   fingerprint.ID
	args uint64
	db   *Database
}

// A run is the repeats of one statement with the same arguments and the same result, as long as nothing came between
// that could have changed it.
type run struct {
	key    runKey
	group  *group   // of the first
	stack  stack.ID // of the first
	result uint64
	rows   int
	tx     uint64
	at     uint64 // when the latest ran
	count  int
	best   int // the longest count so far; a write in between starts a new one
	sites  []site
}

// A site is a stack that a run's statements came from.
type site struct {
	group *group
	stack stack.ID
	count int
}

const maxSites = 8

// run takes in a result that is closed.
func (s *Scope) run(r *Result) {
	f := r.group.facts()
	if f.Kind != fingerprint.Select || f.Volatile || f.Locking || len(f.Writes) > 0 {
		return
	}
	key := runKey{r.group.key.id, r.args, r.group.key.db}
	d := s.runOf(key)
	switch {
	case d == nil && len(s.runs) >= maxRuns:
		s.stats.shed = "statements beyond the first 8192 distinct arguments were not compared"
		return
	case d == nil:
		d = s.newRun(key)
		fallthrough
	case d.result != r.hash || d.rows != r.rows || d.tx != r.tx || s.writtenSince(key.db, f.Tables, d.at):
		if d.best > 1 {
			d.at = r.at
			return // what was found stays found
		}
		*d = run{key: key, group: r.group, result: r.hash, rows: r.rows, tx: r.tx}
	}
	d.at = r.at
	d.count++
	d.best = max(d.best, d.count)
	d.addSite(r)
}

// addSite notes where the latest of the run came from. A run of one statement, as most are, needs no list of places.
func (d *run) addSite(r *Result) {
	if d.count == 1 {
		d.stack = r.stack
		return
	}
	if d.sites == nil {
		d.sites = append(d.sites, site{d.group, d.stack, 1})
	}
	for i := range d.sites {
		if d.sites[i].stack == r.stack {
			d.sites[i].count++
			return
		}
	}
	if len(d.sites) < maxSites {
		d.sites = append(d.sites, site{r.group, r.stack, 1})
	}
}

// runOf returns the run of a key, nil when there is none. It stays where it is until the next newRun.
func (s *Scope) runOf(key runKey) *run {
	if s.runIndex != nil {
		if i, ok := s.runIndex[key.hash()]; ok && s.runs[i].key == key {
			return &s.runs[i]
		}
		return nil
	}
	for i := range s.runs {
		if d := &s.runs[i]; d.key.args == key.args && d.key == key {
			return d
		}
	}
	return nil
}

func (s *Scope) newRun(key runKey) *run {
	s.runs = append(s.runs, run{key: key})
	switch n := len(s.runs); {
	case n == few:
		s.runIndex = make(map[uint64]int32, 4*few)
		for i := range s.runs {
			s.runIndex[s.runs[i].key.hash()] = int32(i)
		}
	case n > few:
		s.runIndex[key.hash()] = int32(n - 1)
	}
	return &s.runs[len(s.runs)-1]
}

// hash is what runs are found by. Two databases rarely share a statement, so that theirs need not be told apart here.
func (k runKey) hash() uint64 { return value.Mix(binary.LittleEndian.Uint64(k.id[:8]), k.args) }
