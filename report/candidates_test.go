package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/internal/analysis"
)

// Proves that candidates of several runs become one for each place, the one that saw most, whatever the order, and that
// they come back as they were written.
func TestCandidatesAreMerged(t *testing.T) {
	at := func(scope string, line, rows int) analysis.Candidate {
		return analysis.Candidate{
			Scope: scope, Dialect: "sqlite", Text: "SELECT id FROM posts", Count: 1, Rows: rows, Most: rows, Drained: 1,
			Stack: []analysis.Call{{Function: "example.com/shop.List", File: "list.go", Line: line}},
		}
	}
	a := &Document{Candidates: []analysis.Candidate{at("GET /b", 7, 2), at("GET /a", 7, 3)}}
	b := &Document{Candidates: []analysis.Candidate{at("GET /a", 7, 9), at("GET /a", 5, 3)}}
	want := []analysis.Candidate{at("GET /a", 5, 3), at("GET /a", 7, 9), at("GET /b", 7, 2)}
	for _, merged := range []*Document{Merge(a, b), Merge(b, a)} {
		if diff := cmp.Diff(want, merged.Candidates); diff != "" {
			t.Errorf("merged (-want +got):\n%s", diff)
		}
		var text strings.Builder
		if err := Write(&text, "json", merged, Options{}); err != nil {
			t.Fatal(err)
		}
		back, err := Read(strings.NewReader(text.String()), "merged")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, back.Candidates); diff != "" {
			t.Errorf("read back (-want +got):\n%s", diff)
		}
	}
}
