package cases

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/report"
)

// processTimeout limits one run of a test binary.
const processTimeout = 100 * time.Second

// zeroTimeout limits one run with -zero. The first one compiles the standard library and the drivers.
const zeroTimeout = 20 * time.Minute

// A process identifies one run of a test binary: that of a test or a subtest of a case.
type process struct{ folder, test string }

// A run is what one process left.
type run struct {
	done       chan struct{} // closed when the fields below are set
	broken     string        // why the run says nothing about nplusgone; "" if it does
	results    map[string]string
	output     string
	statements int // in scopes
	findings   []finding.Finding
}

// startAll runs the processes that the wants need, in the order of the wants.
func startAll(b build, cases []string, wants map[string][]want) map[process]*run {
	runs := map[process]*run{}
	var order []process
	for _, c := range cases {
		for _, w := range wants[c] {
			p := w.process()
			if runs[p] == nil {
				runs[p] = &run{done: make(chan struct{})}
				order = append(order, p)
			}
		}
	}
	next := make(chan process)
	go func() {
		defer close(next)
		for _, p := range order {
			next <- p
		}
	}()
	for range atOnce {
		go func() {
			for p := range next {
				r := runs[p]
				if err := r.start(b, p); err != nil {
					r.broken = err.Error()
				}
				close(r.done)
			}
		}()
	}
	return runs
}

func (r *run) wait() *run { <-r.done; return r }

var (
	resultOutput = regexp.MustCompile(`(?m)^\s*--- (PASS|FAIL|SKIP): (\S+)`)
	brokenOutput = regexp.MustCompile(`(?m)` + casetest.Broken + `.*|^panic: .*|^fatal error: .*|DATA RACE`)
)

// start runs p and reads its results. It returns an error if the run says nothing about nplusgone.
func (r *run) start(b build, p process) error {
	if *zero {
		ctx, cancel := context.WithTimeout(context.Background(), zeroTimeout)
		defer cancel()
		if err := r.startZero(ctx, b, p, pattern(p.test)); err != nil {
			return err
		}
		return r.readOutput()
	}
	binary, err := b.binary(p.folder)
	if err != nil {
		return err
	}
	recorded, err := os.MkdirTemp(b.folder, "run")
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), processTimeout)
	defer cancel()
	command := exec.CommandContext(ctx, binary, "-test.v", "-test.run", pattern(p.test))
	command.Dir = p.folder
	command.Env = append(os.Environ(), "NPLUSGONE_DIR="+recorded)
	out, err := command.CombinedOutput()
	if ctx.Err() != nil {
		return fmt.Errorf("timed out after %v", processTimeout)
	}
	if _, exited := err.(*exec.ExitError); err != nil && !exited {
		return err
	}
	r.output = string(out)
	if err := r.readOutput(); err != nil {
		return err
	}
	return r.read(b, recorded)
}

// pattern returns the value of -run for one test or subtest.
func pattern(test string) string {
	var parts []string
	for name := range strings.SplitSeq(test, "/") {
		parts = append(parts, "^"+regexp.QuoteMeta(name)+"$")
	}
	return strings.Join(parts, "/")
}

// readOutput reads the results of the tests from the output.
func (r *run) readOutput() error {
	if m := brokenOutput.FindString(r.output); m != "" {
		return fmt.Errorf("%s", m)
	}
	r.results = map[string]string{}
	for _, m := range resultOutput.FindAllStringSubmatch(r.output, -1) {
		r.results[m[2]] = m[1]
	}
	return nil
}

// read merges what the process recorded with the report command. A process whose TestMain does not call VerifyTestMain
// records nothing.
func (r *run) read(b build, recorded string) error {
	files, err := filepath.Glob(filepath.Join(recorded, "*"))
	if err != nil || files == nil {
		return err
	}
	var stdout, stderr bytes.Buffer
	command := exec.Command(b.command(), "report", "-format", "json", "-level", "suspect", "-partial", recorded)
	command.Stdout, command.Stderr = &stdout, &stderr
	err = command.Run()
	if stdout.Len() == 0 {
		return fmt.Errorf("nplusgone report: %v: %s", err, stderr.Bytes())
	}
	var doc report.Document
	if err := json.Unmarshal(stdout.Bytes(), &doc); err != nil {
		return fmt.Errorf("read the report: %w", err)
	}
	r.findings = doc.Findings
	for _, s := range doc.Profile.Scopes {
		r.statements += s.Statements
	}
	return nil
}

var (
	nowRunning = regexp.MustCompile(`^=== (?:RUN|CONT|NAME|PAUSE)\s+(\S+)`)
	testFrame  = regexp.MustCompile(`^\s*(?:===|---|PASS$|FAIL$)`)
)

// said returns what a test wrote, in one line.
func (r *run) said(test string) string {
	var lines []string
	current := ""
	for line := range strings.SplitSeq(r.output, "\n") {
		if m := nowRunning.FindStringSubmatch(line); m != nil {
			current = m[1]
		} else if current == test && strings.TrimSpace(line) != "" && !testFrame.MatchString(line) {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	return strings.Join(lines, " / ")
}
