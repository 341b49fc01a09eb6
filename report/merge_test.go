package report_test

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/report"
)

// Proves that the most telling of two findings with one identity is kept, with the numbers of both.
func TestMergeKeepsTheMostTellingFinding(t *testing.T) {
	weak := lazyComments()
	weak.Level, weak.Parent, weak.Evidence, weak.Scope, weak.Count = finding.Likely, nil, weak.Evidence[:1], "A", 7
	weak.Statements = []finding.StatementStat{weak.Statements[0], {Fingerprint: "other", Text: "SELECT 2", Count: 1, Milliseconds: 99}}
	weak.Statements[0].Count, weak.Statements[0].Milliseconds, weak.Statements[0].Rows = 7, 1.5, 10

	want := lazyComments()
	want.Count, want.Worst = 57, 50
	want.Statements = []finding.StatementStat{weak.Statements[1], want.Statements[0]}
	want.Statements[1].Count, want.Statements[1].Milliseconds, want.Statements[1].Rows = 57, 13.937, 160

	got := report.Merge(docOf(weak), docOf(lazyComments()))
	if diff := cmp.Diff([]finding.Finding{want}, got.Findings); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Proves that a finding that counts in one run is not hidden by a note in another, however much the note says.
func TestMergeDoesNotHideAFindingBehindANote(t *testing.T) {
	note := lazyComments()
	note.Note = "the loop stands in a _test.go file"
	f := lazyComments()
	f.Level, f.Evidence = finding.Likely, nil
	got := report.Merge(docOf(note), docOf(f))
	if len(got.Findings) != 1 || got.Findings[0].Note != "" || got.Findings[0].Level != finding.Likely {
		t.Errorf("got %+v", got.Findings)
	}
}

// Proves that findings that nothing says are the same stay apart.
func TestMergeKeepsFindingsWithoutIdentityApart(t *testing.T) {
	f := lazyComments()
	f.Identity = ""
	if got := report.Merge(docOf(f), nil, docOf(f)); len(got.Findings) != 2 {
		t.Errorf("got %d findings, want 2", len(got.Findings))
	}
}

// Proves that neither the order of the reports nor merging them in steps makes a difference, and that none is changed.
func TestMergeDoesNotDependOnTheOrder(t *testing.T) {
	shard := func(n int) *report.Document {
		d := everything()
		d.Tool.Version = fmt.Sprintf("v0.%d.0", n)
		for i := range d.Findings {
			f := &d.Findings[i]
			f.Scope = fmt.Sprintf("scope %d", (n+i)%3)
			f.Level = finding.Level((n+i)%3 + 1)
			f.Statements = slices.Clone(f.Statements)
			for j := range f.Statements {
				f.Statements[j].Milliseconds = float64(n*7+i*3+j) / 10
			}
		}
		d.Profile.Scopes[0].Milliseconds += float64(n) / 10
		return d
	}
	want := written(t, "json", report.Merge(shard(1), shard(2), shard(3)), report.Options{})
	for name, got := range map[string]*report.Document{
		"another order": report.Merge(shard(3), shard(1), shard(2)),
		"in steps":      report.Merge(shard(1), report.Merge(shard(2), shard(3))),
		"other steps":   report.Merge(report.Merge(shard(2), shard(1)), shard(3)),
	} {
		if diff := cmp.Diff(want, written(t, "json", got, report.Options{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	one := shard(1)
	report.Merge(one, shard(2), one)
	if diff := cmp.Diff(shard(1), one); diff != "" {
		t.Errorf("merging changed a document (-before +after):\n%s", diff)
	}
}

// Proves that profiles are added up by name, and that only then the top statements are chosen.
func TestMergeAddsUpProfiles(t *testing.T) {
	stat := func(text string, count int, ms float64) finding.StatementStat {
		return finding.StatementStat{Fingerprint: text, Text: text, Count: count, Milliseconds: ms}
	}
	a := &report.Document{Profile: finding.Profile{
		Scopes: []finding.ScopeProfile{{
			Name: "A", Scopes: 1, Statements: 10, Rows: 5, Milliseconds: 9, Slowest: []finding.StatementStat{stat("w", 1, 4), stat("x", 1, 3), stat("y", 1, 2)},
		}},
		Unscoped: &finding.Unscoped{Statements: 2},
	}}
	b := &report.Document{Profile: finding.Profile{
		Scopes: []finding.ScopeProfile{
			{Name: "B", Scopes: 1, Statements: 1, Milliseconds: 50},
			{
				Name: "A", Scopes: 2, Statements: 3, Errors: 1, Rows: 1, Milliseconds: 8, Shed: "rows",
				Slowest: []finding.StatementStat{stat("z", 2, 5), stat("y", 2, 3)}, Repeated: []finding.StatementStat{stat("z", 2, 5), stat("y", 3, 3)},
			},
		},
		Unscoped: &finding.Unscoped{Statements: 3},
	}}
	want := finding.Profile{
		Scopes: []finding.ScopeProfile{
			{Name: "B", Scopes: 1, Statements: 1, Milliseconds: 50},
			{
				Name: "A", Scopes: 3, Statements: 13, Errors: 1, Rows: 6, Milliseconds: 17, Shed: "rows",
				Slowest:  []finding.StatementStat{stat("y", 3, 5), stat("z", 2, 5), stat("w", 1, 4)},
				Repeated: []finding.StatementStat{stat("y", 3, 3), stat("z", 2, 5)},
			},
		},
		Unscoped: &finding.Unscoped{Statements: 5},
	}
	if diff := cmp.Diff(want, report.Merge(a, b).Profile); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func docOf(findings ...finding.Finding) *report.Document {
	return &report.Document{Findings: findings}
}

// Proves that reading holds a finding per identity in memory and not the input: 10 MB of it leave next to nothing.
func TestReadingIsStreaming(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 10 MB")
	}
	const identities, findings = 100, 5_000
	r, w := io.Pipe()
	go func() { w.CloseWithError(writeMany(w, identities, findings)) }()
	before := heap()
	doc, err := report.Read(r, "many")
	if err != nil {
		t.Fatal(err)
	}
	grown := int64(heap()) - int64(before)
	if len(doc.Findings) != identities || doc.Findings[0].Count != 50*findings/identities {
		t.Errorf("got %d findings, the first with %d statements", len(doc.Findings), doc.Findings[0].Count)
	}
	if grown > 4<<20 {
		t.Errorf("reading %d findings kept %d bytes", findings, grown)
	}
	runtime.KeepAlive(doc)
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func writeMany(w io.Writer, identities, findings int) error {
	for n := 0; n < findings; n += identities {
		doc := &report.Document{}
		for i := range identities {
			f := lazyComments()
			f.Identity = fmt.Sprint(i)
			doc.Findings = append(doc.Findings, f)
		}
		if err := report.Write(w, "json", doc, report.Options{}); err != nil {
			return err
		}
	}
	return nil
}
