package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/detector"
)

// Proves that candidates of several runs become one for each place, the one that saw most, whatever the order, and that
// they come back as they were written.
func TestCandidatesAreMerged(t *testing.T) {
	at := func(scope string, line, rows int) detector.Candidate {
		return detector.Candidate{
			Scope: scope, Dialect: "sqlite", Text: "SELECT id FROM posts", Count: 1, Rows: rows, Most: rows, Drained: 1,
			Stack: []detector.Call{{Function: "example.com/shop.List", File: "list.go", Line: line}},
		}
	}
	a := &Document{Candidates: []detector.Candidate{at("GET /b", 7, 2), at("GET /a", 7, 3)}}
	b := &Document{Candidates: []detector.Candidate{at("GET /a", 7, 9), at("GET /a", 5, 3)}}
	want := []detector.Candidate{at("GET /a", 5, 3), at("GET /a", 7, 9), at("GET /b", 7, 2)}
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
