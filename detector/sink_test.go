package detector_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/scenario"
)

// mixed has a proven, a likely and a suspect finding, and notes.
const mixed = `scope GET /posts
source
loop handler.go:16-19 range
loop handler.go:26-29 range
loop handler.go:36-40 range
loop handler_test.go:16-19 range
flows handler.go:12 -> handler.go:16

stmt posts     handler.go:12 ListPosts
	SELECT id FROM posts
stmt comments  handler.go:17 ListPosts
	SELECT body FROM comments WHERE post_id = ?
stmt tags      handler.go:27 ListPosts
	SELECT name FROM tags WHERE post_id = ?
stmt visit     handler.go:38 ListPosts
	INSERT INTO visits (post_id) VALUES (?)
stmt check     handler_test.go:17 TestListPosts
	SELECT state FROM posts WHERE id = ?

posts -> 31 42 57
comments 31
comments 42
comments 57
tags 3
tags 9
tags 4
begin
visit 400
end
begin
visit 200
end
begin
visit 700
end
check 12
check 4
check 9
`

func replay(t *testing.T, text string, opts ...detector.Option) []finding.Finding {
	t.Helper()
	s, err := scenario.Parse(t.Name(), []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	findings, err := s.Run(t.Context(), opts...)
	if err != nil {
		t.Fatal(err)
	}
	return findings
}

// short describes findings by file, rule and level.
func short(findings []finding.Finding) []string {
	list := []string{}
	for _, f := range findings {
		text := f.Position().File + " " + f.Rule + " " + f.Level.String()
		if f.Note != "" {
			text += " note"
		}
		list = append(list, text)
	}
	slices.Sort(list)
	return list
}

// recorder is a sink that keeps its findings.
type recorder []finding.Finding

func (r *recorder) Finding(_ context.Context, f finding.Finding) { *r = append(*r, f) }

// Proves that each sink receives each finding that gates at the level of the detector, and no note.
func TestSinksReceiveFindingsThatGate(t *testing.T) {
	const (
		proven  = "handler.go n-plus-one proven"
		likely  = "handler.go n-plus-one likely"
		suspect = "handler.go row-by-row-insert suspect"
		advice  = "handler.go transaction-per-row proven note"
		note    = "handler_test.go n-plus-one likely note"
	)
	all := []string{likely, proven, suspect, advice, note}
	for _, tt := range []struct {
		level finding.Level
		want  []string
	}{
		{finding.Proven, []string{proven}},
		{finding.Likely, []string{likely, proven}},
		{finding.Suspect, []string{likely, proven, suspect}},
	} {
		t.Run(tt.level.String(), func(t *testing.T) {
			var one, other recorder
			findings := replay(t, mixed, detector.WithSink(&one), detector.WithLevel(tt.level), detector.WithSink(&other))
			if diff := cmp.Diff(all, short(findings)); diff != "" {
				t.Errorf("the scope's findings differ (-want +got):\n%s", diff)
			}
			for i, sink := range []recorder{one, other} {
				if diff := cmp.Diff(tt.want, short(sink)); diff != "" {
					t.Errorf("findings of sink %d differ (-want +got):\n%s", i, diff)
				}
			}
		})
	}
}

// Proves that the listener of the process receives all findings, also notes and suspects, until it is stopped.
func TestListenerReceivesAllFindings(t *testing.T) {
	var received []finding.Finding
	stop := detector.Listen(func(_ context.Context, f finding.Finding) { received = append(received, f) })
	findings := replay(t, mixed, detector.WithLevel(finding.Proven))
	stop()
	replay(t, mixed)
	if diff := cmp.Diff(findings, received); diff != "" {
		t.Errorf("received findings differ (-want +got):\n%s", diff)
	}
}

// Proves that a disabled rule reports nothing, and that what n-plus-one would report is not reported as duplicates instead.
func TestDisabledRules(t *testing.T) {
	const shared = `scope GET /posts
source
loop handler.go:16-19 range
flows handler.go:12 -> handler.go:16

stmt posts   handler.go:12 ListPosts
	SELECT id, author_id FROM posts
stmt author  handler.go:17 ListPosts
	SELECT name FROM authors WHERE id = ?

posts -> (3 7) (5 7) (8 2)
author 7 -> 'Ann'
author 7 -> 'Ann'
author 2 -> 'Bob'
`
	if got := replay(t, shared, detector.WithoutRules("n-plus-one")); len(got) != 0 {
		t.Errorf("without n-plus-one: %v", short(got))
	}
	want := []string{"handler.go row-by-row-insert suspect"}
	if diff := cmp.Diff(want, short(replay(t, mixed, detector.WithRules("row-by-row-insert", "duplicate-query")))); diff != "" {
		t.Errorf("findings differ (-want +got):\n%s", diff)
	}
}
