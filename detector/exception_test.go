package detector_test

import (
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/finding"
)

// Proves which findings an exception sets aside, and that such a finding is a note with the reason.
func TestExceptions(t *testing.T) {
	const fine = "it is fine"
	id := replay(t, twoLoops)[0].Statements[0].Fingerprint
	for _, tt := range []struct {
		name string
		e    finding.Exception
		want int // findings set aside, of three
	}{
		{"by table", finding.Exception{Table: "comments"}, 3},
		{"by another table", finding.Exception{Table: "posts"}, 0},
		{"by function", finding.Exception{Function: "shop.ListPosts"}, 2},
		{"by function and rule", finding.Exception{Function: "shop.ListPosts", Rule: "n-plus-one"}, 2},
		{"by function and another rule", finding.Exception{Function: "shop.ListPosts", Rule: "duplicate-query"}, 0},
		{"by fingerprint", finding.Exception{Fingerprint: id}, 3},
		{"by the first digits of a fingerprint", finding.Exception{Fingerprint: id[:8]}, 3},
		{"up to a count that is reached", finding.Exception{Table: "comments", Max: 3}, 3},
		{"up to a count that is exceeded", finding.Exception{Table: "comments", Max: 2}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.e.Reason = fine
			got := 0
			for _, f := range replay(t, twoLoops, detector.WithException(tt.e)) {
				if f.Note == fine && !f.Gates(finding.Suspect) {
					got++
				}
			}
			if got != tt.want {
				t.Errorf("%d findings are set aside, want %d", got, tt.want)
			}
		})
	}
}

// Proves that an invalid exception is an error that says what is wrong.
func TestInvalidExceptions(t *testing.T) {
	for want, e := range map[string]finding.Exception{
		"has no Reason":           {Table: "posts"},
		"matches everything":      {Rule: "n-plus-one", Reason: "no"},
		`unknown rule "n+1"`:      {Rule: "n+1", Table: "posts", Reason: "no"},
		"digits or more":          {Fingerprint: "abc", Reason: "no"},
		"for up to -1 statements": {Table: "posts", Max: -1, Reason: "no"},
	} {
		if _, err := detector.New(detector.WithException(e)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: error %v, want one that says %q", e, err, want)
		}
	}
}
