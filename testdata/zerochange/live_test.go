package zerochange

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// A service is the program of the folder _serve, which the command runs.
type service struct {
	t      *testing.T
	cmd    *exec.Cmd
	out    *bufio.Reader
	pid    int
	url    string
	stderr messages
}

// messages are what the command writes to standard error.
type messages struct {
	mu   sync.Mutex
	text strings.Builder
}

func (m *messages) Write(p []byte) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.text.Write(p)
}

func (m *messages) String() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.text.String()
}

// serve runs the command with arguments in a folder, until the service of it listens.
func serve(t *testing.T, dir, command string, args ...string) *service {
	t.Helper()
	s := &service{t: t, cmd: exec.Command(command, args...)}
	s.cmd.Dir, s.cmd.Stderr = dir, &s.stderr
	out, err := s.cmd.StdoutPipe()
	if err == nil {
		err = s.cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.cmd.Process.Kill() })
	s.out = bufio.NewReader(out)
	var address string
	if _, err := fmt.Fscanln(s.out, &s.pid, &address); err != nil {
		t.Fatalf("reading the address: %v\n%s", err, s.stderr.String())
	}
	t.Cleanup(func() { _ = syscall.Kill(s.pid, syscall.SIGKILL) })
	s.url = "http://" + address + "/feed"
	return s
}

func (s *service) get(query string) {
	s.t.Helper()
	r, err := http.Get(s.url + query)
	if err != nil {
		s.t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, r.Body)
	r.Body.Close()
}

const place = "store.go:24: n-plus-one (proven)"

// printed waits until the finding was printed n times.
func (s *service) printed(n int) {
	s.t.Helper()
	for range 600 {
		if strings.Count(s.stderr.String(), place) >= n {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if got := strings.Count(s.stderr.String(), place); got != n {
		s.t.Fatalf("the finding was printed %d times, want %d:\n%s", got, n, s.stderr.String())
	}
}

// end waits for the end of the command, and returns its exit code and the rest of standard output.
func (s *service) end() (code int, out string) {
	rest, _ := io.ReadAll(s.out)
	_ = s.cmd.Wait()
	return s.cmd.ProcessState.ExitCode(), string(rest)
}

// Proves that a finding is printed while the service runs, once, and again when it is worse; that the recorded run can be read
// meanwhile, and says that it is not complete; and that an interrupt ends the service as it would alone, after which the report follows.
func TestFindingsWhileServing(t *testing.T) {
	command, runs := build(t), filepath.Join(t.TempDir(), "runs")
	s := serve(t, "_serve", command, "run", "-runs", runs, ".")
	s.get("?n=3")
	s.printed(1)
	for range 5 {
		s.get("?n=3")
	}
	s.get("?n=4")
	time.Sleep(time.Second)
	s.printed(1)
	s.get("")
	s.printed(2)

	report := exec.Command(command, "report", runs)
	out, _ := report.CombinedOutput()
	if code := report.ProcessState.ExitCode(); code != 1 || !strings.Contains(string(out), place) || !strings.Contains(string(out), "the program still runs") {
		t.Errorf("meanwhile the report ends with %d:\n%s", code, out)
	}

	if err := s.cmd.Process.Signal(os.Interrupt); err != nil { // of the command alone: there is no terminal
		t.Fatal(err)
	}
	code, rest := s.end()
	if code != 1 || !strings.HasPrefix(rest, "shut down\n") || !strings.Contains(rest, place) || !strings.Contains(rest, "8 scopes") {
		t.Errorf("the command ends with %d, and writes\n%s\n%s", code, rest, s.stderr.String())
	}
	out, _ = exec.Command(command, "report", runs).CombinedOutput()
	if !strings.Contains(string(out), place) || strings.Contains(string(out), "still runs") {
		t.Errorf("afterwards the report is\n%s", out)
	}
}

// Proves that a service which is killed is reported with all that it ran, and that the request which it was in is said.
func TestServiceIsKilled(t *testing.T) {
	s := serve(t, "_serve", build(t), "run", ".")
	s.get("")
	r, err := http.Get(s.url + "?wait=1") // returns when the handler has flushed
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if err := syscall.Kill(s.pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	code, rest := s.end()
	if code != 1 || !strings.Contains(rest, place) || !strings.Contains(rest, "14 statements in 2 scopes") {
		t.Errorf("the command ends with %d, and writes\n%s", code, rest)
	}
	for _, want := range []string{"the program has ended: signal: killed", "1 request had not ended"} {
		if !strings.Contains(s.stderr.String(), want) {
			t.Errorf("standard error has no %q:\n%s", want, s.stderr.String())
		}
	}
}

// Proves that what was found is kept if the command itself is killed.
func TestCommandIsKilled(t *testing.T) {
	command, runs := build(t), filepath.Join(t.TempDir(), "runs")
	t.Setenv("TMPDIR", t.TempDir()) // its temporary folders stay
	s := serve(t, "_serve", command, "run", "-runs", runs, ".")
	s.get("")
	s.printed(1)
	_ = s.cmd.Process.Kill()
	_, _ = s.cmd.Process.Wait() // without what it writes: the service has the same streams, and goes on
	report := exec.Command(command, "report", runs)
	out, _ := report.CombinedOutput()
	if code := report.ProcessState.ExitCode(); code != 1 || !strings.Contains(string(out), place) || !strings.Contains(string(out), "nplusgone was ended before it") {
		t.Errorf("the report ends with %d:\n%s", code, out)
	}
}

// Proves that the exit code of a program that fails is its own, and that a program which cannot be built has the code of the go command.
func TestProgramFails(t *testing.T) {
	command := build(t)
	for _, test := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"run", ".", "x"}, 1, "the program has ended: exit status 1"},
		{[]string{"run", "./missing"}, 1, "missing"},
		{[]string{"run", "-baseline", "missing", ".", "1"}, 2, "baseline write"},
	} {
		cmd := exec.Command(command, test.args...)
		cmd.Dir = "_serve"
		out, _ := cmd.CombinedOutput()
		if code := cmd.ProcessState.ExitCode(); code != test.code || !strings.Contains(string(out), test.want) {
			t.Errorf("%q ends with %d, want %d and %q:\n%s", test.args, code, test.code, test.want, out)
		}
	}
}
