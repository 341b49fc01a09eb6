package analysis

import (
	"testing"

	"github.com/nplusgone/nplusgone/finding"
)

// Proves which loop is the innermost one around two statements: what ran elsewhere in the function shows that control left
// the loops which do not enclose it.
func TestInnermostLoopAroundTwoStatements(t *testing.T) {
	inner := Loop{Position: finding.Position{Line: 20}, End: 24, Frame: 0}
	outer := Loop{Position: finding.Position{Line: 10}, End: 30, Frame: 0}
	caller := Loop{Position: finding.Position{Line: 50}, End: 60, Frame: 1}
	leaving := Loop{Position: finding.Position{Line: 20}, End: 24, Frame: 0, Returns: true}
	call := func(name string, line int) Frame {
		return Frame{Function: "example.com/shop." + name, File: "shop.go", Line: line}
	}
	frames := []Frame{call("list", 22), call("page", 55), call("serve", 90)}
	for _, tt := range []struct {
		name  string
		loops []Loop
		other []Frame
		want  int
	}{
		{"within the inner loop", []Loop{inner, outer, caller}, []Frame{call("list", 23), call("page", 55), call("serve", 90)}, 0},
		{"behind the inner loop, within the outer one", []Loop{inner, outer, caller}, []Frame{call("list", 26), call("page", 55), call("serve", 90)}, 1},
		{"before both loops", []Loop{inner, outer, caller}, []Frame{call("list", 5), call("page", 55), call("serve", 90)}, 2},
		{"in the caller's loop", []Loop{inner, outer, caller}, []Frame{call("other", 3), call("page", 57), call("serve", 90)}, 2},
		{"by another function from the same line", []Loop{inner, outer, caller}, []Frame{call("other", 3), call("page", 55), call("serve", 90)}, 2},
		{"outside of all loops", []Loop{inner, outer, caller}, []Frame{call("page", 5), call("serve", 90)}, 3},
		{"by the same call", []Loop{inner, outer, caller}, frames, 0},
		{"by the same call, in a loop that is left behind the statement", []Loop{leaving, outer, caller}, frames, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := innermostAround(frames, tt.other, tt.loops); got != tt.want {
				t.Errorf("loop %d of %d, want %d", got, len(tt.loops), tt.want)
			}
		})
	}
}
