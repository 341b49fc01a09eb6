package record

import (
	"slices"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/value"
)

// A Repeat is a SELECT of a scope that ran several times with equal arguments and returned an equal result each time. It ends
// before the first execution that returned something else, or that followed a write which could have changed the result;
// later executions are not part of it.
type Repeat struct {
	Sites []Site // where it ran, in the order of the first executions
	Key   Mark   // of the first key among the arguments; 0 for none
	Rows  int    // of each result
	Last  uint64 // time of the latest execution
	Count int    // executions
	ended bool
}

// A Site is a group that executions of a Repeat belong to: one call stack.
type Site struct {
	Group *Group
	Count int // executions
}

// seen is what a scope keeps of one statement with its arguments, in case it runs again.
type seen struct {
	key    uint64 // hash of fingerprint, database and arguments; 0 for a free entry
	result uint64 // hash of transaction and rows
	at     uint64 // time of the latest execution; 0 for never
	group  int32  // of the latest execution, as Group.Position
	repeat int32  // 1 + index of its Repeat in the scope; 0 for none yet
}

// compare compares a closed result with that of the previous execution with the same arguments, and keeps it for the next.
func (s *Scope) compare(r *Result, rows int) {
	f := r.group.Facts()
	if f.Kind != fingerprint.Select || f.Volatile || f.Locking || len(f.Writes) > 0 || r.group.Position < 0 {
		return
	}
	previous := s.seen.entry(value.Mix(r.group.Hash, r.args))
	if previous == nil {
		s.stats.Shed = "statements beyond the first 8192 distinct arguments were not compared"
		return
	}
	result := value.Mix(r.hash, uint64(rows))
	again := previous.at > 0 && previous.result == result && !s.writtenSince(r.group.Key.DB, f.Tables, previous.at)
	switch {
	case previous.repeat > 0:
		s.repeats[previous.repeat-1].add(r, again)
	case again:
		d := Repeat{Key: r.key, Rows: rows, Count: 1, Sites: []Site{{s.groups[previous.group], 1}}}
		d.add(r, true)
		s.repeats = append(s.repeats, d)
		previous.repeat = int32(len(s.repeats))
	}
	previous.result, previous.at, previous.group = result, r.at, r.group.Position
}

// add adds an execution, unless the repeat has ended. again says that the result is that of the previous execution and that
// nothing in between can have changed it.
func (d *Repeat) add(r *Result, again bool) {
	if d.ended = d.ended || !again; d.ended {
		return
	}
	d.Count++
	d.Last = r.at
	i := slices.IndexFunc(d.Sites, func(s Site) bool { return s.Group == r.group })
	switch {
	case i >= 0:
		d.Sites[i].Count++
	case len(d.Sites) < maxSites:
		d.Sites = append(d.Sites, Site{r.group, 1})
	}
}

// seenTable is a hash table with open addressing. It holds up to maxSeen entries, and none is removed.
type seenTable struct {
	entries []seen // a power of two, or none
	used    int
}

// entry returns the entry of a key, a new one if there is none; nil if the table is full. It is valid until the next call.
func (t *seenTable) entry(key uint64) *seen {
	if 4*t.used >= 3*len(t.entries) {
		t.grow()
	}
	mask := uint64(len(t.entries) - 1)
	for i := key & mask; ; i = (i + 1) & mask {
		p := &t.entries[i]
		switch {
		case p.key == key:
			return p
		case p.key != 0:
			continue
		case t.used == maxSeen:
			return nil
		}
		t.used++
		p.key = key
		return p
	}
}

// grow doubles the table.
func (t *seenTable) grow() {
	old := t.entries
	t.entries = make([]seen, max(8, 2*len(old)))
	mask := uint64(len(t.entries) - 1)
	for _, p := range old {
		if p.key == 0 {
			continue
		}
		i := p.key & mask
		for t.entries[i].key != 0 {
			i = (i + 1) & mask
		}
		t.entries[i] = p
	}
}
