package zerochange

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Proves that what was recorded is reported however a process of tests ends, that the run is then incomplete, and that nothing of it
// remains on the disk.
func TestEnds(t *testing.T) {
	command := build(t)
	for _, how := range []string{"kill", "panic", "exit", "interrupt"} {
		t.Run(how, func(t *testing.T) {
			temporary, ready := t.TempDir(), filepath.Join(t.TempDir(), "ready")
			cmd := exec.Command(command, "test", "./...")
			cmd.Dir = "_ends"
			cmd.Env = append(os.Environ(), "ENDS="+how, "READY="+ready, "TMPDIR="+temporary)
			var out strings.Builder
			cmd.Stdout, cmd.Stderr = &out, &out
			if how == "interrupt" {
				cmd.Env = append(cmd.Env, "ENDS=wait")
				cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // the terminal sends the signal to a group of processes
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			if how == "interrupt" {
				for range 600 {
					if _, err := os.Stat(ready); err == nil {
						break
					}
					time.Sleep(100 * time.Millisecond)
				}
				if err := syscall.Kill(-cmd.Process.Pid, syscall.SIGINT); err != nil {
					t.Fatal(err)
				}
			}
			if err := cmd.Wait(); cmd.ProcessState.ExitCode() != 1 {
				t.Errorf("the command ends with %v, want the code 1 of go test", err)
			}
			for _, want := range []string{"store.go:24: n-plus-one (proven)", "its tests did not end, in TestEnds"} {
				if !strings.Contains(out.String(), want) {
					t.Errorf("the output has no %q:\n%s", want, out.String())
				}
			}
			left, err := filepath.Glob(filepath.Join(temporary, "nplusgone-*"))
			if err != nil || len(left) > 0 {
				t.Errorf("%q remain in the temporary folder, error %v", left, err)
			}
		})
	}
}

// Proves that a process may write more than one window of its file: no statement is lost.
func TestManyStatements(t *testing.T) {
	file := filepath.Join(t.TempDir(), "report.json")
	cmd := exec.Command(build(t), "test", "-format", "json", "-report", file, "./...")
	cmd.Dir = "_ends"
	cmd.Env = append(os.Environ(), "ENDS=many")
	out, _ := cmd.CombinedOutput()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var report struct {
		Profile struct{ Scopes []struct{ Statements int } }
	}
	if err := json.Unmarshal(text, &report); err != nil {
		t.Fatal(err)
	}
	const want = 20_000 + 7
	if s := report.Profile.Scopes; len(s) != 1 || s[0].Statements != want {
		t.Errorf("scopes %v, want one with %d statements", s, want)
	}
}
