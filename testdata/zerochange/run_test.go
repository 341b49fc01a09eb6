package zerochange

import (
	"os/exec"
	"strings"
	"testing"
)

// Proves that "nplusgone run" passes arguments to the program, leaves its output as it is, and reports what its requests ran.
func TestRun(t *testing.T) {
	cmd := exec.Command(build(t), "run", "-level", "proven", ".", "2")
	cmd.Dir = "_serve"
	var stdout, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); cmd.ProcessState.ExitCode() != 1 {
		t.Errorf("the command ends with %v, want 1 because of the finding: %s", err, stderr.String())
	}
	page := "[text text text text text text] <nil>\n"
	rest, ok := strings.CutPrefix(stdout.String(), page+page)
	if !ok {
		t.Errorf("standard output does not begin with that of the program:\n%s", stdout.String())
	}
	for _, want := range []string{"store.go:24: n-plus-one (proven)", "GET /feed of example.com/serve\n", "14 statements in 2 scopes"} {
		if !strings.Contains(rest, want) {
			t.Errorf("the report has no %q:\n%s", want, rest)
		}
	}
}
