package record

import (
	"slices"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/value"
)

// A run is the statements of a scope with one fingerprint and the same arguments, from the first on that had the same
// result as the one before it, to the last before something came between that could have changed it. Later ones add
// nothing to it.
type Repeat struct {
	Sites []Site
	Key   Mark // of the first key among the arguments; 0 for none
	Rows  int
	Last  uint64 // when the latest ran
	Count int
	over  bool
}

// A site is a group that statements of a run belong to: one way that led to them.
type Site struct {
	Group *Group
	Count int
}

const maxSites = 8

// first is what a scope keeps of a statement in case it runs again: nearly all run once.
type seen struct {
	key    uint64 // of fingerprint, database and arguments; 0 for a free place
	answer uint64 // of transaction and rows
	at     uint64 // when the latest ran; 0 for never
	group  int32  // of the latest, in the scope's order
	run    int32  // one more than the run's place among the scope's, 0 for none yet
}

// compare records a closed result, and whether its statement has run before with the same answer.
func (s *Scope) compare(r *Result, rows int) {
	f := r.group.Facts()
	if f.Kind != fingerprint.Select || f.Volatile || f.Locking || len(f.Writes) > 0 || r.group.Position < 0 {
		return
	}
	known := s.seen.find(value.Mix(r.group.Hash, r.args))
	if known == nil {
		s.stats.Shed = "statements beyond the first 8192 distinct arguments were not compared"
		return
	}
	answer := value.Mix(value.Mix(r.tx, uint64(rows)), r.hash)
	again := known.at > 0 && known.answer == answer && !s.writtenSince(r.group.Key.DB, f.Tables, known.at)
	switch {
	case known.run > 0:
		s.repeats[known.run-1].more(r, again)
	case again:
		d := Repeat{Key: r.key, Rows: rows, Count: 1, Sites: []Site{{s.order[known.group], 1}}}
		d.more(r, true)
		s.repeats = append(s.repeats, d)
		known.run = int32(len(s.repeats))
	}
	known.answer, known.at, known.group = answer, r.at, r.group.Position
}

// more takes in one more statement; again says that nothing can have changed since the one before.
func (d *Repeat) more(r *Result, again bool) {
	if d.over = d.over || !again; d.over {
		return
	}
	d.Count++
	d.Last = r.at
	d.add(r.group)
}

func (d *Repeat) add(g *Group) {
	i := slices.IndexFunc(d.Sites, func(s Site) bool { return s.Group == g })
	switch {
	case i >= 0:
		d.Sites[i].Count++
	case len(d.Sites) < maxSites:
		d.Sites = append(d.Sites, Site{g, 1})
	}
}

// firsts is a hash table of open addressing that only grows, up to maxRuns entries.
type seenTable struct {
	places []seen
	used   int
}

// find returns the place of a key, a fresh one if it is new; nil when the table is full. It stays where it is until the
// next find.
func (t *seenTable) find(key uint64) *seen {
	if 4*t.used >= 3*len(t.places) {
		t.grow()
	}
	mask := uint64(len(t.places) - 1)
	for i := key & mask; ; i = (i + 1) & mask {
		p := &t.places[i]
		switch {
		case p.key == key:
			return p
		case p.key != 0:
			continue
		case t.used == maxRuns:
			return nil
		}
		t.used++
		p.key = key
		return p
	}
}

func (t *seenTable) grow() {
	old := t.places
	t.places = make([]seen, max(8, 2*len(old)))
	mask := uint64(len(t.places) - 1)
	for _, p := range old {
		if p.key == 0 {
			continue
		}
		i := p.key & mask
		for t.places[i].key != 0 {
			i = (i + 1) & mask
		}
		t.places[i] = p
	}
}
