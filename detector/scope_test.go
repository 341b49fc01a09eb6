package detector

import (
	"context"
	"database/sql/driver"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// Proves that a scope which is ended again returns the same findings, and calls no sink again.
func TestEndTwice(t *testing.T) {
	calls := 0
	ctx, s := begin(t, WithSink(SinkFunc(func(context.Context, finding.Finding) { calls++ })))
	repeatedly(s, 3)
	first := s.End(ctx)
	if len(first) != 1 {
		t.Fatalf("%d findings, want 1", len(first))
	}
	if diff := cmp.Diff(first, s.End(ctx)); diff != "" {
		t.Errorf("findings differ (-first +second):\n%s", diff)
	}
	if calls != 1 {
		t.Errorf("the sink was called %d times, want once", calls)
	}
}

// Proves that a scope which has ended records nothing: no statement, and no row of a result that is still open.
func TestNothingIsRecordedAfterTheEnd(t *testing.T) {
	ctx, s := begin(t)
	var open record.Result
	if !s.Observe(statement("SELECT id FROM posts", 10), &open) {
		t.Fatal("the rows are not wanted in an open scope")
	}
	s.End(ctx)
	repeatedly(s, 3)
	if s.Observe(statement("SELECT id FROM posts", 10), new(record.Result)) {
		t.Error("the rows are wanted in a scope that has ended")
	}
	open.Row([]string{"id"}, []driver.Value{int64(1)})
	open.Drained()
	open.Close(1, 0)
	if got := s.Statements(); got != 1 {
		t.Errorf("%d statements, want 1", got)
	}
	if got := s.End(ctx); len(got) != 1 || got[0].Rule != "rows-not-closed" {
		t.Errorf("findings after the end: %v, want one about the open result", got)
	}
	if p := s.detector.Profile(); p.Scopes[0].Statements != 1 || p.Scopes[0].Rows != 0 {
		t.Errorf("the profile counts %d statements and %d rows, want 1 and 0", p.Scopes[0].Statements, p.Scopes[0].Rows)
	}
}

// Proves that failed statements are counted and are part of no finding.
func TestFailedStatements(t *testing.T) {
	ctx, s := begin(t)
	for i := range 5 {
		st := statement("SELECT body FROM comments WHERE post_id = ?", 17, int64(i))
		st.Failed = true
		if s.Observe(st, new(record.Result)) {
			t.Error("the rows of a failed statement are wanted")
		}
	}
	if got := s.End(ctx); len(got) != 0 {
		t.Errorf("findings: %v", got)
	}
	if p := s.detector.Profile().Scopes[0]; p.Statements != 5 || p.Errors != 5 {
		t.Errorf("the profile counts %d statements and %d errors, want 5 and 5", p.Statements, p.Errors)
	}
}

// Proves that rows which were not passed to Row, as those of further result sets, are counted once.
func TestCloseCountsRows(t *testing.T) {
	ctx, s := begin(t)
	var r record.Result
	s.Observe(statement("SELECT id FROM posts", 10), &r)
	r.Row([]string{"id"}, []driver.Value{int64(1)})
	r.Close(2, 0)
	r.Close(2, 0) // database/sql closes more than once
	if got := s.Snapshot().Groups[0].Results.Rows; got != 1 {
		t.Errorf("%d values are kept, want 1", got)
	}
	s.End(ctx)
	if got := s.detector.Profile().Scopes[0].Rows; got != 2 {
		t.Errorf("%d rows are counted, want 2", got)
	}
}

// Proves that 1,000 goroutines can use one scope, also while it ends, each with its own result. It is meant for the race
// detector.
func TestScopeIsSafeForConcurrentUse(t *testing.T) {
	const goroutines, statements = 1000, 5
	ctx, s := begin(t)
	var wg sync.WaitGroup
	work := func(n int) {
		for i := range statements {
			st := statement("SELECT body FROM comments WHERE post_id = ?", 17, int64(n*statements+i))
			st.Stack = stack.Capture(0)
			var r record.Result
			if s.Observe(st, &r) {
				r.Row([]string{"body"}, []driver.Value{"nice"})
				r.Close(1, 0)
			}
			s.SetName(s.Name())
		}
	}
	for n := range goroutines {
		wg.Go(func() { work(n) })
	}
	wg.Wait()
	if got := s.Statements(); got != goroutines*statements {
		t.Errorf("%d statements, want %d", got, goroutines*statements)
	}
	for n := range goroutines {
		wg.Go(func() { work(n) })
		if n == goroutines/2 {
			wg.Go(func() { s.End(ctx) })
		}
	}
	wg.Wait()
	findings := slices.DeleteFunc(s.End(ctx), func(f finding.Finding) bool { return f.Rule == "rows-not-closed" }) // it ended while they ran
	if len(findings) != 1 || findings[0].Count < goroutines*statements {
		t.Errorf("findings %v, want one of %d statements or more", findings, goroutines*statements)
	}
}
