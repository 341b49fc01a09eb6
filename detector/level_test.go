package detector

import (
	"encoding/json"
	"testing"
)

// Proves that levels are ordered, and read back what they write.
func TestLevels(t *testing.T) {
	if !(Suspect < Likely && Likely < Proven) {
		t.Error("the levels are not in order")
	}
	for _, l := range []Level{Suspect, Likely, Proven} {
		data, err := json.Marshal(l)
		if err != nil {
			t.Fatal(err)
		}
		var back Level
		if err := json.Unmarshal(data, &back); err != nil || back != l {
			t.Errorf("%s reads back as %v (%v)", data, back, err)
		}
	}
	if l, err := ParseLevel("PROVEN"); err != nil || l != Proven {
		t.Errorf("PROVEN is %v (%v)", l, err)
	}
	if _, err := ParseLevel("sure"); err == nil || err.Error() != `detector: unknown level "sure" (want suspect, likely or proven)` {
		t.Errorf("error %v", err)
	}
	if got := Level(9).String(); got != "Level(9)" {
		t.Errorf("an unknown level is written %s", got)
	}
}

// Proves when a finding counts: it is sure enough, and no note.
func TestGates(t *testing.T) {
	for _, tt := range []struct {
		name    string
		finding Finding
		at      Level
		want    bool
	}{
		{"as sure as asked", Finding{Level: Likely}, Likely, true},
		{"surer than asked", Finding{Level: Proven}, Likely, true},
		{"less sure than asked", Finding{Level: Suspect}, Likely, false},
		{"a note", Finding{Level: Proven, Note: "the loop is the test's own"}, Suspect, false},
	} {
		if got := tt.finding.Gates(tt.at); got != tt.want {
			t.Errorf("%s: gates %v, want %v", tt.name, got, tt.want)
		}
	}
}

// Proves that a finding stands at its loop, and where no loop is known at its call site.
func TestPlace(t *testing.T) {
	f := Finding{CallSite: Place{File: "store.go", Line: 20}}
	if got := f.Place(); got != f.CallSite {
		t.Errorf("without a loop the place is %v", got)
	}
	f.Loop = &Place{File: "handler.go", Line: 16}
	if got := f.Place(); got != *f.Loop {
		t.Errorf("with a loop the place is %v", got)
	}
}
