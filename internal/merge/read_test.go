package merge_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/merge"
	"github.com/nplusgone/nplusgone/internal/samples"
	"github.com/nplusgone/nplusgone/report"
)

// Proves that a document that is written, read and written again gives the same bytes.
func TestReadReadsWhatWriteWrote(t *testing.T) {
	for name, doc := range map[string]*report.Document{"empty": {}, "everything": samples.Everything()} {
		t.Run(name, func(t *testing.T) {
			want := written(t, "json", doc, report.Options{})
			got, err := merge.Read(iotest.OneByteReader(strings.NewReader(want)), "run.json")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, written(t, "json", got, report.Options{})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Proves that changes that other programs make to a report are accepted.
func TestReadIsTolerant(t *testing.T) {
	for name, input := range map[string]string{
		"a byte order mark":      "\ufeff" + `{"schema":"nplusgone.report/v1","findings":[{"rule":"r","level":"likely","identity":"1"}],"profile":{}}`,
		"sorted keys":            `{"findings":[{"identity":"1","level":"likely","rule":"r"}],"profile":{"scopes":[]},"schema":"nplusgone.report/v1"}`,
		"fields of a later time": `{"schema":"nplusgone.report/v1","new":{"findings":[1]},"findings":[{"rule":"r","level":"Likely","identity":"1","newer":[]}]}`,
		"a stream":               `{"schema":"nplusgone.report/v1","findings":null}` + "\n" + `{"schema":"nplusgone.report/v1","findings":[{"rule":"r","level":"likely","identity":"1"}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := merge.Read(strings.NewReader(input), "run.json")
			if err != nil {
				t.Fatal(err)
			}
			want := []finding.Finding{{
				Rule: "r", Level: finding.Likely, Identity: "1",
				Members: []string{}, Statements: []finding.StatementStat{}, Evidence: []finding.Evidence{},
			}}
			if diff := cmp.Diff(want, doc.Findings); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Proves that several documents in a row are merged.
func TestReadMergesAStream(t *testing.T) {
	one := written(t, "json", samples.Everything(), report.Options{})
	doc, err := merge.Read(strings.NewReader(one+one+"\n"+one), "runs.json")
	if err != nil {
		t.Fatal(err)
	}
	want := written(t, "json", merged(t, samples.Everything(), samples.Everything(), samples.Everything()), report.Options{})
	if diff := cmp.Diff(want, written(t, "json", doc, report.Options{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Proves that an error names the input, the place in it, what is wrong, and what to do.
func TestReadErrors(t *testing.T) {
	const head = `{"schema":"nplusgone.report/v1","findings":[`
	const good = `{"rule":"r","level":"likely","identity":"1"}`
	for _, test := range []struct{ name, input, want string }{
		{"empty", " \n", `merge: "run.json" is empty: the run that should have written it did not finish, so run it again`},
		{"text", "PASS\nok", `merge: "run.json" is not JSON (after byte 0, invalid character 'P' looking for beginning of value): give a file written in the json format`},
		{"an array", `[1]`, `merge: "run.json" is JSON but not an nplusgone report (it holds no JSON object): give a file written in the json format`},
		{"no schema", `{"findings":[],"profile":{}}`, `merge: "run.json" is JSON but not an nplusgone report (it has no "schema"): give a file written in the json format`},
		{"another program's", `{"schema":"sarif","version":"2.1.0"}`, `merge: "run.json" is JSON but not an nplusgone report (its schema is "sarif"): give a file written in the json format`},
		{"a schema that never was", `{"schema":"nplusgone.report/v0"}`, `merge: "run.json" is JSON but not an nplusgone report (its schema is "nplusgone.report/v0"): give a file written in the json format`},
		{"a newer schema", `{"schema":"nplusgone.report/v2","findings":{}}`, `merge: "run.json" has schema "nplusgone.report/v2" and this nplusgone reads "nplusgone.report/v1": update nplusgone`},
		{"cut off in a finding", head + good + `,{"rule":"r","le`, `merge: "run.json" ends in finding 2, after byte 89: the run that wrote it did not finish, so run it again`},
		{"cut off between findings", head + good + `,`, `merge: "run.json" ends in finding 2, after byte 89: the run that wrote it did not finish, so run it again`},
		{"cut off before the end", head + `]`, `merge: "run.json" ends in "findings", after byte 45: the run that wrote it did not finish, so run it again`},
		{"cut off in a key", `{"sche`, `merge: "run.json" ends in a document, after byte 1: the run that wrote it did not finish, so run it again`},
		{"damaged", head + good + `,{"rule":nil}]}`, `merge: "run.json" is damaged in finding 2, after byte 89 (invalid character 'i' in literal null (expecting 'u')): write it again`},
		{"a second document that is none", head + "]} garbage", `merge: "run.json" is damaged in a document, after byte 47 (invalid character 'g' looking for beginning of value): write it again`},
		{"another type", head + `{"rule":"r","count":"many"}]}`, `merge: "run.json" is no report in finding 1, after byte 71: "count" holds a string: write it again`},
		{"another number", head + `{"rule":"r","count":1.5}]}`, `merge: "run.json" is no report in finding 1, after byte 68: "count" holds a number: write it again`},
		{"a finding that is none", head + `true]}`, `merge: "run.json" is no report in finding 1, after byte 48: it holds true or false: write it again`},
		{"a schema that is none", `{"schema":[1]}`, `merge: "run.json" is no report in "schema", after byte 13: it holds an array: write it again`},
		{"findings that are none", `{"schema":"nplusgone.report/v1","findings":"none"}`, `merge: "run.json" is JSON but not an nplusgone report (its "findings" are no array): give a file written in the json format`},
		{"an unknown level", head + `{"rule":"r","level":"sure"}]}`, `merge: reading "run.json" in finding 1, after byte 71: finding: unknown level "sure" (want suspect, likely or proven)`},
		{"no level", head + `{"rule":"r"}]}`, `merge: "run.json" is no report in finding 1, before byte 56: it has no rule or no level: write it again`},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc, err := merge.Read(strings.NewReader(test.input), "run.json")
			if err == nil || doc != nil {
				t.Fatalf("Read = %v, %v, want an error", doc, err)
			}
			// The position differs by a byte or two between releases of Go.
			near := regexp.MustCompile(`(after|before) byte \d+`)
			if diff := cmp.Diff(near.ReplaceAllString(test.want, "$1 byte N"), near.ReplaceAllString(err.Error(), "$1 byte N")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Proves that a report that is cut at any byte is an error.
func TestReadRefusesEveryTruncation(t *testing.T) {
	whole := strings.TrimSpace(written(t, "json", samples.Everything(), report.Options{}))
	for n := 1; n < len(whole); n += 31 {
		_, err := merge.Read(strings.NewReader(whole[:n]), "run.json")
		if err == nil || !strings.Contains(err.Error(), "did not finish") {
			t.Fatalf("cut off after %d bytes: error = %v", n, err)
		}
	}
}

// Proves that an error of the reader is wrapped.
func TestReadWrapsTheReadersError(t *testing.T) {
	whole := written(t, "json", samples.Everything(), report.Options{})
	r := io.MultiReader(strings.NewReader(whole[:5_000]), iotest.ErrReader(fs.ErrPermission))
	if _, err := merge.Read(r, "pipe"); !errors.Is(err, fs.ErrPermission) || !strings.HasPrefix(err.Error(), `merge: reading "pipe" in finding `) {
		t.Errorf("error = %v", err)
	}
}

// Proves the errors for paths that are not a report.
func TestReadFileErrors(t *testing.T) {
	dir := t.TempDir()
	missing := filepath.Join(dir, "missing.json")
	if _, err := merge.ReadFile(missing); !errors.Is(err, fs.ErrNotExist) || strings.Count(err.Error(), "missing.json") != 1 {
		t.Errorf("a missing file: error = %v", err)
	}
	if _, err := merge.ReadFile(dir); err == nil || !strings.Contains(err.Error(), "is a directory: name the report files in it") {
		t.Errorf("a directory: error = %v", err)
	}
	empty := filepath.Join(dir, "empty.json")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := merge.ReadFile(empty); err == nil || !strings.Contains(err.Error(), "is empty") {
		t.Errorf("an empty file: error = %v", err)
	}
}

// Proves that no input makes Read panic, and that what it accepts can be written in every format and read again.
func FuzzRead(f *testing.F) {
	f.Add(`{"schema":"nplusgone.report/v1","findings":[{"rule":"r","level":"likely","identity":"1","loop":{}}],"profile":{"scopes":[{"name":"a"}]}}`)
	f.Add(`{"findings":[{}],"schema":"nplusgone.report/v2"}{`)
	f.Add(`[{"schema":null}]`)
	f.Add(`{"start":{"schema":"nplusgone.run/v1","id":"1","package":"p"}}
{"begun":"T"}{"finding":{"rule":"r","level":"likely","identity":"a","count":3}}{"finding":{"rule":"r","level":"proven","identity":"a","count":4}}
{"scope":{"name":"T","scopes":1,"statements":3}}{"end":{"messages":5,"unscoped":1}}`)
	f.Fuzz(func(t *testing.T, input string) {
		doc, err := merge.Read(strings.NewReader(input), "fuzz")
		if err != nil {
			if !strings.HasPrefix(err.Error(), "merge: ") {
				t.Errorf("error = %v", err)
			}
			return
		}
		for _, format := range report.Formats() {
			written(t, format, doc, report.Options{})
		}
		again, err := merge.Read(strings.NewReader(written(t, "json", doc, report.Options{})), "again")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(doc, again); diff != "" {
			t.Errorf("(-first +again):\n%s", diff)
		}
	})
}
