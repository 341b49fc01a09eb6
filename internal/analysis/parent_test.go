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
		{"two results have the values, and a name chooses one", []result{{"posts", "author_id", FlowUnknown, 3, 0}, {"logs", "n", FlowUnknown, 3, 0}}, "posts", false, byRange, 0},
		{"two results have the values, and no name chooses", []result{{"a", "x", FlowUnknown, 3, 0}, {"b", "y", FlowUnknown, 3, 0}}, "", false, byValue, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			child := newGroup([]Frame{call("author", 9), call("page", 55)}, "SELECT name FROM authors WHERE id = ?")
			child.Count = 3
			groups := []*record.Group{child}
			flows := make(map[string]FlowResult) // by function of the parent
			for _, r := range tt.results {
				parent := newGroup([]Frame{call(r.table, 3), call("page", 40)}, "SELECT "+r.column+" FROM "+r.table)
				parent.Results = record.Values{Names: []string{r.column}, Rows: int32(r.matched + r.skipped)}
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

// Proves that the source alone shows the parent of keys that could not be read, if the earlier result has a row for each
// statement; and that without source there is none.
func TestTheParentOfUnreadKeysIsShownByTheSource(t *testing.T) {
	loop := Loop{Position: finding.Position{File: "page.go", Line: 50}, End: 60}
	for _, tt := range []struct {
		name  string
		flow  FlowResult
		rows  int
		level finding.Level
	}{
		{"it shows the flow", FlowShown, 3, finding.Proven},
		{"it does not know", FlowUnknown, 3, finding.Suspect},
		{"it excludes the flow", FlowExcluded, 3, finding.Suspect},
		{"it shows the flow of fewer rows than statements", FlowShown, 2, finding.Suspect},
	} {
		t.Run(tt.name, func(t *testing.T) {
			parent := newGroup([]Frame{call("list", 3), call("page", 40)}, "SELECT id FROM owners")
			parent.Results, parent.Rows = record.Values{Names: []string{"id"}, Rows: int32(tt.rows)}, tt.rows
			child := newGroup([]Frame{call("items", 9), call("page", 55)}, "SELECT title FROM items WHERE owner_id = ?")
			child.Count, child.First = 3, 1
			child.Slots[0].Unknown = true
			source := &fakeSource{loops: []Loop{loop}, complete: true, flow: func([]Frame, Loop) Flow { return Flow{Result: tt.flow} }}
			p := passOf(source, parent, child)
			for range child.Count {
				p.frozen.Sequence = append(p.frozen.Sequence, record.Event{Group: child.Position})
			}
			p.rule = nPlusOne
			h := selectPerRow(p, p.of(child))
			if h == nil || h.level != tt.level || (h.parent != nil) != (tt.level == finding.Proven) {
				t.Errorf("detected %+v, want level %v", h, tt.level)
			}
		})
	}
}
