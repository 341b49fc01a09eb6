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

// Proves when a finding counts: it is sure enough, and no note.
func TestGates(t *testing.T) {
	for _, tt := range []struct {
		name    string
		finding finding.Finding
		at      finding.Level
		want    bool
	}{
		{"as sure as asked", finding.Finding{Level: finding.Likely}, finding.Likely, true},
		{"surer than asked", finding.Finding{Level: finding.Proven}, finding.Likely, true},
		{"less sure than asked", finding.Finding{Level: finding.Suspect}, finding.Likely, false},
		{"a note", finding.Finding{Level: finding.Proven, Note: "the loop is the test's own"}, finding.Suspect, false},
	} {
		if got := tt.finding.Gates(tt.at); got != tt.want {
			t.Errorf("%s: gates %v, want %v", tt.name, got, tt.want)
		}
	}
}

// Proves that a finding stands at its loop, and where no loop is known at its call site.
func TestPlace(t *testing.T) {
	f := finding.Finding{CallSite: finding.Position{File: "store.go", Line: 20}}
	if got := f.Position(); got != f.CallSite {
		t.Errorf("without a loop the place is %v", got)
	}
	f.Loop = &finding.Position{File: "handler.go", Line: 16}
	if got := f.Position(); got != *f.Loop {
		t.Errorf("with a loop the place is %v", got)
	}
}
