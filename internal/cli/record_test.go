package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Proves that flags of nplusgone are separated from those of go test, which are passed on as they are.
func TestArgumentsOfGoTest(t *testing.T) {
	tests := []struct{ name, args, passed, packages, build string }{
		{"packages", "./...", "test -overlay=O -count=1 ./...", "./...", ""},
		{"own flags among others", "-format json -run TestX ./a -level=proven ./b", "test -overlay=O -count=1 -run TestX ./a ./b", "./a ./b", ""},
		{"an argument of the test", "./a -v ./b", "test -overlay=O -count=1 ./a -v ./b", "./a", ""},
		{"a count", "-count=2 .", "test -overlay=O -count=2 .", ".", ""},
		{"flags of the build", "-race -tags integration ./...", "test -overlay=O -count=1 -race -tags integration ./...", "./...", "-race -tags=integration"},
		{"another folder", "-C sub -v ./...", "test -C sub -overlay=O -count=1 -v ./...", "./...", ""},
		{"the user's overlay", "-overlay mine.json ./...", "test -overlay=O -count=1 ./...", "./...", ""},
		{"arguments of the test", ". -args -format x", "test -overlay=O -count=1 . -args -format x", ".", ""},
		{"a value like a package", "-timeout 5m -run=X ./a", "test -overlay=O -count=1 -timeout 5m -run=X ./a", "./a", ""},
		{"two dashes", "--json --also sarif=x ./...", "test -overlay=O -count=1 --json ./...", "./...", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r, err := parseTest(strings.Fields(test.args))
			if err != nil {
				t.Fatal(err)
			}
			got := []string{strings.Join(r.command("O"), " "), strings.Join(r.packages(), " "), strings.Join(r.build, " ")}
			if diff := cmp.Diff([]string{test.passed, test.packages, test.build}, got); diff != "" {
				t.Errorf("command, packages and flags of the build (-want +got):\n%s", diff)
			}
		})
	}
}

// Proves that the flags of nplusgone come before the package of go run, and that the program's own arguments are not read.
func TestArgumentsOfGoRun(t *testing.T) {
	r, err := parseRun(strings.Fields("-level suspect -race -tags x ./cmd/server -format text"))
	if err != nil {
		t.Fatal(err)
	}
	r.output = "DIR"
	if diff := cmp.Diff("build -overlay=O -o DIR/ -buildvcs=false -race -tags x ./cmd/server", strings.Join(r.command("O"), " ")); diff != "" {
		t.Errorf("the command that builds (-want +got):\n%s", diff)
	}
	if got := strings.Join(r.program, " "); got != "-format text" {
		t.Errorf("the arguments of the program are %q", got)
	}
	if got := strings.Join(r.build, " "); got != "-race -tags=x" {
		t.Errorf("the flags of the build are %q", got)
	}
}

// Proves which arguments of go run are those of go build, and that the program gets the rest.
func TestProgramOfGoRun(t *testing.T) {
	for _, test := range []struct{ args, build, exec, program string }{
		{"main.go other.go x.txt y.go", "build -overlay=O -o DIR/ -buildvcs=false main.go other.go", "", "x.txt y.go"},
		{"-C sub -buildvcs=true . -v", "build -C sub -overlay=O -o DIR/ -buildvcs=true .", "", "-v"},
		{"-exec time -v . -exec y", "build -overlay=O -o DIR/ -buildvcs=false -v .", "time", "-exec y"},
		{"-exec=time .", "build -overlay=O -o DIR/ -buildvcs=false .", "time", ""},
		{"", "build -overlay=O -o DIR/ -buildvcs=false", "", ""},
	} {
		r, err := parseRun(strings.Fields(test.args))
		if err != nil {
			t.Fatal(err)
		}
		r.output = "DIR"
		got := []string{strings.Join(r.command("O"), " "), r.exec, strings.Join(r.program, " ")}
		if diff := cmp.Diff([]string{test.build, test.exec, test.program}, got); diff != "" {
			t.Errorf("%s: the command that builds, -exec and the arguments of the program (-want +got):\n%s", test.args, diff)
		}
	}
}

// Proves that a wrong value of a flag is an error that names it.
func TestWrongArguments(t *testing.T) {
	for _, args := range []string{"-format xml .", "-level often .", "-report"} {
		if _, err := parseTest(strings.Fields(args)); err == nil || !strings.Contains(err.Error(), strings.Fields(args)[0][1:]) && !strings.Contains(err.Error(), "often") {
			t.Errorf("%s: error %v", args, err)
		}
	}
}

// Proves that the error says what the go command said of a module that it cannot read.
func TestTheReasonOfTheGoCommandIsSaid(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.com/shop\n\ngo 1.999\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "list", "-m")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOTOOLCHAIN=local", "GOWORK=off")
	_, err := cmd.Output()
	if err == nil {
		t.Fatal("the go command reads a module of a later release")
	}
	if got := saidBy(err); !strings.Contains(got, "requires go >= 1.999") || strings.Contains(got, "\n") {
		t.Errorf("the error says %q", got)
	}
	if got := saidBy(exec.ErrNotFound); got != exec.ErrNotFound.Error() {
		t.Errorf("the error says %q", got)
	}
}
