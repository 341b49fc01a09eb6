package analysis

import (
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/internal/frame"
	"github.com/nplusgone/nplusgone/internal/layers"
	"github.com/nplusgone/nplusgone/internal/record"
)

// A repeat is the loop that repeats a group's statement.
type repeat struct {
	loop   *Loop
	source bool  // the source of all application frames was read, so that no loop means that there is none
	times  int   // number of statements of the group
	turns  int   // number of turns of the loop, as far as the order of the statements shows; 0 if it is not known
	rival  *Loop // a loop further out that may be the one that turned; nil if facts decide
	tested bool  // a loop of a test encloses the loop, and the order of the statements does not show which of the two turned

	measured bool // counters of the loops show which one turned, for all repetitions
}

// noteTest is the note of a repetition by a test.
const noteTest = "the loop is in the test itself"

// repeatsInTest reports whether a test repeats the statement: the loop, or the call if no loop is known, is in test code.
func (p *Pass) repeatsInTest(h *detection) bool {
	t := p.callStack(h.group.Key.Stack)
	if p.onceInSubtests(h) {
		return true
	}
	switch l := h.repeat.loop; {
	case l != nil && l.Test:
		return true
	case l != nil && l.Frame < t.user:
		return p.isTest(t.frames[t.user]) // a library's loop below generated code, which a test calls
	case l != nil && l.Frame < len(t.frames):
		return p.isTest(t.frames[l.Frame]) && l.Helper == ""
	case h.parts != nil:
		return p.repeatedByTest(h)
	case l != nil || t.user < 0 || h.at != nil:
		return false
	}
	return p.isTest(t.frames[t.user])
}

// repeatedByTest reports whether at most one call site of a duplicate is not that of a test: the test looks again at what the code
// under test has read.
func (p *Pass) repeatedByTest(h *detection) bool {
	own := 0
	for i, f := range h.parts {
		t := p.callStack(h.group.Key.Stack)
		if i > 0 && h.repeated != nil && i < len(h.repeated.Sites) {
			t = p.callStack(h.repeated.Sites[i].Group.Key.Stack)
		}
		if !p.isTest(f) && !p.aroundTest(f, t) {
			own++
		}
	}
	return own < 2
}

// onceInSubtests reports whether the statements ran on the goroutines of several tests, once on each: the scope is that of a test
// with subtests.
func (p *Pass) onceInSubtests(h *detection) bool {
	groups := []*group{h.group}
	if h.repeated != nil {
		groups = nil
		for _, s := range h.repeated.Sites {
			groups = append(groups, p.of(s.Group))
		}
	}
	ran := make(map[uint32]bool)
	for _, g := range groups {
		t := p.callStack(g.Key.Stack)
		if !slices.ContainsFunc(t.frames[max(len(t.frames)-2, 0):], func(f Frame) bool { return f.Function == "testing.tRunner" }) {
			return false // the frame outside of it is the runtime's
		}
		for _, e := range p.frozen.Sequence {
			if e.Group != g.Position {
				continue
			}
			if ran[e.Goroutine] {
				return false
			}
			ran[e.Goroutine] = true
		}
	}
	return len(ran) > 1
}

// onOwnGoroutines reports whether g's statements ran on as many goroutines, which begin in functions of the application.
func (p *Pass) onOwnGoroutines(g *group) bool {
	frames := p.callStack(g.Key.Stack).frames
	if n := len(frames); n > 0 && frames[n-1].Function == "runtime.goexit" {
		frames = frames[:n-1]
	}
	if len(frames) == 0 || !isUser(frames[len(frames)-1]) {
		return false
	}
	ran := make(map[uint32]bool)
	for _, e := range p.frozen.Sequence {
		if e.Group != g.Position {
			continue
		}
		if ran[e.Goroutine] {
			return false
		}
		ran[e.Goroutine] = true
	}
	return len(ran) > 1
}

// aroundTest reports whether a loop in test code encloses a frame of a stack, within the scope.
func (p *Pass) aroundTest(f Frame, t *callStack) bool {
	at := slices.Index(t.frames, f)
	if p.cfg.Source == nil || at < 0 {
		return false
	}
	frames := p.inScope(t.frames)
	if at >= len(frames) {
		return false
	}
	loops, _ := p.loopsAround(frames[at:])
	return slices.ContainsFunc(loops, func(l Loop) bool { return l.Test })
}

// harmless reports whether the source shows that the repetition is no problem: there is no loop in application code, or the
// loop has a fixed number of turns, waits, or searches.
func (r repeat) harmless() bool {
	if r.loop == nil {
		return r.source
	}
	return r.loop.Constant && (r.loop.Kind != LoopCounter || r.times <= maxFixedTurns) || r.loop.Waits || r.loop.Searches
}

// repeat returns the loop that repeats g; see findLoop.
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
// whose number of turns is fixed, and one that may be a library's, give way to one further out that explains the repeats
// as well.
func (p *Pass) findLoop(g *group) repeat {
	if p.cfg.Source == nil {
		return repeat{}
	}
	frames := p.inScope(p.callStack(g.Key.Stack).frames)
	loops, complete := p.loopsAround(frames)
	if len(loops) == 0 {
		return repeat{source: complete, times: g.Count}
	}
	t := p.turnsOf(g, frames, loops)
	fixed := -1
	for i := range loops {
		l := &loops[i]
		switch {
		case fixed >= 0 && !l.Constant && !l.Library && !t.counted() && followsRows(g):
			// A loop with a fixed number of turns ranges over no rows: this one does.
		case t.of[i] == 0 || t.statements < 2*t.entered(i):
			continue // it turned once for each time that it was entered: a loop further out repeats the statement
		}
		if !l.Constant {
			if l.Test {
				i = t.severalTurns(loops, i)
			}
			if !t.counted() {
				i = p.withinGoroutine(g, loops, &t, p.byFlow(g, frames, loops, &t, i))
			}
			r := t.repeat(i, loops, g)
			r.tested = t.tested(i, loops)
			if !r.measured {
				r.rival = p.rival(g, frames, loops, &t, i)
			}
			return r
		}
		if fixed < 0 {
			fixed = i
		}
	}
	if fixed < 0 {
		if i := t.severalTurns(loops, len(loops)); i < len(loops) { // no loop further out repeats it: separate requests do, too
			return t.repeat(i, loops, g)
		}
		return repeat{source: complete, times: g.Count}
	}
	if loops[fixed].Test {
		fixed = t.severalTurns(loops, fixed)
	}
	if !t.counted() {
		fixed = p.withinGoroutine(g, loops, &t, fixed)
	}
	return t.repeat(fixed, loops, g)
}

// repeat returns the repeat whose loop is the one at index i.
func (t *turns) repeat(i int, loops []Loop, g *group) repeat {
	return repeat{
		loop: &loops[i], source: true, times: g.Count, turns: t.turns(i, g), measured: t.counted() && t.of[i] > 0,
	}
}

// loopsAround returns the loops around a statement within the scope, the innermost first. complete is false if there may
// be others.
func (p *Pass) loopsAround(frames []Frame) (loops []Loop, complete bool) {
	loops, complete = p.cfg.Source.Loops(frames)
	if at := slices.IndexFunc(loops, func(l Loop) bool { return p.aroundScope(frames, l) }); at >= 0 {
		return loops[:at], true // it repeats scopes
	}
	return loops, complete
}

// inScope returns the frames of a stack that can have a loop which repeats statements of the scope. Loops in frames outside
// of the call that began the scope repeat scopes.
func (p *Pass) inScope(frames []Frame) []Frame {
	begun := p.callStack(p.frozen.Begun).frames
	i, j := len(frames), len(begun)
	for i > 0 && j > 0 && frames[i-1] == begun[j-1] {
		i, j = i-1, j-1
	}
	if i > 0 && j > 0 && frames[i-1].Function == begun[j-1].Function {
		return frames[:i]
	}
	return frames
}

// aroundScope reports whether loop encloses the call that began the scope. frames are those that inScope returned.
func (p *Pass) aroundScope(frames []Frame, loop Loop) bool {
	here := frames[min(loop.Frame, len(frames)-1)]
	return slices.ContainsFunc(p.callStack(p.frozen.Begun).frames, func(b Frame) bool {
		return b.Function == here.Function && b.File == here.File && loop.Line <= b.Line && b.Line <= loop.End
	})
}

// reachesOut reports whether each turn of g's loop also has an effect outside of the program that may fail, so that the
// statement of a row may record its outcome. A call that runs statements is not such an effect.
func (p *Pass) reachesOut(g *group, r repeat) bool {
	if r.loop == nil || r.loop.Helper != "" {
		return false
	}
	file := p.callStack(g.Key.Stack).frames[r.loop.Frame].File
	return slices.ContainsFunc(r.loop.Effects, func(line int) bool {
		return !slices.ContainsFunc(p.groups, func(o *group) bool {
			return slices.ContainsFunc(p.callStack(o.Key.Stack).frames, func(f Frame) bool { return f.File == file && f.Line == line })
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

// diverge returns the indexes of the frames, one of each stack, where two stacks part as seen from their roots: in the
// innermost function that is on both. ok is false if that is not application code, or if the stacks are equal.
func diverge(a, b *callStack) (i, j int, ok bool) {
	i, j = len(a.frames)-1, len(b.frames)-1
	for i >= 0 && j >= 0 && a.frames[i] == b.frames[j] {
		i, j = i-1, j-1
	}
	if i < 0 || j < 0 || a.frames[i].Function != b.frames[j].Function {
		return i, j, false
	}
	return i, j, isUser(a.frames[i])
}

func isUser(f Frame) bool { return frame.User(f.Function, f.File) }

// isTest reports whether f is in a _test.go file or in a file that was written for tests.
func (p *Pass) isTest(f Frame) bool {
	return frame.Test(f.File) || p.cfg.Source != nil && isUser(f) && p.cfg.Source.Supports(f.Function, f.File)
}

// served reports whether g's goroutine is that of a server or a worker, and the scope was begun outside of it, so that the
// scope may have several requests or messages.
func (p *Pass) served(g *group) bool {
	frames := p.callStack(g.Key.Stack).frames
	if len(p.inScope(frames)) < len(frames) {
		return false
	}
	for _, f := range slices.Backward(frames) {
		if isUser(f) {
			return false
		}
		path := frame.Package(f.Function)
		if layers.OfFunction(path, strings.TrimPrefix(f.Function, path+".")).Any(layers.Router | layers.Worker) {
			return true
		}
	}
	return false
}

// waitsBetween reports whether one of the call sites of a repeated statement is in a loop that waits.
func (p *Pass) waitsBetween(h *detection) bool {
	return h.parts != nil && p.inLoopThat(h, func(l Loop) bool { return l.Waits })
}

// readsForRetry reports whether a repeated statement runs in a loop that ends with the first turn that succeeds.
func (p *Pass) readsForRetry(h *detection) bool {
	return p.inLoopThat(h, func(l Loop) bool { return l.Retries })
}

// inLoopThat reports whether a loop around one of the call sites of a repeated statement fits.
func (p *Pass) inLoopThat(h *detection, wanted func(Loop) bool) bool {
	if h.repeated == nil || p.cfg.Source == nil {
		return false
	}
	return slices.ContainsFunc(h.repeated.Sites, func(s record.Site) bool {
		loops, _ := p.loopsAround(p.inScope(p.callStack(s.Group.Key.Stack).frames))
		return slices.ContainsFunc(loops, wanted)
	})
}
