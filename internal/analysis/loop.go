package analysis

import (
	"slices"

	"github.com/nplusgone/nplusgone/internal/frame"
	"github.com/nplusgone/nplusgone/internal/record"
)

// A repeat is what made a group repeat.
type repeat struct {
	loop   *Loop
	source bool // the source of the user's frames was read: without a loop, there is none
	times  int  // statements of the group
}

// fewTimes is how many statements a loop that counts to a constant may run: a handful of tries or days, not rows.
const fewTimes = 16

// noteTest is why what a test does by itself is only a note.
const noteTest = "the loop is the test's own"

// note says why a finding about this repeat never gates, or "".
func (r repeat) note() string {
	if r.loop != nil && r.loop.Test {
		return noteTest
	}
	return ""
}

// harmless reports whether the repeats are no problem, as far as the source tells: there is no loop in the user's code,
// or it repeats a fixed number of times, or it polls, or searches.
func (r repeat) harmless() bool {
	if r.loop == nil {
		return r.source
	}
	return r.loop.Constant && (r.loop.Kind != LoopCounter || r.times <= fewTimes) || r.loop.Waits || r.loop.Searches
}

// repeat finds the loop that repeated g: the innermost one that went round more than once each time it was entered.
func (p *Pass) repeat(g *group) repeat {
	if r, ok := p.loops[g]; ok {
		return r
	}
	r := p.findLoop(g)
	if p.loops == nil {
		p.loops = make(map[*group]repeat)
	}
	p.loops[g] = r
	return r
}

// findLoop chooses the loop that repeated g: the innermost one that turned at least as often as it was entered. A loop
// whose number of turns is fixed gives way to one further out that turned as well.
func (p *Pass) findLoop(g *group) repeat {
	if p.cfg.Source == nil {
		return repeat{}
	}
	frames := p.inScope(p.trace(g.Key.Stack).frames)
	loops, known := p.loopsAround(frames)
	if len(loops) == 0 {
		return repeat{source: known, times: g.Count}
	}
	t := p.turnsOf(g, frames, loops)
	var fixed *Loop
	for i := range loops {
		switch {
		case fixed != nil && !loops[i].Constant && followsRows(g):
			// A fixed loop goes over no rows: this one does.
		case t.of[i] == 0 || t.statements < 2*t.entered(i):
			continue // it turned once each time: a loop further out repeats the statement
		}
		if !loops[i].Constant {
			return repeat{loop: &loops[i], source: true, times: g.Count}
		}
		if fixed == nil {
			fixed = &loops[i]
		}
	}
	return repeat{loop: fixed, source: known || fixed != nil, times: g.Count}
}

// followsRows reports whether the values of g go along several rows of an earlier result.
func followsRows(g *group) bool {
	return slices.ContainsFunc(g.Slots, func(sl record.Slot) bool {
		return slices.ContainsFunc(sl.Matches, func(m record.ColumnMatch) bool { return m.Matched-m.Repeated > 1 })
	})
}

// loopsAround returns the loops around a statement, the innermost first. known is false where source is missing, so that
// there may be more.
func (p *Pass) loopsAround(frames []Frame) (loops []Loop, known bool) {
	known = p.eachLoop(frames, func(loop Loop, _ func() bool) bool {
		loops = append(loops, loop)
		return true
	})
	return loops, known
}

// eachLoop calls visit with each loop around a statement, the innermost first, until it has enough; outwards reports
// whether a loop of a test is further out. known is false where source is missing, so that there may be more.
func (p *Pass) eachLoop(frames []Frame, visit func(loop Loop, outwards func() bool) (further bool)) (known bool) {
	for from, rest := 0, frames; len(rest) > 0; {
		loop, found, known := p.cfg.Source.Loop(rest)
		if !found {
			return known
		}
		loop.Frame += from
		if p.aroundScope(frames, loop) {
			return true
		}
		from, rest = p.outside(frames, loop, from, rest)
		outwards := func() (test bool) {
			p.eachLoop(rest, func(outer Loop, _ func() bool) bool {
				test = test || outer.Test
				return !test
			})
			return test
		}
		if !visit(loop, outwards) {
			return true
		}
	}
	return true
}

// inScope returns the frames of a stack that may hold a loop which repeats statements of the scope: what lies further out
// than the place where the scope was begun repeats scopes.
func (p *Pass) inScope(frames []Frame) []Frame {
	begun := p.trace(p.frozen.Begun).frames
	i, j := len(frames), len(begun)
	for i > 0 && j > 0 && frames[i-1] == begun[j-1] {
		i, j = i-1, j-1
	}
	if i > 0 && j > 0 && frames[i-1].Function == begun[j-1].Function {
		return frames[:i]
	}
	return frames
}

// aroundScope reports whether loop encloses the place where the scope was begun, in the outermost of the frames that inScope
// has left.
func (p *Pass) aroundScope(frames []Frame, loop Loop) bool {
	here := frames[min(loop.Frame, len(frames)-1)]
	return slices.ContainsFunc(p.trace(p.frozen.Begun).frames, func(b Frame) bool {
		return b.Function == here.Function && b.File == here.File && loop.Line <= b.Line && b.Line <= loop.End
	})
}

// outside returns the stack as it stands around a loop: its function is at the loop, no longer in it.
func (p *Pass) outside(frames []Frame, loop Loop, from int, rest []Frame) (int, []Frame) {
	at := frames[loop.Frame]
	if next := (Frame{at.Function, at.File, loop.Line}); loop.Helper == "" && !loop.Test && next != rest[0] {
		return loop.Frame, append([]Frame{next}, frames[loop.Frame+1:]...)
	}
	return loop.Frame + 1, frames[loop.Frame+1:]
}

// reachesOut reports whether each turn of g's loop also does something outside of the program that may fail: what is
// written for a row then waits for what became of it. A call that runs statements is none.
func (p *Pass) reachesOut(g *group, r repeat) bool {
	if r.loop == nil || r.loop.Helper != "" {
		return false
	}
	function := p.trace(g.Key.Stack).frames[r.loop.Frame].Function
	return slices.ContainsFunc(r.loop.Effects, func(line int) bool {
		return !slices.ContainsFunc(p.groups, func(o *group) bool {
			return slices.ContainsFunc(p.trace(o.Key.Stack).frames, func(f Frame) bool { return f.Function == function && f.Line == line })
		})
	})
}

func sameFrames(a, b []Frame) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// diverge returns the frames, one of each stack, where two stacks part as seen from their roots: the innermost function
// that both went through. ok is false when that is not the user's own code, or the stacks are one.
func diverge(a, b *trace) (i, j int, ok bool) {
	i, j = len(a.frames)-1, len(b.frames)-1
	for i >= 0 && j >= 0 && a.frames[i] == b.frames[j] {
		i, j = i-1, j-1
	}
	if i < 0 || j < 0 || a.frames[i].Function != b.frames[j].Function {
		return i, j, false
	}
	return i, j, isUser(a.frames[i])
}

// part is diverge for stacks that may also part at one call of the user's that leads to functions of the user's which the
// call does not name: resolvers of fields, handlers of events.
func (p *Pass) part(a, b *trace) (i, j int, ok bool) {
	i, j, ok = diverge(a, b)
	if ok || i < 0 || j < 0 || i+1 == len(a.frames) {
		return i, j, ok
	}
	caller := a.frames[i+1]
	return i, j, isUser(caller) && !p.isTest(caller) && isUser(a.frames[i]) && isUser(b.frames[j])
}

func isUser(f Frame) bool { return frame.User(f.Function, f.File) }

// isTest reports whether f is of a test, or of what was written for tests.
func (p *Pass) isTest(f Frame) bool {
	return frame.Test(f.File) || p.cfg.Source != nil && isUser(f) && p.cfg.Source.Supports(f.Function, f.File)
}

// polls reports whether g's repeats look like waiting for something to change: the source says so, or, without it, the
// statements came with pauses.
func (p *Pass) polls(g *group, r repeat) bool {
	if r.loop != nil {
		return r.loop.Waits
	}
	return g.Count > 1 && g.Pause >= pollPause
}
