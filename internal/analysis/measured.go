package analysis

import (
	"slices"

	"github.com/nplusgone/nplusgone/internal/record"
)

// A measure finds out which of the loops around a group's statement turned between two of its statements, where the loops count their
// turns.
type measure struct {
	frozen *record.Frozen
	site   []int // by loop: its index among those of the stack that count; -1 for none
	some   bool  // a loop counts
}

// measure returns the measure of g. frames are g's frames within the scope.
func (p *Pass) measure(g *group, frames []Frame, loops []Loop) measure {
	m := measure{frozen: p.frozen, site: make([]int, len(loops))}
	counted := p.frozen.Counted.Loops(g.Key.Stack)
	if len(counted) == 0 {
		return measure{}
	}
	used := make(map[int]bool)
	for i := range loops {
		m.site[i] = -1
		l := &loops[i]
		at, line := l.Frame, l.Line
		if l.Own != nil {
			at, line = l.Own.Frame, l.Own.Line
		} else if l.Helper != "" {
			continue // Position is that of a call
		}
		if l.Library || l.Started || at >= len(frames) {
			continue
		}
		j := slices.Index(counted, record.CountedLoop{File: frames[at].File, Line: line})
		if j < 0 || used[j] {
			continue // in a recursion, the loop counts for the innermost call
		}
		used[j] = true
		m.site[i], m.some = j, true
	}
	return m
}

// did returns what the loop at index i did before an event.
func (m *measure) did(event, i int) record.Turned {
	if m.site[i] < 0 {
		return record.TurnUnknown
	}
	return m.frozen.Counted.Turned(event, m.site[i])
}

// within is the index for no loop around the group's statement that is known: something within one turn of a loop repeated it.
const within = -1

// turned returns the index of the loop that turned between the event and the one before it, of the same group and goroutine. It is the
// number of loops if something further out repeated the statement, and within if something further in did. A statement in the same
// entry of a loop shows that no loop further out has turned, and one in another turn of it that this loop has.
//
// measured is false if the counters do not show it. Of the loops that may have turned, inferred is returned, which loop follows from the
// order of the statements, or the next one further out.
func (m *measure) turned(event, inferred int) (turned int, measured bool) {
	if !m.some {
		return inferred, false
	}
	limit := len(m.site)
	var open []int // the loops that may have turned
	for i := range m.site {
		switch m.did(event, i) {
		case record.OtherTurn:
			return i, true
		case record.SameTurn:
			limit = i
		case record.TurnUnknown:
			open = append(open, i)
		}
		if limit == i {
			break
		}
	}
	outer := limit
	if limit < len(m.site) {
		outer = within
	}
	switch at, _ := slices.BinarySearch(open, inferred); {
	case len(open) == 0:
		return outer, true
	case at < len(open):
		return open[at], false
	case outer == within:
		return open[len(open)-1], false
	}
	return outer, false
}
