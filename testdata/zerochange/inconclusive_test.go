package zerochange

import (
	"os/exec"
	"strings"
	"testing"
)

// Proves that a run in which nothing was checked is no success: it exits with 2 and says why.
func TestInconclusive(t *testing.T) {
	command := build(t)
	for _, test := range []struct{ name, args, want string }{
		{"no statement", "-C _unrecorded ./nosql", "no statement of database/sql or pgx ran in a test"},
		{"no record", "-C _unrecorded ./silent", "example.com/unrecorded/silent: its tests left no record"},
		{"no record of one package", "-C _unrecorded ./...", "example.com/unrecorded/silent: its tests left no record"},
		{"no module", "-C / ./...", "does not contain main module"},
	} {
		t.Run(test.name, func(t *testing.T) {
			cmd := exec.Command(command, append([]string{"test"}, strings.Fields(test.args)...)...)
			out, err := cmd.CombinedOutput()
			if cmd.ProcessState.ExitCode() == 0 {
				t.Errorf("the command ends with success")
			}
			if test.name != "no module" && cmd.ProcessState.ExitCode() != 2 {
				t.Errorf("the command ends with %v, want 2", err)
			}
			if !strings.Contains(string(out), test.want) {
				t.Errorf("the output has no %q:\n%s", test.want, out)
			}
		})
	}
}
