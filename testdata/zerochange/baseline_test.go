package zerochange

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Proves that the runs of -runs make a baseline, and that a finding in it does not count.
func TestBaseline(t *testing.T) {
	command, dir := build(t), t.TempDir()
	runs, baseline := filepath.Join(dir, "runs"), filepath.Join(dir, "baseline")
	run := func(args ...string) (code int, out string) {
		cmd := exec.Command(command, args...)
		cmd.Dir = "requests"
		text, _ := cmd.CombinedOutput()
		return cmd.ProcessState.ExitCode(), string(text)
	}
	if code, out := run("test", "-runs", runs, "./..."); code != 1 {
		t.Fatalf("without a baseline the code is %d, want 1:\n%s", code, out)
	}
	if code, out := run("baseline", "write", "-file", baseline, runs); code != 0 {
		t.Fatalf("writing the baseline ends with %d:\n%s", code, out)
	}
	if code, out := run("test", "-baseline", baseline, "./..."); code != 0 || !strings.Contains(out, "1 known") {
		t.Errorf("with the baseline the code is %d, want 0 and one known finding:\n%s", code, out)
	}
}
