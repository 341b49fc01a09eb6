package source_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
)

const directed = `
// List is a page.
//
//nplusgone:ignore duplicate-query the session is read twice, and cheap
func List() {
	//nplusgone:ignore n-plus-one,row-by-row-update max=20 a page has twenty
	for _, p := range posts() {
		author(p)
	}
}

func author(p int) {
	db.Query("a", p) //nplusgone:ignore row-by-row-insert no such thing
	db.Query("//nplusgone:ignored n-plus-one is no directive")
	//nplusgone:ignore n-plus-one
	db.Query("b", p)
	//nplusgone:ignore no-such-rule it is fine
	//nplusgone:ignore n-plus-one max=none it is fine
	db.Query("c", p)
}
`

// Proves where a comment counts, and what a wrong one says.
func TestDirective(t *testing.T) {
	finder := embedded(directed)
	stack := []analysis.Frame{at("author", 14), at("List", 9)}
	loop := &analysis.Loop{Position: finding.Position{Line: 8}, Frame: 1}
	line := func(n int) []analysis.Frame { return []analysis.Frame{at("author", n), stack[1]} }
	for _, tt := range []struct {
		name, rule string
		stack      []analysis.Frame
		loop       *analysis.Loop
		want       string
	}{
		{"above the loop", "n-plus-one", stack, loop, "7 max 20: a page has twenty"},
		{"above the loop, of another rule", "row-by-row-update", stack, loop, "7 max 20: a page has twenty"},
		{"above the function", "duplicate-query", stack, loop, "5 max 0: the session is read twice, and cheap"},
		{"at the call", "row-by-row-insert", stack, loop, "14 max 0: no such thing"},
		{"of no rule that is named", "row-by-row-delete", stack, loop, "none"},
		{"without a reason", "n-plus-one", line(17), nil, "16 max 0:  (it gives no reason)"},
		{"of a number that is none", "n-plus-one", line(20), nil, `19 max 0: it is fine ("max=none" is no number of statements)`},
		{"no directive", "n-plus-one", line(15), nil, "none"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := "none"
			if d, ok := finder.Directive(tt.rule, tt.stack, tt.loop); ok {
				got = fmt.Sprintf("%d max %d: %s", d.Line, d.Max, d.Reason)
				if d.Wrong != "" {
					got += " (" + d.Wrong + ")"
				}
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	var unused []int
	for _, at := range finder.Unused() {
		unused = append(unused, at.Line)
	}
	if diff := cmp.Diff([]int{16, 18, 19}, unused); diff != "" {
		t.Errorf("lines of directives that were met and set nothing aside (-want +got):\n%s", diff)
	}
}
