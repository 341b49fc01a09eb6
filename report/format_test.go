package report_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/samples"
	"github.com/nplusgone/nplusgone/report"
)

// Proves that every format can write every document, also none.
func TestEveryFormatWritesAnyDocument(t *testing.T) {
	for _, format := range report.Formats() {
		for name, doc := range map[string]*report.Document{"nil": nil, "empty": {}, "everything": samples.Everything(), "unusual": samples.Unusual()} {
			t.Run(format+" "+name, func(t *testing.T) {
				if got := written(t, format, doc, report.Options{Verbose: true}); !strings.HasSuffix(got, "\n") {
					t.Errorf("the report does not end with a line break: %q", got)
				}
			})
		}
	}
}

// Proves that the error for an unknown format names the formats.
func TestUnknownFormatNamesTheKnownOnes(t *testing.T) {
	err := report.Write(new(bytes.Buffer), "yaml", nil, report.Options{})
	if err == nil || err.Error() != `report: unknown format "yaml" (want text, json, sarif, github, markdown, gitlab, junit)` {
		t.Errorf("error = %v", err)
	}
}

// Proves that the order of the findings in a document does not matter, and that writing does not change the document.
func TestOutputDoesNotDependOnTheOrderOfFindings(t *testing.T) {
	for _, format := range report.Formats() {
		want := written(t, format, samples.Everything(), report.Options{})
		for range 20 {
			doc := samples.Everything()
			rand.Shuffle(len(doc.Findings), func(i, j int) { doc.Findings[i], doc.Findings[j] = doc.Findings[j], doc.Findings[i] })
			rand.Shuffle(len(doc.Profile.Scopes), func(i, j int) {
				doc.Profile.Scopes[i], doc.Profile.Scopes[j] = doc.Profile.Scopes[j], doc.Profile.Scopes[i]
			})
			before := report.Document{Findings: append([]finding.Finding{}, doc.Findings...), Tool: doc.Tool}
			if diff := cmp.Diff(want, written(t, format, doc, report.Options{})); diff != "" {
				t.Fatalf("%s depends on the order (-want +got):\n%s", format, diff)
			}
			if diff := cmp.Diff(before.Findings, doc.Findings); diff != "" {
				t.Fatalf("writing %s changed the document (-before +after):\n%s", format, diff)
			}
		}
	}
}

// Proves that the streamed JSON is what encoding/json would write, and has no null.
func TestJSONIsTheDocument(t *testing.T) {
	got := written(t, "json", samples.Everything(), report.Options{})
	var doc report.Document
	if err := json.Unmarshal([]byte(got), &doc); err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	enc := json.NewEncoder(&want)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(doc); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want.String(), got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := written(t, "json", &report.Document{Findings: []finding.Finding{{}}}, report.Options{}); strings.Contains(got, "null") {
		t.Errorf("there is a null in %s", got)
	}
}

// Proves that times that JSON cannot hold become 0.
func TestTimesThatAreNotNumbers(t *testing.T) {
	doc := &report.Document{Profile: finding.Profile{Scopes: []finding.ScopeProfile{
		{Name: "a", Milliseconds: math.NaN()}, {Name: "b", Milliseconds: math.Inf(1)},
		{Name: "c", Milliseconds: math.MaxFloat64}, {Name: "d", Milliseconds: -1}, {Name: "e", Milliseconds: 1.23456},
	}}}
	got := written(t, "json", doc, report.Options{})
	if strings.Count(got, `"milliseconds": 0`) != 4 || !strings.Contains(got, `"milliseconds": 1.235`) {
		t.Errorf("got %s", got)
	}
}

type fullDisk struct{ room int }

func (w *fullDisk) Write(p []byte) (int, error) {
	if w.room -= len(p); w.room < 0 {
		return 0, fs.ErrInvalid
	}
	return len(p), nil
}

// Proves that Write returns the error of a write that fails, early or in the last bytes.
func TestWriteReturnsTheWritersError(t *testing.T) {
	for _, format := range report.Formats() {
		size := len(written(t, format, samples.Everything(), report.Options{}))
		for _, room := range []int{0, size / 2, size - 1} {
			err := report.Write(&fullDisk{room}, format, samples.Everything(), report.Options{})
			if !errors.Is(err, fs.ErrInvalid) || !strings.HasPrefix(err.Error(), "report: writing "+format+": ") {
				t.Errorf("%s with room for %d bytes: error = %v", format, room, err)
			}
		}
	}
}
