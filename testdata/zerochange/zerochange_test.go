package zerochange

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Proves that the command finds in each module exactly what is written there, that the tests' own output and exit code
// are those of go test, and that the module is as it was.
func TestModules(t *testing.T) {
	command := build(t)
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		dir := e.Name()
		if !e.IsDir() || strings.HasPrefix(dir, "_") {
			continue // a module with _ is used by others
		}
		t.Run(dir, func(t *testing.T) {
			before := tree(t, dir)
			want := wanted(t, dir)
			got := found(t, command, dir, want)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("findings at likely and above (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(before, tree(t, dir)); diff != "" {
				t.Errorf("the module has changed (-before +after):\n%s", diff)
			}
		})
	}
}

// build builds the command.
func build(t *testing.T) string {
	t.Helper()
	command := filepath.Join(t.TempDir(), "nplusgone")
	if out, err := exec.Command("go", "build", "-o", command, "github.com/nplusgone/nplusgone/cmd/nplusgone").CombinedOutput(); err != nil {
		t.Fatalf("building the command: %v\n%s", err, out)
	}
	return command
}

// found runs the command and returns its findings at likely and above, as "file:line rule level", and how the loop is known if that is
// wanted.
func found(t *testing.T, command, dir string, wanted []string) (lines []string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "report.json")
	args := []string{"test", "-format", "json", "-report", file}
	if extra, err := os.ReadFile(filepath.Join(dir, "arguments")); err == nil {
		args = append(args, strings.Fields(string(extra))...)
	} else {
		args = append(args, "./...")
	}
	cmd := exec.Command(command, args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	wantOutput(t, dir, string(out))
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("there is no report; the command wrote:\n%s", out)
	}
	var report struct {
		Findings []struct {
			Rule, Level, Note string
			LoopFrom          string
			Loop, CallSite    *struct {
				File string
				Line int
			}
		}
		Profile struct {
			TestRuns []struct{ Package, Missing string }
			Scopes   []struct {
				Name               string
				Scopes, Statements int
			}
			NotChecked []string
		}
	}
	if err := json.Unmarshal(text, &report); err != nil {
		t.Fatalf("reading the report: %v", err)
	}
	for _, f := range report.Findings {
		if f.Note != "" || f.Level == "suspect" {
			continue
		}
		at := f.CallSite
		if f.Loop != nil {
			at = f.Loop
		}
		line := fmt.Sprintf("%s:%d %s %s", at.File, at.Line, f.Rule, f.Level)
		if how := line + " " + f.LoopFrom; slices.Contains(wanted, how) || !slices.Contains(wanted, line) {
			line = how
		}
		lines = append(lines, line)
	}
	for _, r := range report.Profile.TestRuns {
		if r.Missing != "" {
			t.Errorf("%s: %s", r.Package, r.Missing)
		}
	}
	if len(report.Profile.NotChecked) > 0 {
		t.Errorf("not checked: %q", report.Profile.NotChecked)
	}
	statements, scopes := 0, make(map[string]int)
	for _, s := range report.Profile.Scopes {
		statements += s.Statements
		scopes[s.Name] = s.Statements / max(1, s.Scopes)
	}
	wantScopes(t, dir, scopes)
	wantStatements(t, dir, statements)
	wantCode := 0
	if len(lines) > 0 || !strings.Contains(string(out), "ok  \t") {
		wantCode = 1
	}
	if code := cmd.ProcessState.ExitCode(); code != wantCode {
		t.Errorf("exit code %d, want %d; the command wrote:\n%s", code, wantCode, out)
	}
	slices.Sort(lines)
	return lines
}

var output = regexp.MustCompile(`// output: (.*)$`)

// wantOutput fails the test for each text of a comment "// output:" that the command has not written.
func wantOutput(t *testing.T, dir, out string) {
	t.Helper()
	walk(t, dir, func(name string, text []byte) {
		for line := range strings.Lines(string(text)) {
			if m := output.FindStringSubmatch(strings.TrimSpace(line)); m != nil && !strings.Contains(out, m[1]) {
				t.Errorf("%s: the command has not written %q:\n%s", name, m[1], out)
			}
		}
	})
}

var statements = regexp.MustCompile(`// statements: (.*)$`)

// wantStatements fails the test if a module has a comment "// statements:" with another number.
func wantStatements(t *testing.T, dir string, got int) {
	t.Helper()
	walk(t, dir, func(name string, text []byte) {
		for line := range strings.Lines(string(text)) {
			if m := statements.FindStringSubmatch(strings.TrimSpace(line)); m != nil && m[1] != fmt.Sprint(got) {
				t.Errorf("%s: %s statements are wanted, and %d were recorded in the scopes", name, m[1], got)
			}
		}
	})
}

var scope = regexp.MustCompile(`// scope: (\d+) (.*)$`)

// wantScopes fails the test for each scope of a comment "// scope:" that does not have as many statements.
func wantScopes(t *testing.T, dir string, got map[string]int) {
	t.Helper()
	walk(t, dir, func(name string, text []byte) {
		for line := range strings.Lines(string(text)) {
			if m := scope.FindStringSubmatch(strings.TrimSpace(line)); m != nil && m[1] != fmt.Sprint(got[m[2]]) {
				t.Errorf("%s: the scope %q has %d statements, want %s; the scopes are %v", name, m[2], got[m[2]], m[1], got)
			}
		}
	})
}

var want = regexp.MustCompile(`// want: (.*)$`)

// wanted returns what is written in the files of a module.
func wanted(t *testing.T, dir string) (lines []string) {
	t.Helper()
	walk(t, dir, func(name string, text []byte) {
		for i, line := range strings.Split(string(text), "\n") {
			if m := want.FindStringSubmatch(line); m != nil {
				for one := range strings.SplitSeq(m[1], ", ") {
					lines = append(lines, fmt.Sprintf("%s:%d %s", name, i+1, one))
				}
			}
		}
	})
	slices.Sort(lines)
	return lines
}

// tree returns the hashes of the files of a module.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	sums := make(map[string]string)
	walk(t, dir, func(name string, text []byte) { sums[name] = fmt.Sprintf("%x", sha256.Sum256(text)) })
	return sums
}

// walk calls fn with each file of a module.
func walk(t *testing.T, dir string, fn func(name string, text []byte)) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		fn(filepath.ToSlash(name), text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
