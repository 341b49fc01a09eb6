package pgxuses_test

import (
	"context"
	"io"
	"testing"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/nplusgonepgx/testdata/blog"
)

// Proves that the rules about the use of rows read the rows of pgx: what is drained and what is closed early are distinguished
// by pgx's own functions on the stack, because the server sends all rows in both cases.
func TestUseOfRows(t *testing.T) {
	conn := connect(t, config(t))
	for _, tc := range []struct {
		name  string
		run   func(context.Context, blog.DB) error
		rule  string
		level finding.Level
	}{
		{"rows that are counted", without(blog.CommentCount), "fetch-to-count", finding.Proven},
		{"rows that are summed up", without(blog.TotalViews), "aggregate-in-app", finding.Likely},
		{"rows that are closed early", without(blog.Exists), "fetch-to-exist", finding.Suspect},
		{"rows that are used", without(blog.Posts), "", 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := in(t, func(ctx context.Context) error { return tc.run(ctx, conn) })
			switch {
			case tc.rule == "" && len(d.Findings) == 0:
			case len(d.Findings) != 1 || d.Findings[0].Rule != tc.rule || d.Findings[0].Level != tc.level:
				show(t, d)
				t.Errorf("want %s, %v", tc.rule, tc.level)
			}
		})
	}
}

// Proves that rows which are read in pgx's other ways are not reported as rows that are not read.
func TestOtherWaysToRead(t *testing.T) {
	conn := connect(t, config(t))
	for name, read := range map[string]func(context.Context, blog.DB, io.Writer) error{
		"Values": blog.ReadValues, "RawValues": blog.ReadRawValues, "CollectRows": blog.ReadCollected, "a function": blog.ReadByFunction,
		"RowTo": blog.ReadByRowTo, "ForEachRow": blog.ReadForEach, "a RowScanner": blog.ReadByScanner, "a batch": blog.ReadInBatch,
	} {
		t.Run(name, func(t *testing.T) {
			d := in(t, func(ctx context.Context) error { return read(ctx, conn, io.Discard) })
			if len(d.Findings) > 0 {
				show(t, d)
				t.Error("a finding")
			}
			if n, failed, rows, shed := ran(t, d); n < 1 || failed > 0 || rows < 60 || shed != "" {
				t.Errorf("%d statements, %d failed, %d rows, %q", n, failed, rows, shed)
			}
		})
	}
}
