package detector

import (
	"context"
	"testing"

	"github.com/nplusgone/nplusgone/finding"
)

// Proves that a scope begun within another one tells the same sinks, and one begun in nothing tells nobody.
func TestBeginIn(t *testing.T) {
	told := 0
	ctx, s := begin(t, WithSink(SinkFunc(func(context.Context, finding.Finding) { told++ })))
	for _, outer := range []context.Context{ctx, t.Context()} {
		inner, job := BeginIn(outer, "job")
		repeatedly(job, 3)
		if got := len(job.End(inner)); got != 1 {
			t.Errorf("%d findings, want 1", got)
		}
	}
	if told != 1 || s.Statements() != 0 {
		t.Errorf("the sink was told %d times, and the scope outside has %d statements; want 1 and 0", told, s.Statements())
	}
}
