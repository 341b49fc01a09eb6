package detector

import (
	"testing"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
)

// onlyLoop is a source with one loop around every statement.
type onlyLoop struct{ analysis.Source }

func (onlyLoop) Loops([]analysis.Frame) ([]analysis.Loop, bool) {
	return []analysis.Loop{{Position: finding.Position{File: "list.go", Line: 16}, End: 18}}, true
}
func (onlyLoop) Flows([]analysis.Frame, []analysis.Frame, analysis.Loop) analysis.Flow {
	return analysis.Flow{Result: analysis.FlowExcluded}
}
func (onlyLoop) Collection([]analysis.Frame, analysis.Loop, analysis.Loop) analysis.FlowResult {
	return analysis.FlowUnknown
}
func (onlyLoop) Directive(string, []analysis.Frame, *analysis.Loop) (analysis.Directive, bool) {
	return analysis.Directive{}, false
}
func (onlyLoop) LoadsRelation(analysis.Frame) bool       { return false }
func (onlyLoop) Forwards(analysis.Frame) bool            { return false }
func (onlyLoop) PassesOn(analysis.Frame) bool            { return false }
func (onlyLoop) Exclusive(analysis.Frame, int, int) bool { return false }
func (onlyLoop) CalledAgain([]analysis.Frame) int        { return -1 }
func (onlyLoop) Arm(analysis.Frame, int, int) (finding.Position, bool) {
	return finding.Position{}, false
}
func (onlyLoop) Locks(analysis.Frame, int, int) bool                                { return false }
func (onlyLoop) Line(string, int) string                                            { return "" }
func (onlyLoop) Rows([]analysis.Frame) analysis.RowUse                              { return analysis.RowUse{} }
func (onlyLoop) Snippet([]analysis.Frame, analysis.Loop, int) []finding.SnippetLine { return nil }
func (onlyLoop) Generated(string, string) bool                                      { return false }
func (onlyLoop) Supports(string, string) bool                                       { return false }

// Proves that detectors without a source use that of the process, also if they were made before it was set.
func TestProcessSource(t *testing.T) {
	ctx, early := begin(t)
	line := func(s *Scope) int {
		repeatedly(s, 3)
		findings := s.End(ctx)
		if len(findings) != 1 {
			t.Fatalf("%d findings, want 1", len(findings))
		}
		return findings[0].Position().Line
	}
	late := func() *Scope { _, s := begin(t); return s }
	if got := line(late()); got != 17 {
		t.Errorf("without source the finding is at line %d, want the call at 17", got)
	}
	SetProcessSource(onlyLoop{})
	defer SetProcessSource(nil)
	if got := line(early); got != 16 {
		t.Errorf("with the source of the process the finding is at line %d, want the loop at 16", got)
	}
}
