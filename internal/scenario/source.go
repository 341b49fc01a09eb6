package scenario

import (
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"
	"github.com/nplusgone/nplusgone/internal/layers"
)

// A source returns what a scenario's lines say of its code. All of its files can be read.
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
	analysis.Directive
	rule string
}

var _ analysis.Source = (*source)(nil)

// Loops implements analysis.Source.
func (s *source) Loops(stack []analysis.Frame) (loops []analysis.Loop, complete bool) {
	for i, f := range stack {
		if !frame.User(f.Function, f.File) || s.Generated(f.Function, f.File) {
			continue
		}
		complete = true
		for _, l := range s.around(f) {
			loops = append(loops, l.describe(f, i))
		}
	}
	return loops, complete && stack[len(stack)-1].Function != "runtime.goexit"
}

// around returns the loops that repeat the call at f, the innermost first.
func (s *source) around(f analysis.Frame) []loop {
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
func (l loop) describe(f analysis.Frame, i int) analysis.Loop {
	return analysis.Loop{
		Position: finding.Position{File: l.file, Line: l.first, Function: frame.Name(f.Function)},
		End:      l.last, Kind: l.kind, Test: frame.Test(l.file), Constant: l.constant, Waits: l.waits, Helper: l.helper, Frame: i,
		Searches: l.searches, Receives: l.receives, Passes: l.passes, Exits: l.exits, Cached: l.cached, Effects: l.effects, Retries: l.retrying,
	}
}

// Flows implements analysis.Source. A flow that no line of the scenario has is unknown.
func (s *source) Flows(parent, _ []analysis.Frame, l analysis.Loop) analysis.Flow {
	i := slices.IndexFunc(s.flows, func(f flow) bool {
		return f.loop == place{l.File, l.Line} && slices.ContainsFunc(parent, func(fr analysis.Frame) bool {
			return f.parent == place{fr.File, fr.Line}
		})
	})
	switch {
	case i < 0:
		return analysis.Flow{}
	case s.flows[i].excluded:
		return analysis.Flow{Result: analysis.FlowExcluded}
	}
	return analysis.Flow{Result: analysis.FlowShown, Turns: analysis.FlowShown}
}

// Collection implements analysis.Source. A scenario says nothing of collections.
func (s *source) Collection([]analysis.Frame, analysis.Loop, analysis.Loop) analysis.FlowResult {
	return analysis.FlowUnknown
}

// Directive implements analysis.Source.
func (s *source) Directive(rule string, stack []analysis.Frame, l *analysis.Loop) (d analysis.Directive, found bool) {
	for _, d := range s.directives {
		if d.rule != rule {
			continue
		}
		at := func(file string, line int) bool { return d.Position.File == file && d.Position.Line == line }
		if l != nil && at(l.File, l.Line) || slices.ContainsFunc(stack, func(f analysis.Frame) bool { return at(f.File, f.Line) }) {
			return d.Directive, true
		}
	}
	return d, false
}

// LoadsRelation implements analysis.Source. A scenario names functions of data layers, which the table knows.
func (s *source) LoadsRelation(fr analysis.Frame) bool {
	pkg := frame.Package(fr.Function)
	return layers.OfFunction(pkg, fr.Function[min(len(pkg)+1, len(fr.Function)):]).Has(layers.RelationLoader)
}

// Forwards implements analysis.Source. The code of a scenario has no hooks.
func (s *source) Forwards(analysis.Frame) bool { return false }

// PassesOn implements analysis.Source: the text of the line ends with the two parameters.
func (s *source) PassesOn(fr analysis.Frame) bool {
	return strings.HasSuffix(s.Line(fr.File, fr.Line), "(query, args...)")
}

// Exclusive implements analysis.Source. The lines of a scenario are those of one branch, but for "case" lines: a line whose text
// begins with that word is in a case of its own.
func (s *source) Exclusive(fr analysis.Frame, a, b int) bool {
	text := func(line int) bool { return strings.HasPrefix(s.Line(fr.File, line), "case ") }
	return text(a) && text(b) && a != b
}

// CalledAgain implements analysis.Source. A line of a scenario has one call.
func (s *source) CalledAgain([]analysis.Frame) int { return -1 }

// Arm implements analysis.Source. The text of a line of the loop above fr's that begins with "if " or "case " begins an arm, which
// reaches to the loop's end.
func (s *source) Arm(fr analysis.Frame, first, last int) (finding.Position, bool) {
	for line := min(last, fr.Line) - 1; line > first; line-- {
		if text := s.Line(fr.File, line); strings.HasPrefix(text, "case ") || strings.HasPrefix(text, "if ") {
			return finding.Position{File: frame.Relative(fr.Function, fr.File), Line: line, Function: frame.Name(fr.Function), Text: text}, true
		}
	}
	return finding.Position{}, false
}

// Locks implements analysis.Source. The text of a line shows a lock, if the scenario gives one.
func (s *source) Locks(fr analysis.Frame, first, last int) bool {
	for line := first; line <= last; line++ {
		if strings.HasSuffix(s.lines[place{fr.File, line}], ".Lock()") {
			return true
		}
	}
	return false
}

// Line implements analysis.Source. There is no text but what a scenario's "code" lines give.
func (s *source) Line(file string, line int) string { return s.lines[place{file, line}] }

// Snippet implements analysis.Source.
func (s *source) Snippet([]analysis.Frame, analysis.Loop, int) []finding.SnippetLine { return nil }

// Supports implements analysis.Source.
func (s *source) Supports(string, string) bool { return false }

// Generated implements analysis.Source.
func (s *source) Generated(_, file string) bool { return slices.Contains(s.generated, file) }
