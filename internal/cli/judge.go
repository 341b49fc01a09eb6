package cli

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/frame"
	"github.com/nplusgone/nplusgone/internal/merge"
	"github.com/nplusgone/nplusgone/internal/overlay"
	"github.com/nplusgone/nplusgone/internal/printable"
	"github.com/nplusgone/nplusgone/internal/replay"
	"github.com/nplusgone/nplusgone/internal/source"
	"github.com/nplusgone/nplusgone/internal/source/flow"
	"github.com/nplusgone/nplusgone/report"
)

// A judge analyses the recorded processes of one run of the go command. The source is loaded once for all of them.
type judge struct {
	finder  *source.Finder
	modules []module // main modules: several in a workspace
	root    string   // what files are relative to: the folder of the workspace or of several modules; empty for that of the module
	twin    string   // sets the module apart from another one with the same path; empty for none
	goroot  string
	version string // of Go
	tests   bool   // of go test
	filter  bool   // only some of the tests were selected

	recorded map[string]bool // packages whose tests were recorded, and whether a test ran a statement
	ran      bool            // a process ran a statement in a scope
	open     int             // requests that had not ended when their process did
}

// What loading types may cost. The types are read once for all test binaries.
const (
	maxLoads    = 2000
	maxLoadTime = 10 * time.Minute
)

// A module is a main module.
type module struct{ Path, Dir, GoMod string }

func newJudge(ctx context.Context, s *setup, t *recording) (*judge, error) {
	tool, flags := s.tool, append([]string{"-overlay=" + s.overlay.File}, t.build...)
	j := &judge{
		modules: s.modules, recorded: make(map[string]bool), root: t.root, twin: t.twin, goroot: tool.GOROOT, version: tool.Version,
		tests: t.verb == "test", filter: t.selects(),
		finder: source.New(source.WithBuild(flow.Build{Command: tool.Command, Flags: flags, Env: tool.Env, Loads: maxLoads, Time: maxLoadTime})),
	}
	if j.root == "" && len(j.modules) > 1 {
		work, err := tool.Go(ctx, "env", "GOWORK").Output()
		if err != nil {
			return nil, fmt.Errorf("finding the workspace: %w", err)
		}
		j.root = filepath.Dir(strings.TrimSpace(string(work)))
	}
	return j, nil
}

// mainModules lists the main modules.
func mainModules(ctx context.Context, tool *overlay.Toolchain) (modules []module, err error) {
	out, err := tool.Go(ctx, "list", "-m", "-json=Path,Dir,GoMod").Output()
	if err != nil {
		why := saidBy(err)
		if strings.Contains(why, "go.mod file not found") {
			return nil, withHint(errors.New("there is no module here"), "run it in a folder of a module")
		}
		return nil, fmt.Errorf("listing the main module: %s", why)
	}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var m module
		if err := d.Decode(&m); errors.Is(err, io.EOF) {
			return modules, nil
		} else if err != nil {
			return nil, fmt.Errorf("reading the output of go list: %w", err)
		}
		modules = append(modules, m)
	}
}

// saidBy returns what a failed command wrote to standard error, in one line; the text of err if it wrote nothing.
func saidBy(err error) string {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		if text := printable.Line(strings.TrimSpace(string(exit.Stderr))); text != "" {
			return text
		}
	}
	return err.Error()
}

// selects reports whether flags select some of the tests.
func (t *recording) selects() bool {
	return slices.ContainsFunc(t.args, func(arg string) bool {
		name, _, _ := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		return strings.HasPrefix(arg, "-") && slices.Contains([]string{"run", "skip", "list", "short", "failfast"}, name)
	})
}

func (j *judge) close() error { return j.finder.Close() }

// module returns the main module that a package belongs to; the first one for none.
func (j *judge) module(pkg string) module {
	var best module
	for _, m := range j.modules {
		if (pkg == m.Path || strings.HasPrefix(pkg, m.Path+"/")) && len(m.Path) > len(best.Path) {
			best = m
		}
	}
	if best.Path == "" && len(j.modules) > 0 {
		best = j.modules[0]
	}
	return best
}

// processes analyses what all processes recorded.
func (j *judge) processes(c *collector) error {
	files, err := c.files()
	if err != nil {
		return err
	}
	for _, file := range files {
		r, err := j.begin(file, c, nil)
		if err != nil {
			return err
		}
		if err := r.finish(); err != nil {
			return err
		}
	}
	return nil
}

// A recorded is a process whose file is analysed, also while it runs. Its findings become a recorded run: one message for each scope, so
// that the run can be read at any time.
type recorded struct {
	j      *judge
	pkg    string // whose tests it runs; empty for none
	start  merge.Start
	in     *os.File
	reader *replay.Reader
	out    *os.File
	run    *merge.RunWriter
}

// begin begins to analyse the file of a process. found is called with the findings of each scope, unless it is nil.
func (j *judge) begin(file string, c *collector, found func([]finding.Finding)) (r *recorded, err error) {
	d, err := detector.New(detector.WithSource(j.finder))
	if err != nil {
		return nil, err
	}
	in, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("reading what was recorded: %w", cause(err))
	}
	defer func() {
		if err != nil {
			in.Close()
		}
	}()
	pkg := ""
	if j.tests {
		if pkg, err = replay.Package(in, c.key); err != nil {
			return nil, plainly(err)
		}
	}
	m := j.module(pkg)
	frame.Describe(m.Path, filepath.ToSlash(cmp.Or(j.root, m.Dir)), filepath.ToSlash(filepath.Join(j.goroot, "src")))

	id := sha256.Sum256([]byte(filepath.Base(file)))
	r = &recorded{j: j, pkg: pkg, in: in, start: merge.Start{
		Tool: report.Tool{Name: "nplusgone"}, ID: hex.EncodeToString(id[:8]), Package: pkg, Main: true, Filtered: j.filter,
		Helper: pkg == "" && j.tests, Program: !j.tests,
	}}
	switch {
	case r.start.Helper:
		r.start.Package = m.Path + " (a process that a test started)"
	case pkg == "":
		r.start.Package = m.Path
	}
	if j.twin != "" {
		r.start.Package += " in " + j.twin
	}
	if r.out, err = os.Create(filepath.Join(c.runs, r.start.ID+runSuffixes[1])); err != nil {
		return nil, fmt.Errorf("writing a run: %w", cause(err))
	}
	r.run = merge.NewRunWriter(r.out, r.start)
	r.reader = replay.NewReader(in, c.key, func(s replay.Scope) {
		if s.Frozen.Stats.Statements == 0 {
			return
		}
		r.run.Begun(s.Frozen.Name)
		profile, findings := d.Judge(s.Frozen)
		sayHow(findings)
		if j.twin != "" {
			setApart(findings, j.twin)
		}
		r.run.Scope(profile, findings)
		if found != nil {
			found(findings)
		}
	})
	return r, nil
}

// read analyses up to limit events that are recorded, and reports whether there may be more.
func (r *recorded) read(limit int) (more bool, err error) {
	more, err = r.reader.Read(limit)
	return more, plainly(err)
}

// finish analyses the rest of a process that has ended, and closes its files. A process without statements has no run.
func (r *recorded) finish() (err error) {
	j, part := r.j, r.out.Name()
	for more := true; more && err == nil; {
		more, err = r.read(math.MaxInt)
	}
	if err != nil {
		return errors.Join(err, r.close())
	}
	p := r.reader.End()
	for _, test := range p.Open { // once more than their scopes, so that they count as open
		r.run.Begun(test)
	}
	complete := p.Ended || r.pkg == "" || p.Lost // if events were lost, that of the end was too
	if complete {
		err = r.run.End(merge.End{Unscoped: p.Unscoped + p.Outside, Untyped: j.finder.Trouble(), NotChecked: notChecked(p)})
	}
	if err := errors.Join(err, r.close()); err != nil {
		return plainly(err)
	}
	ran := p.Statements > p.Outside || p.Lost
	j.ran = j.ran || ran
	j.open += p.OpenRequests
	if r.pkg != "" {
		j.recorded[r.pkg] = j.recorded[r.pkg] || ran
	}
	if !ran { // there is nothing to check
		return os.Remove(part)
	}
	if complete {
		return os.Rename(part, strings.TrimSuffix(part, runSuffixes[1])+runSuffixes[0])
	}
	return nil
}

func (r *recorded) close() error { return errors.Join(r.in.Close(), r.out.Close()) }

// notChecked says what of a process was not checked.
func notChecked(p replay.Process) (lines []string) {
	if p.Lost {
		lines = append(lines, "not all statements were recorded, because the disk was full or a process ran too many of them")
	}
	if p.Unfollowed > 0 {
		lines = append(lines, fmt.Sprintf("messages to or from PostgreSQL were not understood (connections: %d), so statements of pgx are missing", p.Unfollowed))
	}
	if p.Unread > 0 {
		lines = append(lines, fmt.Sprintf("the text of statements of pgx is not known (statements: %d): they were prepared before they could be recorded, or too many were", p.Unread))
	}
	if p.Unscoped > 0 && p.Statements == p.Outside+p.Unscoped {
		lines = append(lines, "statements ran while several tests did, and it is not known of any which test it belongs to")
	}
	return lines
}

// hasTests is the template for go list that prints the packages with tests.
const hasTests = `{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}`

// unrecorded returns a line for each package with tests that go test was asked for and whose tests were not recorded.
func (j *judge) unrecorded(ctx context.Context, tool *overlay.Toolchain, t *recording) (packages []string, err error) {
	args := append([]string{"list", "-f", hasTests}, t.build...)
	out, err := tool.Go(ctx, append(append(args, "--"), t.packages()...)...).Output()
	if err != nil {
		return nil, fmt.Errorf("listing the packages with tests: %w", err)
	}
	for pkg := range strings.FieldsSeq(string(out)) {
		if _, ok := j.recorded[pkg]; !ok {
			packages = append(packages, pkg+": its tests left no record: they did not call m.Run, or ran elsewhere")
		}
	}
	return packages, nil
}
