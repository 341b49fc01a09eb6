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

// Grow runs the same work at two or three sizes of data, the smallest first, and fails the test on each statement that
// runs more often the more data there is: half a statement for each row, or more. It needs no threshold and no loop that
// it understands, so it also finds calls that recur or stand on different lines. Lists of keys in chunks grow as well, but
// slowly, and pass.
//
// What runs without that context counts on the test's goroutine and on those that it starts; elsewhere when its database
// comes from Open, called for this test before.
//
// populate brings the data to n rows of whatever the work goes over: it may add to what the size before left, or begin
// anew. Its statements are not checked. act does the work, with the context it is given:
//
//	nplusgonetest.Grow(t, []int{5, 20},
//		func(ctx context.Context, n int) { fill(ctx, db, n) },
//		func(ctx context.Context) { _, err = store.ListPosts(ctx) })
//
// A count that grows only from one size to the next is not enough: it has to grow with each. Options are those of Test;
// budgets and contracts, which are about one size, are refused. Sizes that do not grow end the test.
func Grow(t TestingT, sizes []int, populate func(ctx context.Context, n int), act func(ctx context.Context), opts ...Option) {
	t.Helper()
	cfg, d, err := configure(opts)
	if err == nil {
		err = cfg.onlyFor("Grow")
	}
	if err == nil && (len(cfg.budgets) > 0 || cfg.contract != "") {
		err = fmt.Errorf("budgets and contracts are for one size of data, not for Grow")
	}
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
	run, err := keep("", false)
	if err != nil {
		t.Errorf("nplusgonetest: %v", err)
	}
	runs := make([]analysis.Sized, len(sizes))
	for i, n := range sizes {
		record.Ignore(t.Context(), func(ctx context.Context) { populate(ctx, n) })
		runs[i] = measured(t, d, n, act)
	}
	nothing := true
	for _, r := range runs {
		nothing = nothing && len(r.Uses) == 0
	}
	if nothing {
		t.Errorf("nplusgonetest: no statement ran with the context that Grow gave, so that nothing was checked. Pass it to the code under test, or open its database with nplusgonetest.Open.")
		return
	}
	findings := analysis.Growth(runs)
	for i := range findings {
		findings[i].Scope = t.Name()
	}
	run.grown(t.Name(), findings)
	tell(t, cfg, d, findings)
}

// measured runs act in a scope of its own.
func measured(t TestingT, d *detector.Detector, n int, act func(context.Context)) analysis.Sized {
	t.Helper()
	ctx, scope := d.Begin(t.Context(), fmt.Sprintf("%s (%d rows)", t.Name(), n))
	told := context.WithValue(ctx, toldKey{}, true)
	defer scope.End(told) // also when act ends the test
	before := usesOf(t.Name())
	act(ctx)
	uses := append(scope.Uses(), since(usesOf(t.Name()), before)...)
	return analysis.Sized{Rows: n, Uses: uses, Findings: scope.End(told)}
}

// databases has the scopes of the databases that tests have from Open, by the test's name.
var databases struct {
	mu     sync.Mutex
	byTest map[string][]*detector.Scope
}

// remember adds the scope of a database of a test, until the function that it returns is called.
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

// usesOf returns what the databases of a test have run so far.
func usesOf(test string) (uses []analysis.Use) {
	databases.mu.Lock()
	defer databases.mu.Unlock()
	for _, scope := range databases.byTest[test] {
		uses = append(uses, scope.Uses()...)
	}
	return uses
}

// since returns how much more there is in after than in before.
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

// grown adds what grew to the run.
func (r *keptRun) grown(test string, findings []finding.Finding) {
	if r != nil {
		r.w.Scope(finding.ScopeProfile{Name: test, Scopes: 1}, findings)
	}
}
