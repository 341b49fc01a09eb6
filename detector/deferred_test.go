package detector

import (
	"testing"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
)

// countingSource says of all rows that they are only counted.
type countingSource struct{ onlyLoop }

func (countingSource) Rows([]analysis.Frame) analysis.RowUse {
	return analysis.RowUse{Known: true, Unread: true, Counts: []finding.Position{{File: "handler.go", Line: 9}}}
}

// Proves that a detector without source defers the statements that the source could judge, each once, and that one with source
// defers none.
func TestStatementsAreDeferredWithoutSource(t *testing.T) {
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
			got := d.Deferred()
			if len(got) != tt.want {
				t.Fatalf("%d statements are deferred, want %d: %+v", len(got), tt.want, got)
			}
			if tt.want == 0 {
				return
			}
			c := got[0]
			if c.Text != "SELECT id FROM posts WHERE author_id = ?" || c.Rows != 2 || c.Most != 2 || c.Scope != "GET /count" || len(c.Stack) != 1 || c.Stack[0].Line != 10 {
				t.Errorf("the statement is %+v", c)
			}
			found, err := JudgeDeferred(got, countingSource{})
			if err != nil || len(found) != 1 || found[0].Rule != "fetch-to-count" || found[0].Level != finding.Proven || found[0].Count != 1 {
				t.Errorf("judged: %+v, %v; want one proven fetch-to-count", found, err)
			}
		})
	}
}

// Proves that invalid deferred statements cause no error and no panic: a report is a file that may have been edited.
func TestInvalidDeferredStatements(t *testing.T) {
	for _, c := range []finding.Deferred{
		{},
		{Text: "SELECT", Count: -1, Rows: -5, Most: -2, Drained: -1, Left: -3, Milliseconds: -1},
		{Text: "not SQL at all (", Dialect: "klingon", Rows: 1 << 40, Most: 1 << 40, Drained: 1, Stack: []finding.Call{{}}},
		{Text: "SELECT id FROM t", Columns: make([]string, 5), Wide: make([]int, 99), Rows: 9, Most: 9, Drained: 1, Stack: make([]finding.Call, 1000)},
		{Text: "SELECT id FROM t", Rows: 9, Most: 9, Drained: 1, Stack: []finding.Call{{Function: "\x00.", File: "/etc/passwd", Line: -4}}},
	} {
		if _, err := JudgeDeferred([]finding.Deferred{c, c}, countingSource{}); err != nil {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
