package finding_test

import (
	"encoding/json"
	"testing"

	"github.com/nplusgone/nplusgone/finding"
)

// Proves that levels are ordered, and read back what they write.
func TestLevels(t *testing.T) {
	if !(finding.Suspect < finding.Likely && finding.Likely < finding.Proven) {
		t.Error("the levels are not in order")
	}
	for _, l := range []finding.Level{finding.Suspect, finding.Likely, finding.Proven} {
		data, err := json.Marshal(l)
		if err != nil {
			t.Fatal(err)
		}
		var back finding.Level
		if err := json.Unmarshal(data, &back); err != nil || back != l {
			t.Errorf("%s reads back as %v (%v)", data, back, err)
		}
	}
	if l, err := finding.ParseLevel("PROVEN"); err != nil || l != finding.Proven {
		t.Errorf("PROVEN is %v (%v)", l, err)
	}
	if _, err := finding.ParseLevel("sure"); err == nil || err.Error() != `finding: unknown level "sure" (want suspect, likely or proven)` {
		t.Errorf("error %v", err)
	}
	if got := finding.Level(9).String(); got != "Level(9)" {
		t.Errorf("an unknown level is written %s", got)
	}
}

// Proves when a finding counts: it has the level, and is not a note.
func TestGates(t *testing.T) {
	for _, tt := range []struct {
		name    string
		finding finding.Finding
		at      finding.Level
		want    bool
	}{
		{"the same level", finding.Finding{Level: finding.Likely}, finding.Likely, true},
		{"a higher level", finding.Finding{Level: finding.Proven}, finding.Likely, true},
		{"a lower level", finding.Finding{Level: finding.Suspect}, finding.Likely, false},
		{"a note", finding.Finding{Level: finding.Proven, Note: "the loop is the test's own"}, finding.Suspect, false},
	} {
		if got := tt.finding.Gates(tt.at); got != tt.want {
			t.Errorf("%s: gates %v, want %v", tt.name, got, tt.want)
		}
	}
}

// Proves that a finding is reported at its loop, or at its call site when no loop is known.
func TestPosition(t *testing.T) {
	f := finding.Finding{CallSite: finding.Position{File: "store.go", Line: 20}}
	if got := f.Position(); got != f.CallSite {
		t.Errorf("without a loop the position is %v", got)
	}
	f.Loop = &finding.Position{File: "handler.go", Line: 16}
	if got := f.Position(); got != *f.Loop {
		t.Errorf("with a loop the position is %v", got)
	}
}

// Proves which mitigation sets a finding aside: the first whose effect the finding has.
func TestSetAsideBy(t *testing.T) {
	both := []finding.Mitigation{{Name: "cache", Effect: finding.EffectSuspect}, {Name: "retry", Effect: finding.EffectSuspect}, {Name: "test-data", Effect: finding.EffectNote}}
	for _, tt := range []struct {
		name string
		f    finding.Finding
		want string
	}{
		{"a note", finding.Finding{Level: finding.Suspect, Note: "x", Mitigations: both}, "test-data"},
		{"a suspect", finding.Finding{Level: finding.Suspect, Mitigations: both}, "cache"},
		{"a proven finding that has mitigations", finding.Finding{Level: finding.Proven, Mitigations: both}, ""},
		{"a note for another reason", finding.Finding{Level: finding.Suspect, Note: "x", Mitigations: both[:2]}, ""},
		{"a suspect without mitigations", finding.Finding{Level: finding.Suspect}, ""},
	} {
		if got := tt.f.SetAsideBy(); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// Proves how many statements a turn of the loop ran, and which evidence is the most important one.
func TestPerTurnAndMainEvidence(t *testing.T) {
	for _, tt := range []struct{ count, turns, want int }{{12, 6, 2}, {12, 12, 1}, {12, 5, 0}, {12, 0, 0}, {0, 3, 0}} {
		f := finding.Finding{Count: tt.count, Turns: tt.turns}
		if got := f.PerTurn(); got != tt.want {
			t.Errorf("%d statements in %d turns: %d in each, want %d", tt.count, tt.turns, got, tt.want)
		}
	}
	f := finding.Finding{Evidence: []finding.Evidence{{Text: "not proven", Against: true}, {Text: "one stack"}, {Text: "a loop"}}}
	if got := f.MainEvidence(); got != "one stack" {
		t.Errorf("the main evidence is %q", got)
	}
	if got := (&finding.Finding{Evidence: f.Evidence[:1]}).MainEvidence(); got != "" {
		t.Errorf("the main evidence is %q, want none", got)
	}
}
