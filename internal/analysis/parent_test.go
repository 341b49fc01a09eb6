package analysis

import (
	"slices"
	"testing"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/record"
)

// Proves which earlier result is the parent, and what proves it: the flow of its result, or values that chance does not give;
// never a name.
func TestTheParentIsProvenByFlowOrRange(t *testing.T) {
	loop := Loop{Position: finding.Position{File: "page.go", Line: 50}, End: 60}
	type result struct {
		table, column string
		flow          FlowResult
		matched       int
		skipped       int
	}
	for _, tt := range []struct {
		name       string
		results    []result
		want       string // table of the parent; "" for none
		proven     bool
		strength   strength
		candidates int
	}{
		{"the source shows the flow", []result{{"posts", "author_id", FlowShown, 3, 0}}, "posts", true, byFlow, 0},
		{"the source shows the flow from the result that skips more rows", []result{{"posts", "author_id", FlowShown, 3, 5}, {"people", "id", FlowUnknown, 3, 0}}, "posts", true, byFlow, 0},
		{"the source excludes the only result", []result{{"posts", "author_id", FlowExcluded, 3, 0}}, "", false, byValue, 0},
		{"the source excludes one of two results", []result{{"posts", "author_id", FlowExcluded, 3, 0}, {"people", "id", FlowShown, 3, 0}}, "people", true, byFlow, 0},
		{"the values are in one result only", []result{{"posts", "author_id", FlowUnknown, 3, 0}}, "posts", true, byRange, 0},
		{"two results have the values, and a name chooses one", []result{{"posts", "author_id", FlowUnknown, 3, 0}, {"logs", "n", FlowUnknown, 3, 0}}, "posts", true, byRange, 0},
		{"two results have the values, and no name chooses", []result{{"a", "x", FlowUnknown, 3, 0}, {"b", "y", FlowUnknown, 3, 0}}, "", false, byValue, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			child := newGroup([]Frame{call("author", 9), call("page", 55)}, "SELECT name FROM authors WHERE id = ?")
			child.Count = 3
			groups := []*record.Group{child}
			flows := make(map[string]FlowResult) // by function of the parent
			for _, r := range tt.results {
				parent := newGroup([]Frame{call(r.table, 3), call("page", 40)}, "SELECT "+r.column+" FROM "+r.table)
				parent.Results = record.Values{Names: []string{r.column}, Rows: r.matched + r.skipped}
				flows[call(r.table, 3).Function] = r.flow
				child.Slots[0].Matches = append(child.Slots[0].Matches, record.ColumnMatch{Parent: parent, Matched: r.matched, Skipped: r.skipped})
				groups = append(groups, parent)
			}
			source := &fakeSource{flow: func(parent []Frame, _ Loop) Flow { return Flow{Result: flows[parent[0].Function]} }}
			p := passOf(source, groups...)
			p.rule = nPlusOne
			m, candidates := p.findParent(p.of(child), repeat{loop: &loop, source: true})
			if len(candidates) != tt.candidates {
				t.Errorf("%d candidates, want %d", len(candidates), tt.candidates)
			}
			if m == nil {
				if tt.want != "" {
					t.Fatalf("no parent, want %s", tt.want)
				}
				return
			}
			if !slices.Equal(m.parent.Facts().Tables, []string{tt.want}) || m.proven != tt.proven || m.strength != tt.strength {
				t.Errorf("parent %v, proven %v by %d; want %q, %v by %d", m.parent.Facts().Tables, m.proven, m.strength, tt.want, tt.proven, tt.strength)
			}
			if want := len(tt.results) == 2 && tt.strength == byRange; m.byName != want {
				t.Errorf("chosen by name: %v, want %v", m.byName, want)
			}
		})
	}
}
