package scenario

import (
	"slices"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/internal/frame"
)

// A source answers what a scenario's lines say of its code. All of its files can be read.
type source struct {
	loops     []loop
	flows     []flow
	uses      []useAt
	generated []string // files
	lines     map[place]string

	directives []directive
}

// A directive is a comment about what a rule finds at a line.
type directive struct {
	detector.Directive
	rule string
}

var _ detector.Source = (*source)(nil)

// Loop implements detector.Source. A loop that only retries gives way to one further out.
func (s *source) Loop(stack []detector.Frame) (found detector.Loop, ok, known bool) {
	retrying := false
	for i, f := range stack {
		if !frame.User(f.Function, f.File) || s.Generated(f.Function, f.File) {
			continue
		}
		known = true
		for _, l := range s.around(f) {
			if !ok || retrying && !l.retrying {
				found, ok, retrying = l.describe(f, i), true, l.retrying
			}
		}
	}
	return found, ok, known
}

// Loops implements detector.Source.
func (s *source) Loops(stack []detector.Frame) (loops []detector.Loop, complete bool) {
	for i, f := range stack {
		if !frame.User(f.Function, f.File) || s.Generated(f.Function, f.File) {
			continue
		}
		complete = true
		for _, l := range s.around(f) {
			loops = append(loops, l.describe(f, i))
		}
	}
	return loops, complete
}

// around returns the loops that repeat the call at f, the innermost first.
func (s *source) around(f detector.Frame) []loop {
	var loops []loop
	for _, l := range s.loops {
		if l.file == f.File && l.first < f.Line && f.Line <= l.last {
			loops = append(loops, l)
		}
	}
	slices.SortFunc(loops, func(a, b loop) int { return b.first - a.first })
	return loops
}

// describe returns l as it encloses the call at f, the i-th frame of a stack.
func (l loop) describe(f detector.Frame, i int) detector.Loop {
	return detector.Loop{
		Place: detector.Place{File: l.file, Line: l.first, Function: frame.Name(f.Function)},
		End:   l.last, Kind: l.kind, Test: frame.Test(l.file), Constant: l.constant, Waits: l.waits, Helper: l.helper, Frame: i,
		Searches: l.searches, Receives: l.receives, Cached: l.cached, Effects: l.effects, Retries: l.retrying,
	}
}

// Flows implements detector.Source. A flow that no line of the scenario has is unknown.
func (s *source) Flows(parent, _ []detector.Frame, l detector.Loop) detector.Flow {
	if slices.ContainsFunc(s.flows, func(f flow) bool {
		return f.loop == place{l.File, l.Line} && slices.ContainsFunc(parent, func(fr detector.Frame) bool {
			return f.parent == place{fr.File, fr.Line}
		})
	}) {
		return detector.Flow{Result: detector.FlowShown, Turns: detector.FlowShown}
	}
	return detector.Flow{}
}

// Directive implements detector.Source.
func (s *source) Directive(rule string, stack []detector.Frame, l *detector.Loop) (d detector.Directive, found bool) {
	for _, d := range s.directives {
		if d.rule != rule {
			continue
		}
		at := func(file string, line int) bool { return d.Place.File == file && d.Place.Line == line }
		if l != nil && at(l.File, l.Line) || slices.ContainsFunc(stack, func(f detector.Frame) bool { return at(f.File, f.Line) }) {
			return d.Directive, true
		}
	}
	return d, false
}

// Line implements detector.Source. There is no text but what a scenario's "code" lines give.
func (s *source) Line(file string, line int) string { return s.lines[place{file, line}] }

// Snippet implements detector.Source.
func (s *source) Snippet([]detector.Frame, detector.Loop, int) []detector.SnippetLine { return nil }

// Supports implements detector.Source.
func (s *source) Supports(string, string) bool { return false }

// Generated implements detector.Source.
func (s *source) Generated(_, file string) bool { return slices.Contains(s.generated, file) }
