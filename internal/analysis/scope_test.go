package analysis

import (
	"runtime"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// A fakeSource is a source that returns what it was given. What is not given is not known.
type fakeSource struct {
	Source   // nil: methods that a test does not expect panic
	loops    []Loop
	complete bool
	flow     func(parent []Frame, l Loop) Flow
}

func (s *fakeSource) Loops([]Frame) ([]Loop, bool) { return s.loops, s.complete }

func (s *fakeSource) Flows(parent, _ []Frame, l Loop) Flow {
	if s.flow == nil {
		return Flow{}
	}
	return s.flow(parent, l)
}

func (s *fakeSource) Collection([]Frame, Loop, Loop) FlowResult { return FlowUnknown }
func (s *fakeSource) Locks(Frame, int, int) bool                { return false }
func (s *fakeSource) Rows([]Frame) RowUse                       { return RowUse{} }
func (s *fakeSource) LoadsRelation(Frame) bool                  { return false }
func (s *fakeSource) Forwards(Frame) bool                       { return false }
func (s *fakeSource) PassesOn(Frame) bool                       { return false }
func (s *fakeSource) Exclusive(Frame, int, int) bool            { return false }
func (s *fakeSource) CalledAgain([]Frame) int                   { return -1 }
func (s *fakeSource) Line(string, int) string                   { return "" }
func (s *fakeSource) Generated(string, string) bool             { return false }
func (s *fakeSource) Supports(string, string) bool              { return false }
func (s *fakeSource) Arm(Frame, int, int) (finding.Position, bool) {
	return finding.Position{}, false
}
func (s *fakeSource) Directive(string, []Frame, *Loop) (Directive, bool) {
	return Directive{}, false
}
func (s *fakeSource) Snippet([]Frame, Loop, int) []finding.SnippetLine { return nil }

// call returns a frame of the function name in application code.
func call(name string, line int) Frame {
	return Frame{Function: "example.com/shop." + name, File: "shop/" + name + ".go", Line: line}
}

// newGroup returns a group of statements whose keys vary, called from a stack that begins with the innermost frame.
func newGroup(frames []Frame, text string) *record.Group {
	named := make([]runtime.Frame, len(frames))
	for i, f := range frames {
		named[i] = runtime.Frame{Function: f.Function, File: f.File, Line: f.Line}
	}
	parsed := fingerprint.Parse(fingerprint.SQLite, text)
	return &record.Group{
		Key: record.Key{ID: parsed.ID, Stack: stack.Intern(named), DB: &record.Database{Dialect: fingerprint.SQLite}}, Parsed: parsed, Count: 1,
		Slots: record.NewSlots(parsed.Facts.Values),
	}
}

// passOf returns a pass over a scope with the given groups. source may be nil.
func passOf(source Source, groups ...*record.Group) *Pass {
	for i, g := range groups {
		g.Position = int32(i)
	}
	return NewPass(&record.Frozen{Name: "GET /", Groups: groups}, &Config{Threshold: 3, Rules: AllRules, Source: source})
}
