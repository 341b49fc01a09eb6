package merge_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/merge"
	"github.com/nplusgone/nplusgone/internal/samples"
	"github.com/nplusgone/nplusgone/report"
)

// runOf writes a run of a package with findings, each in a scope of its own.
func runOf(t *testing.T, id, pkg string, findings ...finding.Finding) string {
	t.Helper()
	var out bytes.Buffer
	w := merge.NewRunWriter(&out, merge.Start{ID: id, Package: pkg, Main: true, Tool: report.Tool{Name: "nplusgone", Version: "v0.1.0"}})
	for _, f := range findings {
		w.Begun(f.Scope)
		w.Scope(finding.ScopeProfile{Name: f.Scope, Scopes: 1, Statements: f.Count, Milliseconds: 0.1234567}, []finding.Finding{f})
	}
	if err := w.End(merge.End{Unscoped: 2}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func collected(t *testing.T, inputs ...string) *report.Document {
	t.Helper()
	c := merge.NewCollection()
	defer c.Close()
	for i, in := range inputs {
		if err := c.Add(strings.NewReader(in), fmt.Sprint("input ", i)); err != nil {
			t.Fatal(err)
		}
	}
	doc, err := c.Document()
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func counting(f finding.Finding, count int) finding.Finding {
	f.Count = count
	return f
}

// Proves what counts mean: the worst scope of each run, added up over runs, and the largest count of one run; and that a
// run that is stored twice counts once.
func TestCountsOfRuns(t *testing.T) {
	one := runOf(t, "1", "example.com/a", counting(samples.LazyComments(), 10), counting(samples.LazyComments(), 50), counting(samples.LazyComments(), 20))
	two := runOf(t, "2", "example.com/b", counting(samples.LazyComments(), 30))
	three := runOf(t, "3", "example.com/c", counting(samples.LazyComments(), 3))
	for name, inputs := range map[string][]string{
		"each in its file": {one, two}, "the other way round": {two, one}, "in one file": {one + two}, "one of them twice": {one, two, one}, "one of them twice in a file": {one + one + two},
	} {
		t.Run(name, func(t *testing.T) {
			doc := collected(t, inputs...)
			if len(doc.Findings) != 1 {
				t.Fatalf("%d findings, want 1", len(doc.Findings))
			}
			f := doc.Findings[0]
			if f.Count != 80 || f.Worst != 50 || f.Most() != 50 || f.ScopeCount != 50 || f.Package != "example.com/a" {
				t.Errorf("count %d, worst %d, of the scope %d, package %q; want 80, 50, 50 and example.com/a", f.Count, f.Worst, f.ScopeCount, f.Package)
			}
			if again := collected(t, written(t, "json", doc, report.Options{}), three); again.Findings[0].ScopeCount != 50 || again.Findings[0].Count != 83 {
				t.Errorf("merged again: count %d, of the scope %d; want 83 and 50", again.Findings[0].Count, again.Findings[0].ScopeCount)
			}
			want := []finding.TestRun{{Package: "example.com/a", Whole: true}, {Package: "example.com/b", Whole: true}}
			if diff := cmp.Diff(want, doc.Runs); diff != "" {
				t.Errorf("runs (-want +got):\n%s", diff)
			}
			if n := len(doc.Profile.Scopes); n != 2 || doc.Profile.Unscoped.Statements != 4 {
				t.Errorf("%d scopes and %+v, want one for each package, and 4 outside", n, doc.Profile.Unscoped)
			}
		})
	}
}

// Proves that a run that is cut at any byte is an error or incomplete, and never complete.
func TestATruncatedRunIsNeverComplete(t *testing.T) {
	whole := runOf(t, "1", "example.com/a", samples.LazyComments(), samples.ImportRows())
	lines := strings.SplitAfter(whole, "\n")
	for cut := range len(whole) - 1 { // without its last line break a run is complete
		if cut > 300 && cut < len(whole)-300 && cut%11 != 0 {
			continue // within a finding, a sample of the positions is enough
		}
		doc, err := merge.Read(strings.NewReader(whole[:cut]), "cut")
		if err != nil {
			if cut > len(lines[0]) && cut != len(whole)-2 { // there the end is complete but for a brace
				t.Fatalf("cut at byte %d, after the first line: %v", cut, err)
			}
			continue
		}
		if len(doc.Runs) != 1 || doc.Runs[0].Whole || doc.Runs[0].Missing == "" {
			t.Fatalf("cut at byte %d of %d it is complete: %+v", cut, len(whole), doc.Runs)
		}
	}
	begun := strings.Join(lines[:2], "")
	doc, err := merge.Read(strings.NewReader(begun), "begun")
	if err != nil || doc.Runs[0].Missing != "its tests did not end, in "+samples.LazyComments().Scope {
		t.Errorf("got %+v and %v", doc, err)
	}
	for name, text := range map[string]string{
		"a line is missing":  strings.Join(slices.Delete(slices.Clone(lines), 2, 3), ""),
		"a line is repeated": lines[0] + lines[1] + strings.Join(lines[1:], ""),
		"a line is zeros":    lines[0] + strings.Repeat("\x00", 64) + strings.Join(lines[1:], ""),
		"a later version":    strings.Replace(whole, "nplusgone.run/v1", "nplusgone.run/v2", 1),
		"no run at all":      strings.Join(lines[1:], ""),
	} {
		if doc, err := merge.Read(strings.NewReader(text), "x"); err == nil {
			t.Errorf("%s: it was read as %+v", name, doc.Runs)
		}
	}
	followed := strings.Join(lines[:len(lines)-2], "") + written(t, "json", docOf(samples.SettingsTwice()), report.Options{})
	doc, err = merge.Read(strings.NewReader(followed), "followed")
	if err != nil || doc.Runs[0].Whole || len(doc.Findings) != 3 {
		t.Fatalf("a document after a truncated run: %v", err)
	}
	for _, f := range doc.Findings {
		if want := map[bool]string{true: "", false: "example.com/a"}[f.Rule == "duplicate-query"]; f.Package != want {
			t.Errorf("%s is of package %q, want %q", f.Rule, f.Package, want)
		}
	}
	later := lines[0] + `{"weather":{"is":"fine"}}` + "\n" + strings.Replace(strings.Join(lines[1:], ""), `"messages":7`, `"messages":8`, 1)
	if doc, err := merge.Read(strings.NewReader(later), "later"); err != nil || !doc.Runs[0].Whole {
		t.Errorf("a message that this version does not know: %v", err)
	}
}

// Proves that a collection writes in every format what the merged document would be, however the reports are spread over
// files and however many those are.
func TestACollectionWritesWhatItsDocumentWrites(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var docs []*report.Document
	for range 40 {
		d := samples.Everything()
		d.Findings = append(d.Findings, samples.Unusual().Findings...)
		for i := range d.Findings {
			f := &d.Findings[i]
			if f.Identity != "" && rng.IntN(2) == 0 {
				f.Identity = fmt.Sprintf("0123456789abcdef-%03d", rng.IntN(40)) // alike for longer than what an entry has of it
				f.Scope = fmt.Sprint("scope ", rng.IntN(9))
				f.Level = finding.Level(rng.IntN(3) + 1)
			}
			if f.Rule == "" {
				f.Rule = "none"
			}
		}
		again, err := merge.Read(strings.NewReader(written(t, "json", d, report.Options{})), "one") // JSON has no broken UTF-8
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, again)
	}
	dir := t.TempDir()
	var paths []string
	c := merge.NewCollection()
	defer c.Close()
	for i, d := range docs {
		path := filepath.Join(dir, fmt.Sprintf("%d.json", i))
		text := written(t, "json", d, report.Options{})
		if i%3 == 0 {
			text = "\ufeff" + text
		}
		if i%2 == 0 {
			if err := c.Add(strings.NewReader(text), path); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	if err := c.AddFiles(paths...); err != nil {
		t.Fatal(err)
	}
	want := merged(t, docs...)
	for _, format := range report.Formats() {
		var got bytes.Buffer
		if err := c.Write(&got, format, report.Options{Verbose: true}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(written(t, format, want, report.Options{Verbose: true}), got.String()); diff != "" {
			t.Errorf("%s (-merged +collected):\n%.2000s", format, diff)
		}
	}
}

// Proves that known findings do not count, and that nothing can be added after the findings were read.
func TestMarkKnown(t *testing.T) {
	c := merge.NewCollection()
	defer c.Close()
	if err := c.Add(strings.NewReader(written(t, "json", samples.Everything(), report.Options{})), "x"); err != nil {
		t.Fatal(err)
	}
	if n, err := c.Count(finding.Likely); n != 4 || err != nil {
		t.Errorf("%d findings and %v, want 4", n, err)
	}
	if err := c.MarkKnown(func(f *finding.Finding) string {
		if f.Rule == "n-plus-one" {
			return "legacy"
		}
		return ""
	}); err != nil {
		t.Fatal(err)
	}
	if n, err := c.Count(finding.Likely); n != 2 || err != nil {
		t.Errorf("%d findings and %v, want 2", n, err)
	}
	var out bytes.Buffer
	if err := c.Write(&out, "text", report.Options{}); err != nil || !strings.Contains(out.String(), "\n2 findings (2 proven), 2 notes, 3 known; ") {
		t.Errorf("%v in %s", err, &out)
	}
	if err := c.Add(strings.NewReader("{}"), "late"); err == nil {
		t.Error("no error for adding after reading")
	}
	if err := c.AddFiles("late"); err == nil {
		t.Error("no error for adding after reading")
	}
}

// Proves that a large collection uses a temporary file, and that Close removes it.
func TestCloseRemovesTemporaryFiles(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	t.Setenv("TMP", tmp)
	c := merge.NewCollection()
	big := samples.Everything()
	for i := range 3000 {
		f := samples.LazyComments()
		f.Identity = fmt.Sprint(i)
		big.Findings = append(big.Findings, f)
	}
	if err := c.Add(strings.NewReader(written(t, "json", big, report.Options{})), "big"); err != nil {
		t.Fatal(err)
	}
	if n, err := c.Count(finding.Suspect); n != 3005 || err != nil {
		t.Errorf("%d findings and %v", n, err)
	}
	read := 0
	stop := errors.New("stop")
	if err := c.Each(func(*finding.Finding) error {
		if read++; read == 100 {
			return stop
		}
		return nil
	}); !errors.Is(err, stop) || read != 100 {
		t.Errorf("stopped after %d with %v", read, err)
	}
	if files, _ := os.ReadDir(tmp); len(files) != 1 {
		t.Errorf("%d temporary files, want 1", len(files))
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	if files, _ := os.ReadDir(tmp); len(files) != 0 {
		t.Errorf("%d temporary files are left", len(files))
	}
}

// fullDisk accepts a number of bytes.
type fullDisk struct{ room int }

func (w *fullDisk) Write(p []byte) (int, error) {
	if w.room -= len(p); w.room < 0 {
		return 0, fs.ErrInvalid
	}
	return len(p), nil
}

// Proves that End returns the first error of writing, and that nothing is written after an error or after the end.
func TestARunThatCannotBeWritten(t *testing.T) {
	w := merge.NewRunWriter(&fullDisk{100}, merge.Start{ID: "1", Package: "p"})
	for range 10 {
		w.Begun("TestX")
	}
	if err := w.End(merge.End{}); err == nil || !strings.Contains(err.Error(), "writing a run") {
		t.Errorf("got %v", err)
	}
	var out bytes.Buffer
	w = merge.NewRunWriter(&out, merge.Start{ID: "1", Package: "p"})
	if err := w.End(merge.End{}); err != nil {
		t.Fatal(err)
	}
	size := out.Len()
	w.Begun("late")
	if out.Len() != size {
		t.Error("a message was written after the end")
	}
}

// Proves that a collection can be ordered by cost, and that equal costs are ordered by position.
func TestACollectionByCost(t *testing.T) {
	saving := func(line, saved int) finding.Finding {
		f := samples.LazyComments()
		f.Identity, f.Loop, f.Saved = fmt.Sprint("id", line), nil, saved
		f.CallSite.Line = line
		return f
	}
	c := merge.NewCollection()
	defer c.Close()
	c.ByCost()
	run := runOf(t, "1", "example.com/a", saving(10, 4), saving(20, 49), saving(30, 4), saving(40, 5))
	if err := c.Add(strings.NewReader(run), "a run"); err != nil {
		t.Fatal(err)
	}
	var lines []int
	err := c.Each(func(f *finding.Finding) error {
		lines = append(lines, f.CallSite.Line)
		return nil
	})
	if want := []int{20, 40, 10, 30}; err != nil || !slices.Equal(lines, want) {
		t.Errorf("lines %v, error %v; want %v", lines, err, want)
	}
}
