package nplusgonetest

import (
	"context"
	"fmt"
	"sync"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/record"
)

// Grow runs the same work at two or three sizes of data, the smallest first. It fails the test for each statement whose
// number grows with the data, by half a statement for each row or more. It needs neither a threshold nor a loop that it
// recognises, so it also finds recursion and calls on different lines. Lists of keys in chunks grow slowly, and pass.
//
// populate brings the data to n rows of what the work iterates over: it may add to the size before, or start again. Its
// statements are not checked. act does the work with the context that it is given:
//
//	nplusgonetest.Grow(t, []int{5, 20},
//		func(ctx context.Context, n int) { fill(ctx, db, n) },
//		func(ctx context.Context) { _, err = store.ListPosts(ctx) })
//
// Statements without that context count on the test's goroutine and the goroutines it starts, and elsewhere if their
// database comes from Open, called for this test before.
//
// With three sizes a number has to grow from each to the next. Sizes that do not grow end the test. Options are those of
// Test without budgets and contracts, which are for one size of data.
func Grow(t TestingT, sizes []int, populate func(ctx context.Context, n int), act func(ctx context.Context), opts ...Option) {
	t.Helper()
	cfg, d, err := configure("Grow", opts)
	if err == nil {
		err = analysis.CheckSizes(sizes)
	}
	if err == nil && (populate == nil || act == nil) {
		err = fmt.Errorf("Grow needs a function that populates and one that acts")
	}
	if err != nil {
		t.Fatalf("nplusgonetest: %v", err)
		return
	}
	run, err := startRun("", false)
	if err != nil {
		t.Errorf("nplusgonetest: %v", err)
	}
	faults := len(detector.Faults())
	runs := make([]analysis.Sized, len(sizes))
	for i, n := range sizes {
		record.Ignore(t.Context(), func(ctx context.Context) { populate(ctx, n) })
		runs[i] = measured(t, d, n, act)
	}
	nothing := true
	for _, r := range runs {
		nothing = nothing && len(r.Uses) == 0
	}
	checks.ended.Add(1)
	for _, text := range detector.Faults()[faults:] {
		t.Errorf("nplusgonetest: not checked: %s", text)
	}
	if nothing {
		t.Errorf("nplusgonetest: not checked: no statement ran with the context of Grow.\n" +
			"Pass it to the code under test, or open its database with nplusgonetest.Open.")
		return
	}
	findings := analysis.Growth(runs)
	for i := range findings {
		findings[i].Scope = t.Name()
	}
	run.grown(t.Name(), findings)
	showFindings(t, cfg, d, append(findings, cfg.inner.take()...))
}

// measured runs act in its own scope.
func measured(t TestingT, d *detector.Detector, n int, act func(context.Context)) analysis.Sized {
	t.Helper()
	ctx, scope := d.Begin(t.Context(), fmt.Sprintf("%s (%d rows)", t.Name(), n))
	reported := context.WithValue(ctx, reportedKey{}, true)
	defer scope.End(reported) // also if act ends the test
	before := usesOf(t.Name())
	act(ctx)
	uses := append(scope.Uses(), since(usesOf(t.Name()), before)...)
	return analysis.Sized{Rows: n, Uses: uses, Findings: scope.End(reported)}
}

// databases has the scopes of the databases that tests opened, by the test's name.
var databases struct {
	mu     sync.Mutex
	byTest map[string][]*detector.Scope
}

// remember adds the scope of a test's database, until the function that it returns is called.
func remember(test string, scope *detector.Scope) (forget func()) {
	databases.mu.Lock()
	defer databases.mu.Unlock()
	if databases.byTest == nil {
		databases.byTest = make(map[string][]*detector.Scope)
	}
	databases.byTest[test] = append(databases.byTest[test], scope)
	return func() {
		databases.mu.Lock()
		defer databases.mu.Unlock()
		delete(databases.byTest, test)
	}
}

// usesOf returns what the databases of a test ran so far.
func usesOf(test string) (uses []analysis.Use) {
	databases.mu.Lock()
	defer databases.mu.Unlock()
	for _, scope := range databases.byTest[test] {
		uses = append(uses, scope.Uses()...)
	}
	return uses
}

// since returns the uses in after that are not in before.
func since(after, before []analysis.Use) []analysis.Use {
	counted := make(map[fingerprint.ID]int)
	for _, u := range before {
		counted[u.Fingerprint.ID] += u.Count
	}
	var more []analysis.Use
	for _, u := range after {
		had := min(counted[u.Fingerprint.ID], u.Count)
		counted[u.Fingerprint.ID] -= had
		if u.Count -= had; u.Count > 0 {
			more = append(more, u)
		}
	}
	return more
}

// grown adds the findings of Grow to the run.
func (r *recordedRun) grown(test string, findings []finding.Finding) {
	if r != nil {
		r.w.Scope(finding.ScopeProfile{Name: test, Scopes: 1}, findings)
	}
}
