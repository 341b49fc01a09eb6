package merge

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/report"
)

// An input adds one source's documents and runs to a collection. It implements handler.
type input struct {
	c         *Collection
	source    int
	base      int64 // offset at which the decoder's positions begin
	run       *run  // the run that is being read; nil in a document
	number    int   // of that run
	duplicate bool  // the run was read before, from elsewhere: it counts once
}

// locked calls fn while no other input changes the collection.
func (in *input) locked(fn func()) {
	in.c.mu.Lock()
	defer in.c.mu.Unlock()
	fn()
}

func (in *input) document()                 { in.number = 0 }
func (in *input) tool(t report.Tool)        { in.locked(func() { in.c.setTool(t) }) }
func (in *input) profile(p finding.Profile) { in.locked(func() { in.c.profile.add(p) }) }
func (in *input) testRuns(runs []finding.TestRun) {
	in.locked(func() { in.c.testRuns = append(in.c.testRuns, runs...) })
}

func (in *input) deferred(all []finding.Deferred) {
	in.locked(func() { in.c.deferred = append(in.c.deferred, all...) })
}

func (in *input) finding(f *finding.Finding, from, to int64) {
	in.locked(func() { in.addFinding(f, from, to) })
}

func (in *input) message(m *Message, from, to int64) (err error) {
	in.locked(func() { err = in.addMessage(m, from, to) })
	return err
}

func (in *input) addFinding(f *finding.Finding, from, to int64) {
	e := entry{at: in.base + from, size: uint32(to - from), source: int32(in.source), run: uint32(in.number)}
	in.c.index.describe(&e, f)
	in.c.index.add(e)
}

func (in *input) addMessage(m *Message, from, to int64) error {
	if m.Start != nil {
		in.begin(*m.Start)
		return nil
	}
	if in.duplicate {
		return nil
	}
	in.run.messages++
	switch {
	case m.Finding != nil:
		in.addFinding(m.Finding, from, to)
	case m.Scope != nil:
		in.run.open[m.Scope.Name]--
		in.run.statements += m.Scope.Statements
		m.Scope.Package = in.run.start.Package
		in.c.profile.addScope(*m.Scope)
	case m.End != nil:
		in.run.messages-- // the end does not count itself
		if m.End.Messages != in.run.messages {
			return fmt.Errorf("it has %d messages and should have %d", in.run.messages, m.End.Messages)
		}
		in.run.ended, in.run.untyped = true, m.End.Untyped
		if m.End.Unscoped > 0 {
			in.c.profile.addUnscoped(m.End.Unscoped)
		}
		for _, text := range m.End.NotChecked {
			in.c.profile.notChecked = union(in.c.profile.notChecked, []string{in.run.start.Package + ": " + text})
		}
		in.number = 0
	case m.Begun != "":
		in.run.open[m.Begun]++
		in.run.begun = true
	}
	return nil
}

func (in *input) begin(s Start) {
	_, in.duplicate = in.c.byID[s.ID]
	in.duplicate = in.duplicate && s.ID != ""
	if in.duplicate {
		return
	}
	in.run = &run{start: s, open: make(map[string]int), messages: 1}
	in.number = len(in.c.byRun)
	in.c.byRun = append(in.c.byRun, in.run)
	in.c.byID[s.ID] = in.number
	in.c.setTool(s.Tool)
}

// A run is what was read of a kept run.
type run struct {
	start    Start
	open     map[string]int // tests that began and did not end
	messages int
	ended    bool
	untyped  string

	begun      bool // a test asked to be checked
	statements int  // in scopes
}

// maxNamedTests is how many tests are named when a run is incomplete.
const maxNamedTests = 3

// testRun says whether the run is complete.
func (r *run) testRun() finding.TestRun {
	t := finding.TestRun{Package: r.start.Package, Whole: r.ended && !r.start.Filtered && !r.start.Helper && !r.start.Program, Untyped: r.untyped}
	if r.ended || r.start.Helper {
		if r.ended && !r.start.Main && !r.start.Filtered && r.begun && r.statements == 0 {
			t.Missing = "tests asked to be checked, and no watched database ran a statement" // VerifyTestMain records it itself
		}
		return t
	}
	t.Missing = "its tests did not end"
	switch {
	case r.start.Program:
		t.Missing = "the program still runs, or nplusgone was ended before it"
		return t // a request that has not ended has no record yet
	case !r.start.Main:
		t.Missing = "the end of its tests was not recorded: call nplusgonetest.VerifyTestMain in its TestMain, or pass the output of go test -json"
	}
	var in []string
	for _, test := range slices.Sorted(maps.Keys(r.open)) {
		if r.open[test] > 0 {
			in = append(in, test)
		}
	}
	if len(in) > 0 {
		t.Missing += ", in " + strings.Join(in[:min(len(in), maxNamedTests)], ", ")
	}
	return t
}
