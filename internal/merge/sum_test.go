package merge_test

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/merge"
	"github.com/nplusgone/nplusgone/internal/samples"
	"github.com/nplusgone/nplusgone/report"
)

func written(t *testing.T, format string, doc *report.Document, opts report.Options) string {
	t.Helper()
	var out bytes.Buffer
	if err := report.Write(&out, format, doc, opts); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// merged returns what a collection of the documents is as one document.
func merged(t *testing.T, docs ...*report.Document) *report.Document {
	t.Helper()
	c := merge.NewCollection()
	defer c.Close()
	for _, d := range docs {
		if err := c.AddDocument(d); err != nil {
			t.Fatal(err)
		}
	}
	d, err := c.Document()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func docOf(findings ...finding.Finding) *report.Document {
	return &report.Document{Findings: findings}
}

// Proves that the better of two findings with one identity is kept, with the numbers of both.
func TestMergeKeepsTheBetterFinding(t *testing.T) {
	weak := samples.LazyComments()
	weak.Level, weak.Parent, weak.Evidence, weak.Scope, weak.Count = finding.Likely, nil, weak.Evidence[:1], "A", 7
	weak.Saved, weak.Turns = 6, 7
	weak.Statements = []finding.StatementStat{weak.Statements[0], {Fingerprint: "other", Text: "SELECT 2", Count: 1, Milliseconds: 99}}
	weak.Statements[0].Count, weak.Statements[0].Milliseconds, weak.Statements[0].Rows = 7, 1.5, 10

	want := samples.LazyComments()
	want.Count, want.Worst, want.ScopeCount, want.Saved, want.Turns = 57, 50, 50, 55, 57
	want.Statements = []finding.StatementStat{weak.Statements[1], want.Statements[0]}
	want.Statements[1].Count, want.Statements[1].Milliseconds, want.Statements[1].Rows = 57, 13.937, 160

	got := merged(t, docOf(weak), docOf(samples.LazyComments()))
	if diff := gocmp.Diff([]finding.Finding{want}, got.Findings); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Proves that a finding that counts in one run is not hidden by a note in another.
func TestMergeDoesNotHideAFindingBehindANote(t *testing.T) {
	note := samples.LazyComments()
	note.Note = "the loop is in a _test.go file"
	f := samples.LazyComments()
	f.Level, f.Evidence = finding.Likely, nil
	got := merged(t, docOf(note), docOf(f))
	if len(got.Findings) != 1 || got.Findings[0].Note != "" || got.Findings[0].Level != finding.Likely {
		t.Errorf("got %+v", got.Findings)
	}
}

// Proves that findings without an identity are not merged.
func TestMergeKeepsFindingsWithoutIdentityApart(t *testing.T) {
	f := samples.LazyComments()
	f.Identity = ""
	if got := merged(t, docOf(f), nil, docOf(f)); len(got.Findings) != 2 {
		t.Errorf("got %d findings, want 2", len(got.Findings))
	}
}

// shards returns documents with findings of few identities that differ in everything that finding.Better looks at.
func shards(rng *rand.Rand, n int) []*report.Document {
	docs := make([]*report.Document, n)
	for i := range docs {
		d := samples.Everything()
		d.Tool.Version = fmt.Sprintf("v0.%d.0", rng.IntN(9))
		d.Findings = append(d.Findings, samples.Unusual().Findings[:2]...)
		for j := range d.Findings {
			f := &d.Findings[j]
			if rng.IntN(2) == 0 {
				f.Identity = fmt.Sprintf("0123456789abcdef-%03d", rng.IntN(40)) // equal for longer than the prefix in an entry
			}
			f.Scope = fmt.Sprint("scope ", rng.IntN(9))
			f.Level = finding.Level(rng.IntN(3) + 1)
			f.Count = rng.IntN(50) + 1
			if rng.IntN(9) == 0 {
				f.Turns = 0
			}
			f.Statements = slices.Clone(f.Statements)
			for k := range f.Statements {
				f.Statements[k].Milliseconds = float64(rng.IntN(1000)) / 10
				f.Statements[k].Fingerprint = f.Statements[k].Text
			}
		}
		d.Profile.Scopes[0].Milliseconds += float64(rng.IntN(100)) / 10
		docs[i] = d
	}
	return docs
}

// reference merges findings in the simplest way: it sorts those of one identity, keeps the best, and adds the numbers up.
func reference(docs []*report.Document) (all []finding.Finding) {
	byID := make(map[string][]finding.Finding)
	for _, d := range docs {
		for _, f := range d.Findings {
			f = finding.Normalize(f)
			if f.Identity == "" {
				all = append(all, f)
				continue
			}
			byID[f.Identity] = append(byID[f.Identity], f)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		same := byID[id]
		slices.SortStableFunc(same, func(a, b finding.Finding) int {
			switch {
			case finding.Better(&a, &b):
				return -1
			case finding.Better(&b, &a):
				return 1
			}
			return 0
		})
		best := same[0]
		if len(same) > 1 {
			best.ScopeCount = cmp.Or(best.ScopeCount, best.Count) // what is read back may be merged already
			best.Count, best.Saved, best.Turns = 0, 0, 0
			unknown := false
			for _, f := range same {
				best.Count += f.Count
				best.Saved += f.Saved
				best.Worst = max(best.Worst, f.Most())
				best.Turns += f.Turns
				unknown = unknown || f.Turns == 0
			}
			if unknown {
				best.Turns = 0
			}
		}
		best.Statements = nil
		all = append(all, best)
	}
	finding.Sort(all)
	return all
}

// Proves that a collection merges as the simplest algorithm does, and that the order of the documents does not matter.
func TestMergeDoesNotDependOnTheOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		docs := shards(rng, 5)
		first := merged(t, docs...)
		got := slices.Clone(first.Findings)
		for i := range got {
			got[i].Statements = nil
		}
		want := reference(readBack(t, docs))
		for i := range want {
			want[i].Statements = nil
		}
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Fatalf("(-reference +got):\n%.3000s", diff)
		}
		rng.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
		if diff := gocmp.Diff(written(t, "json", first, report.Options{}), written(t, "json", merged(t, docs...), report.Options{})); diff != "" {
			t.Fatalf("in another order (-first +other):\n%.3000s", diff)
		}
	}
}

// readBack returns the documents as JSON has them, which has no invalid UTF-8.
func readBack(t *testing.T, docs []*report.Document) (back []*report.Document) {
	t.Helper()
	for _, d := range docs {
		b, err := merge.Read(strings.NewReader(written(t, "json", d, report.Options{})), "one")
		if err != nil {
			t.Fatal(err)
		}
		back = append(back, b)
	}
	return back
}

// Proves that merging a merged report with another one gives the same numbers as merging all at once.
func TestMergingInSteps(t *testing.T) {
	docs := shards(rand.New(rand.NewPCG(3, 4)), 3)
	numbers := func(d *report.Document) (all [][4]any) {
		for _, f := range d.Findings {
			all = append(all, [4]any{f.Identity, f.Count, f.Worst, f.Level})
		}
		slices.SortFunc(all, func(a, b [4]any) int { return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
		return all
	}
	want := numbers(merged(t, docs...))
	for name, got := range map[string]*report.Document{
		"in steps":    merged(t, docs[0], merged(t, docs[1], docs[2])),
		"other steps": merged(t, merged(t, docs[1], docs[0]), docs[2]),
	} {
		if diff := gocmp.Diff(want, numbers(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// Proves that profiles are added up by name, and that the top statements are chosen after that.
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
	if diff := gocmp.Diff(want, merged(t, a, b).Profile); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Proves that deferred statements of several runs become one for each stack, the one with most rows, in any order, and
// that they are read as they were written.
func TestDeferredStatementsAreMerged(t *testing.T) {
	at := func(scope string, line, rows int) finding.Deferred {
		return finding.Deferred{
			Scope: scope, Dialect: "sqlite", Text: "SELECT id FROM posts", Count: 1, Rows: rows, Most: rows, Drained: 1,
			Stack: []finding.Call{{Function: "example.com/shop.List", File: "list.go", Line: line}},
		}
	}
	a := &report.Document{Deferred: []finding.Deferred{at("GET /b", 7, 2), at("GET /a", 7, 3)}}
	b := &report.Document{Deferred: []finding.Deferred{at("GET /a", 7, 9), at("GET /a", 5, 3)}}
	want := []finding.Deferred{at("GET /a", 5, 3), at("GET /a", 7, 9), at("GET /b", 7, 2)}
	for _, got := range []*report.Document{merged(t, a, b), merged(t, b, a), merged(t, merged(t, a, b))} {
		if diff := gocmp.Diff(want, got.Deferred); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

// Proves that reading keeps one finding per identity in memory, and not the input of 10 MB.
func TestReadingIsStreaming(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 10 MB")
	}
	const identities, findings = 100, 5_000
	r, w := io.Pipe()
	go func() { w.CloseWithError(writeMany(w, identities, findings)) }()
	before := heap()
	doc, err := merge.Read(r, "many")
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
			f := samples.LazyComments()
			f.Identity = fmt.Sprint(i)
			doc.Findings = append(doc.Findings, f)
		}
		if err := report.Write(w, "json", doc, report.Options{}); err != nil {
			return err
		}
	}
	return nil
}
