package detector

import (
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/stack"
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
	group  *group // of the first
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
	d, ok := s.runs[key]
	switch {
	case !ok && len(s.runs) >= maxRuns:
		s.stats.shed = "statements beyond the first 8192 distinct arguments were not compared"
		return
	case !ok:
		if s.runs == nil {
			s.runs = make(map[runKey]*run)
		}
		d = &run{}
		s.runs[key] = d
		fallthrough
	case d.result != r.hash || d.rows != r.rows || d.tx != r.tx || s.writtenSince(key.db, f.Tables, d.at):
		if d.best > 1 {
			d.at = r.at
			return // what was found stays found
		}
		*d = run{group: r.group, result: r.hash, rows: r.rows, tx: r.tx}
	}
	d.at = r.at
	d.count++
	d.best = max(d.best, d.count)
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
