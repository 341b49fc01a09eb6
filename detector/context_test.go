package detector

import "testing"

// Proves that a context leads to the detector whose scope it carries.
func TestFromContext(t *testing.T) {
	ctx, s := begin(t)
	if got := FromContext(ctx); got != s.detector {
		t.Errorf("the detector is %p, want %p", got, s.detector)
	}
	if got := FromContext(t.Context()); got != nil {
		t.Errorf("a context without a scope has the detector %p", got)
	}
	s.End(ctx)
	if got := FromContext(ctx); got != nil {
		t.Errorf("the context of a scope that has ended has the detector %p", got)
	}
}
