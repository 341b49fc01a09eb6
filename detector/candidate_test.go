package detector

import (
	"testing"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
)

// anySource says of all rows that they are only counted.
type anySource struct{ onlyLoop }

func (anySource) Rows([]analysis.Frame) analysis.RowUse {
	return analysis.RowUse{Known: true, Unread: true, Counts: []finding.Position{{File: "handler.go", Line: 9}}}
}

// Proves that a scope without source keeps what the source could judge, once, and one with source keeps nothing.
func TestCandidatesAreKeptWithoutSource(t *testing.T) {
	for _, tt := range []struct {
		name string
		opts []Option
		want int
	}{
		{"without source", nil, 1},
		{"with source", []Option{WithSource(onlyLoop{})}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, err := New(tt.opts...)
			if err != nil {
				t.Fatal(err)
			}
			for range 3 {
				ctx, s := d.Begin(t.Context(), "GET /count")
				query(s, statement("SELECT id FROM posts WHERE author_id = ?", 10, int64(3)), "id", int64(4), int64(5))
				query(s, statement("SELECT id FROM posts LIMIT 2", 12), "id", int64(4), int64(5))
				query(s, statement("SELECT id FROM posts WHERE id = ?", 14, int64(3)), "id", int64(3))
				s.End(ctx)
			}
			got := d.Candidates()
			if len(got) != tt.want {
				t.Fatalf("%d candidates, want %d: %+v", len(got), tt.want, got)
			}
			if tt.want == 0 {
				return
			}
			c := got[0]
			if c.Text != "SELECT id FROM posts WHERE author_id = ?" || c.Rows != 2 || c.Most != 2 || c.Scope != "GET /count" || len(c.Stack) != 1 || c.Stack[0].Line != 10 {
				t.Errorf("the candidate is %+v", c)
			}
			found, err := Reconsider(got, anySource{})
			if err != nil || len(found) != 1 || found[0].Rule != "fetch-to-count" || found[0].Level != finding.Proven || found[0].Count != 1 {
				t.Errorf("reconsidered: %+v, %v; want one proven fetch-to-count", found, err)
			}
		})
	}
}

// Proves that candidates that nobody of ours has written do no harm: a report is a file that anybody may edit.
func TestCandidatesThatMakeNoSense(t *testing.T) {
	for _, c := range []finding.Deferred{
		{},
		{Text: "SELECT", Count: -1, Rows: -5, Most: -2, Drained: -1, Left: -3, Milliseconds: -1},
		{Text: "not SQL at all (", Dialect: "klingon", Rows: 1 << 40, Most: 1 << 40, Drained: 1, Stack: []finding.Call{{}}},
		{Text: "SELECT id FROM t", Columns: make([]string, 5), Wide: make([]int, 99), Rows: 9, Most: 9, Drained: 1, Stack: make([]finding.Call, 1000)},
		{Text: "SELECT id FROM t", Rows: 9, Most: 9, Drained: 1, Stack: []finding.Call{{Function: "\x00.", File: "/etc/passwd", Line: -4}}},
	} {
		if _, err := Reconsider([]finding.Deferred{c, c}, anySource{}); err != nil {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
