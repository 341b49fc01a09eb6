package analysis

import (
	"testing"

	"github.com/nplusgone/nplusgone/finding"
)

// Proves what a mitigation does to a detection of each level: it is listed, lowers the level or makes a note, and a mitigation that
// does not explain the repetition otherwise leaves a proven detection alone.
func TestMitigationsAnnotate(t *testing.T) {
	waits := &Loop{Waits: true}
	receives := &Loop{Receives: true}
	for _, tt := range []struct {
		name      string
		level     finding.Level
		loop      *Loop
		want      finding.Level
		wantNote  string
		mitigated string // name of the one that is listed; "" for none
	}{
		{"polling makes a proven detection a note", finding.Proven, waits, finding.Proven, "the loop waits between its turns: it polls", "polling"},
		{"polling makes a likely detection a note", finding.Likely, waits, finding.Likely, "the loop waits between its turns: it polls", "polling"},
		{"messages lower a likely detection", finding.Likely, receives, finding.Suspect, "", "messages"},
		{"messages are listed with a suspect detection", finding.Suspect, receives, finding.Suspect, "", "messages"},
		{"messages leave a proven detection alone", finding.Proven, receives, finding.Proven, "", ""},
		{"a plain loop has none", finding.Likely, &Loop{}, finding.Likely, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := newGroup(nil, "SELECT body FROM comments WHERE post_id = ?")
			p := passOf(nil, g)
			p.rule = nPlusOne
			h := &detection{group: p.of(g), perRow: true, level: tt.level, repeat: repeat{loop: tt.loop, source: true, times: 30}}
			p.report(h)
			if len(p.detections) != 1 {
				t.Fatalf("%d detections, want 1: a mitigation never deletes one", len(p.detections))
			}
			if h.level != tt.want || h.note != tt.wantNote {
				t.Errorf("%v with note %q, want %v with %q", h.level, h.note, tt.want, tt.wantNote)
			}
			switch {
			case tt.mitigated == "" && len(h.mitigations) > 0:
				t.Errorf("%v are listed, want none", h.mitigations)
			case tt.mitigated != "" && (len(h.mitigations) != 1 || !h.mitigated(tt.mitigated)):
				t.Errorf("%v are listed, want only %s", h.mitigations, tt.mitigated)
			}
		})
	}
}
