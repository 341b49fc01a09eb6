package pgxuses_test

import (
	"context"
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
