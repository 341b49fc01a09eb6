package analysis

import (
	"slices"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
)

// An index finds groups and detections of a pass, so that a check which looks for the partner of each group does not compare all
// pairs: a scope has up to record.MaxGroups groups.
type index struct {
	detections map[*group][]*detection // those that are about a group
	inserts    map[string][]*group     // INSERTs by table
	finds      map[string][]*group     // SELECTs and UPDATEs by table
	writes     []int                   // positions of writes in the sequence
	spans      []span                  // by group: its statements in the sequence
}

// A span is the part of the sequence from the first statement of a group to its last one. A group without a statement in the
// sequence has the zero span.
type span struct{ first, end int }

// addDetection adds a detection.
func (x *index) addDetection(h *detection) {
	if x.detections == nil {
		x.detections = make(map[*group][]*detection)
	}
	x.detections[h.group] = append(x.detections[h.group], h)
	for _, g := range h.also {
		if g != h.group {
			x.detections[g] = append(x.detections[g], h)
		}
	}
}

// partners returns the groups that have a table of g and may be the other half of an upsert in two statements: INSERTs for a SELECT
// or an UPDATE, and these for an INSERT. A group with several tables may come several times.
func (p *Pass) partners(g *group) func(yield func(*group) bool) {
	x := &p.index
	if x.inserts == nil {
		x.inserts, x.finds = make(map[string][]*group), make(map[string][]*group)
		for _, o := range p.groups {
			by := x.finds
			switch o.Facts().Kind {
			case fingerprint.Insert:
				by = x.inserts
			case fingerprint.Select, fingerprint.Update:
			default:
				continue
			}
			for _, table := range o.Facts().Tables {
				by[table] = append(by[table], o)
			}
		}
	}
	by := x.inserts
	if g.Facts().Kind == fingerprint.Insert {
		by = x.finds
	}
	return func(yield func(*group) bool) {
		for _, table := range g.Facts().Tables {
			for _, o := range by[table] {
				if o != g && o.Key.DB == g.Key.DB && !yield(o) {
					return
				}
			}
		}
	}
}

// writesWithin returns the groups of the writes in the sequence between the first and the last statement of g, each as often as it
// wrote.
func (p *Pass) writesWithin(g *group) func(yield func(*group) bool) {
	x := &p.index
	if x.spans == nil {
		x.spans = make([]span, len(p.groups))
		for at, e := range p.frozen.Sequence {
			if e.Group < 0 {
				continue
			}
			s := &x.spans[e.Group]
			if s.end == 0 {
				s.first = at
			}
			s.end = at + 1
			if len(p.groups[e.Group].Facts().Writes) > 0 {
				x.writes = append(x.writes, at)
			}
		}
	}
	s := x.spans[g.Position]
	from, _ := slices.BinarySearch(x.writes, s.first)
	return func(yield func(*group) bool) {
		for _, at := range x.writes[from:] {
			if at >= s.end || !yield(p.groups[p.frozen.Sequence[at].Group]) {
				return
			}
		}
	}
}

// sharesWrites reports whether two groups write to one table.
func sharesWrites(a, b *group) bool { return record.SharesTable(a.Facts().Writes, b.Facts().Writes) }
