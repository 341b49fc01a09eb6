package detector_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/scenario"
)

// folderOfScopes is the environment variable with the folder that the child of TestFindingsOfAnotherProcess writes to.
const folderOfScopes = "NPLUSGONE_TEST_SCOPES"

// recorded returns the scopes of a scenario, and the source to analyse them with.
func recorded(t *testing.T, file string) ([]*record.Frozen, analysis.Source) {
	t.Helper()
	s, err := scenario.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	scopes, err := s.Record(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return scopes, s.Source()
}

// analyse returns the findings of a scope with the default options.
func analyse(f *record.Frozen, source analysis.Source) []finding.Finding {
	cfg := &analysis.Config{Threshold: detector.DefaultThreshold, Rules: analysis.AllRules, Source: source}
	return analysis.NewPass(f, cfg).Findings()
}

// Proves, for each scenario, that a scope which was written and read back has the same findings.
func TestFindingsOfWrittenScopes(t *testing.T) {
	n := 0
	for _, files := range scenarios(t) {
		for _, file := range files {
			scopes, source := recorded(t, file)
			for _, before := range scopes {
				var b bytes.Buffer
				if err := before.Write(&b); err != nil {
					t.Fatalf("%s: %v", file, err)
				}
				after, err := record.Read(&b)
				if err != nil {
					t.Fatalf("%s: %v", file, err)
				}
				want := analyse(before, source)
				if diff := cmp.Diff(want, analyse(after, source)); diff != "" {
					t.Errorf("%s: findings differ (-recorded +read):\n%s", filepath.ToSlash(file), diff)
				}
				n += len(want)
			}
		}
	}
	if n < 200 {
		t.Errorf("only %d findings were compared", n)
	}
}

// Proves, for each scenario, that a scope which another process has recorded has the same findings, though the two processes
// hash values with different keys. The rule filter-in-app is left out: it compares hashes with that of a literal in the source,
// which Frozen.ForeignHashes forbids.
func TestFindingsOfAnotherProcess(t *testing.T) {
	if folder := os.Getenv(folderOfScopes); folder != "" {
		writeScopes(t, folder)
		return
	}
	folder := t.TempDir()
	child := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	child.Env = append(os.Environ(), folderOfScopes+"="+folder)
	if out, err := child.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	n := 0
	eachScope(t, func(file, name string, scope *record.Frozen, source analysis.Source) {
		data, err := os.Open(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		defer data.Close()
		after, err := record.Read(data)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if !after.ForeignHashes {
			t.Fatalf("%s: the hashes count as those of this process", file)
		}
		want, got := withoutFilter(analyse(scope, source)), withoutFilter(analyse(after, source))
		if diff := cmp.Diff(want, got); diff != "" && len(want)+len(got) > 0 {
			t.Errorf("%s: findings differ (-recorded +read):\n%s", filepath.ToSlash(file), diff)
		}
		n += len(want)
	})
	if n < 200 {
		t.Errorf("only %d findings were compared", n)
	}
}

// withoutFilter removes findings whose level needs hashes of this process: filter-in-app compares values with a constant.
func withoutFilter(findings []finding.Finding) []finding.Finding {
	return slices.DeleteFunc(findings, func(f finding.Finding) bool { return f.Rule == "filter-in-app" })
}

// writeScopes writes all scopes of all scenarios to a folder.
func writeScopes(t *testing.T, folder string) {
	t.Helper()
	eachScope(t, func(file, name string, scope *record.Frozen, _ analysis.Source) {
		var b bytes.Buffer
		if err := scope.Write(&b); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	})
}

// eachScope calls fn with each scope of each scenario, and a file name for it that is the same in each process.
func eachScope(t *testing.T, fn func(file, name string, scope *record.Frozen, source analysis.Source)) {
	t.Helper()
	var all []string
	for _, files := range scenarios(t) {
		all = append(all, files...)
	}
	slices.Sort(all)
	for i, file := range all {
		scopes, source := recorded(t, file)
		for k, scope := range scopes {
			fn(file, fmt.Sprintf("%d-%d", i, k), scope, source)
		}
	}
}
