package analysis

import (
	"slices"
	"testing"
)

// Proves that each rule is checked once, after the rules whose detections it reads.
func TestRulesAreCheckedAfterThoseThatTheyRequire(t *testing.T) {
	ordered := inOrder(AllRules)
	if len(ordered) != len(AllRules) {
		t.Fatalf("%d rules are checked, want %d", len(ordered), len(AllRules))
	}
	for i, r := range ordered {
		for _, q := range r.requires {
			if at := slices.Index(ordered, q); at < 0 || at > i {
				t.Errorf("%s is checked at place %d, before %s at %d", r.Name, i, q.Name, at)
			}
		}
	}
}

// Proves that each mitigation has all its texts, and a name of its own.
func TestMitigationsAreComplete(t *testing.T) {
	names := make(map[string]bool)
	for _, m := range mitigations {
		if m.name == "" || m.sees == "" || m.text == "" || m.applies == nil || m.effect != toSuspect && m.effect != toNote {
			t.Errorf("mitigation %q lacks something: %+v", m.name, m)
		}
		if names[m.name] {
			t.Errorf("two mitigations are called %s", m.name)
		}
		names[m.name] = true
	}
}
