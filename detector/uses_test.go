package detector

import (
	"testing"

	"github.com/nplusgone/nplusgone/finding"
)

// Proves that Uses lists statements in the order of their first execution, summed up over call sites, without transaction
// control; and that a recorder is called once for each scope.
func TestUsesAndRecorder(t *testing.T) {
	var ran []finding.ScopeProfile
	stop := Record(func(p finding.ScopeProfile, found []finding.Finding) {
		if len(found) != 1 {
			t.Errorf("%d findings, want 1", len(found))
		}
		ran = append(ran, p)
	})
	ctx, s := begin(t)
	query(s, statement("SELECT id FROM posts", 3), "id", int64(1))
	s.Observe(statement("SAVEPOINT a", 4), nil)
	repeatedly(s, 3)
	query(s, statement("SELECT id FROM posts", 9), "id", int64(2))
	uses := s.Uses()
	if len(uses) != 2 || uses[0].Count != 2 || uses[0].CallSite.Line != 3 || uses[1].Count != 3 || uses[1].Rows != 3 {
		t.Errorf("got %+v", uses)
	}
	s.End(ctx)
	s.End(ctx)
	if len(s.Uses()) != 0 {
		t.Error("a scope that has ended has uses")
	}
	stop()
	_, late := begin(t)
	late.End(t.Context())
	if len(ran) != 1 || ran[0].Statements != 6 || ran[0].Scopes != 1 {
		t.Errorf("the recorder received %+v", ran)
	}
}
