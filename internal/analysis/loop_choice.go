package analysis

import (
	"math"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/internal/record"
)

// byFlow returns the index of the loop that g's arguments change with, where the order of the statements does not distinguish
// the loop at index i from those further out: the source shows that a row of the parent, or whatever else differs from
// statement to statement, changes with the turns of that loop and not with those of the inner one.
func (p *Pass) byFlow(g *group, frames []Frame, loops []Loop, t *turns, i int) int {
	if t.entered(i) > 1 || loops[i].Library || !g.Varies().Key {
		return i
	}
	stack := p.callStack(g.Key.Stack).frames
	if eachRowOnce(g) {
		for o := i + 1; o < len(loops); o++ {
			if l := loops[o]; outside(frames, loops[i], l) && p.cfg.Source.Collection(stack, loops[i], l) == FlowExcluded {
				return o // the inner loop ranges over the same values each time, and g has other rows: it turned once each time
			}
		}
	}
	shows := func(l Loop) FlowResult { return p.changesWith(g, l) }
	if shows(loops[i]) != FlowExcluded {
		return i
	}
	for o := i + 1; o < len(loops); o++ {
		if l := loops[o]; outside(frames, loops[i], l) && shows(l) == FlowShown {
			return o
		}
	}
	return i
}

// rival returns the loop around the one at index i that may have turned instead of it; nil if there is none. The two cannot be
// distinguished if no statement ran in the outer loop and outside of the inner one, and the source does not show that g's arguments
// change with the turns of the inner one: the outer one may enter it for a batch that is all there is.
func (p *Pass) rival(g *group, frames []Frame, loops []Loop, t *turns, i int) *Loop {
	if t.entered(i) > 1 || loops[i].Library || loops[i].Test || p.changesWith(g, loops[i]) == FlowShown {
		return nil
	}
	for o := i + 1; o < len(loops); o++ {
		l := &loops[o]
		if l.Constant || l.Test || !outside(frames, loops[i], *l) {
			continue
		}
		if p.changesWith(g, *l) == FlowExcluded || p.runsBetween(g, frames, loops, i, o) {
			return nil
		}
		return l
	}
	return nil
}

// runsBetween reports whether a statement that each turn runs ran in the loop at index outer, or in one between it and the one at index
// inner. Had outer turned between two of g's statements, it would have run again.
func (p *Pass) runsBetween(g *group, frames []Frame, loops []Loop, inner, outer int) bool {
	return slices.ContainsFunc(p.groups, func(o *group) bool {
		if o == g {
			return false
		}
		around := innermostAround(frames, p.inScope(p.callStack(o.Key.Stack).frames), loops)
		return inner < around && around <= outer && p.everyTurn(o, loops[around])
	})
}

// everyTurn reports whether each turn of l, a loop around o's statement, runs it: no call that leads to it is in a branch, nor in a loop
// further in, which may make no turn.
func (p *Pass) everyTurn(o *group, l Loop) bool {
	frames := p.inScope(p.callStack(o.Key.Stack).frames)
	loops, _ := p.loopsAround(frames)
	at := slices.IndexFunc(loops, func(within Loop) bool { return within.Position == l.Position })
	if at < 0 || slices.ContainsFunc(loops[:at], func(within Loop) bool { return !within.Constant }) {
		return false
	}
	l = loops[at] // in o's frames
	for i, fr := range frames[:min(l.Frame+1, len(frames))] {
		first, last := 0, math.MaxInt
		if i == l.Frame {
			first, last = l.Line, l.End
		}
		if _, branch := p.cfg.Source.Arm(fr, first, last); branch && isUser(fr) {
			return false
		}
	}
	return true
}

// withinGoroutine returns the index of the loop that goes over g's rows, where the loop at index i starts the goroutines in which it
// does: workers that take keys from a channel, or that have a part of the keys each. Such a loop makes one turn for each goroutine,
// and the first statement of a goroutine shows no turn of the loop within. It is i if the source does not show that g's arguments
// change with the turns of a loop within, or if most goroutines have one statement that depends on the goroutine.
func (p *Pass) withinGoroutine(g *group, loops []Loop, t *turns, i int) int {
	if !loops[i].Started {
		return i
	}
	for k := range i {
		l := loops[k]
		if l.Constant || l.Library || l.Returns || l.Test && !loops[i].Test || p.changesWith(g, l) != FlowShown {
			continue
		}
		if 2*t.of[k] >= t.entered(k) || p.changesWith(g, loops[i]) == FlowExcluded {
			return k
		}
	}
	return i
}

// outside reports whether outer can turn while inner does not: it is not a library's, not left in each turn, and not the loop
// of the iterator that inner ranges over, which turns together with inner.
func outside(frames []Frame, inner, outer Loop) bool {
	if outer.Library || outer.Returns {
		return false
	}
	body := frames[inner.Frame].Function
	at := strings.LastIndex(body, "-range")
	if at < 0 {
		return true
	}
	return slices.ContainsFunc(frames[inner.Frame+1:outer.Frame+1], func(fr Frame) bool { return fr.Function == body[:at] })
}

// eachRowOnce reports whether each of g's statements is about another row of an earlier result.
func eachRowOnce(g *group) bool {
	return slices.ContainsFunc(g.Slots, func(sl record.Slot) bool {
		return slices.ContainsFunc(sl.Matches, func(m record.ColumnMatch) bool { return m.Repeated == 0 && m.Matched > 1 })
	})
}

// changesWith says whether a key of g changes with the turns of a loop: a value of the closest parent, or any argument if no
// parent is known.
func (p *Pass) changesWith(g *group, l Loop) FlowResult {
	child := p.callStack(g.Key.Stack).frames
	result := FlowUnknown
	for i := range g.Slots {
		sl := &g.Slots[i]
		if !keySlot(g, i) || sl.Constant {
			continue
		}
		for _, m := range closest(sl.Matches, g.Facts().Values[sl.Value]) {
			switch p.cfg.Source.Flows(p.callStack(p.of(m.Parent).Key.Stack).frames, child, l).Result {
			case FlowShown:
				return FlowShown
			case FlowExcluded:
				result = FlowExcluded
			}
		}
	}
	if result != FlowUnknown {
		return result
	}
	return p.cfg.Source.Flows(child, child, l).Turns
}

// followsRows reports whether the values of g are those of several rows of an earlier result.
func followsRows(g *group) bool {
	return slices.ContainsFunc(g.Slots, func(sl record.Slot) bool {
		return slices.ContainsFunc(sl.Matches, func(m record.ColumnMatch) bool { return m.Matched-m.Repeated > 1 })
	})
}
