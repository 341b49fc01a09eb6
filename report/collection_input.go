package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
)

// An input takes one source's reports and runs into a collection. It implements intake.
type input struct {
	c      *Collection
	source int
	base   int64    // where the source's positions begin
	run    *keptRun // being read
	number int      // of that run
	twice  bool     // it was read before, from elsewhere: it counts once
}

// locked calls fn while no other input changes the collection.
func (in *input) locked(fn func()) {
	in.c.mu.Lock()
	defer in.c.mu.Unlock()
	fn()
}

func (in *input) setTool(t Tool)            { in.locked(func() { in.c.merged.setTool(t) }) }
func (in *input) profile(p finding.Profile) { in.locked(func() { in.c.merged.profile.add(p) }) }
func (in *input) runs(runs []Run) {
	in.locked(func() { in.c.merged.runs = append(in.c.merged.runs, runs...) })
}

func (in *input) candidates(all []analysis.Candidate) {
	in.locked(func() { in.c.merged.candidates = append(in.c.merged.candidates, all...) })
}

func (in *input) finding(f *finding.Finding, from, to int64) {
	in.locked(func() { in.add(f, from, to) })
}

func (in *input) message(m *Message, from, to int64) (err error) {
	in.locked(func() { err = in.take(m, from, to) })
	return err
}

func (in *input) add(f *finding.Finding, from, to int64) {
	e := entry{at: in.base + from, size: uint32(to - from), source: int32(in.source), run: uint32(in.number)}
	in.c.index.describe(&e, f)
	in.c.index.add(e)
}

func (in *input) take(m *Message, from, to int64) error {
	if m.Start != nil {
		in.begin(*m.Start)
		return nil
	}
	if in.twice {
		return nil
	}
	in.run.messages++
	switch {
	case m.Finding != nil:
		in.add(m.Finding, from, to)
	case m.Scope != nil:
		in.run.open[m.Scope.Name]--
		in.run.statements += m.Scope.Statements
		m.Scope.Package = in.run.start.Package
		in.c.merged.profile.scope(*m.Scope)
	case m.End != nil:
		in.run.messages-- // it does not count itself
		if m.End.Messages != in.run.messages {
			return fmt.Errorf("it has %d messages and should have %d", in.run.messages, m.End.Messages)
		}
		in.run.ended, in.run.untyped, in.run.faults = true, m.End.Untyped, m.End.Faults
		in.run.statements += m.End.Unscoped
		if m.End.Unscoped > 0 {
			in.c.merged.profile.outside(m.End.Unscoped)
		}
		in.number = 0
	case m.Begun != "":
		in.run.open[m.Begun]++
		in.run.begun = true
	}
	return nil
}

func (in *input) begin(s Start) {
	_, in.twice = in.c.byID[s.ID]
	if in.twice && s.ID != "" {
		return
	}
	in.twice = false
	in.run = &keptRun{start: s, open: make(map[string]int), messages: 1}
	in.number = len(in.c.byRun)
	in.c.byRun = append(in.c.byRun, in.run)
	in.c.byID[s.ID] = in.number
	in.c.merged.setTool(s.Tool)
}

// A kept run, as far as it was read.
type keptRun struct {
	start    Start
	open     map[string]int // tests that began, and did not end
	messages int
	ended    bool
	untyped  string

	begun      bool     // a test asked to be checked
	statements int      // in scopes and outside of them
	faults     []string // panics of nplusgone itself
}

// notChecked says why a run that has ended proves nothing; "" if it does.
func (r *keptRun) notChecked() string {
	switch {
	case len(r.faults) > 0:
		return r.faults[0]
	case r.begun && r.statements == 0 && !r.start.Filtered:
		return "its tests asked to be checked, and no watched database ran a statement: open the database with nplusgone.Open"
	}
	return ""
}

func (r *keptRun) run() Run {
	run := Run{Package: r.start.Package, Whole: r.ended && !r.start.Filtered && !r.start.Helper, Untyped: r.untyped}
	if r.start.Helper {
		return run
	}
	if r.ended {
		run.Missing = r.notChecked()
		return run
	}
	run.Missing = "its tests broke off"
	if !r.start.Main {
		run.Missing = "nobody saw its tests end: call nplusgonetest.VerifyTestMain in its TestMain, or give the output of go test -json"
	}
	var in []string
	for _, test := range slices.Sorted(maps.Keys(r.open)) {
		if r.open[test] > 0 {
			in = append(in, test)
		}
	}
	if len(in) > 0 {
		run.Missing += ", in " + strings.Join(in[:min(len(in), 3)], ", ")
	}
	return run
}

// mergeRuns makes one of the runs of a package, and orders them. A package whose tests are spread over shards is whole
// when one of its runs is; what is missing in one run is missing.
func mergeRuns(runs []Run) []Run {
	runs = slices.Clone(runs)
	slices.SortStableFunc(runs, func(a, b Run) int {
		return cmp.Or(cmp.Compare(a.Package, b.Package), cmp.Compare(a.Missing, b.Missing))
	})
	merged := runs[:0]
	for _, r := range runs {
		if n := len(merged); n > 0 && merged[n-1].Package == r.Package {
			merged[n-1].Whole = merged[n-1].Whole || r.Whole
			merged[n-1].Missing = cmp.Or(merged[n-1].Missing, r.Missing)
			merged[n-1].Untyped = cmp.Or(merged[n-1].Untyped, r.Untyped)
			continue
		}
		merged = append(merged, r)
	}
	return slices.Clip(merged)
}
