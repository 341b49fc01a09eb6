package cli

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	goversion "go/version"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/nplusgone/nplusgone/detector"
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
	root    string   // what files are relative to: the folder of the workspace; empty for that of the module
	goroot  string
	version string // of Go
	tests   bool   // of go test
	filter  bool   // only some of the tests were selected
	counted loopCounters
	clients []wireClient

	recorded map[string]bool // packages whose tests were recorded, and whether a test ran a statement
	ran      bool            // a process ran a statement in a scope
}

// What loading types may cost. The types are read once for all test binaries.
const (
	maxLoads    = 2000
	maxLoadTime = 10 * time.Minute
)

// A module is a main module.
type module struct{ Path, Dir, GoMod string }

func newJudge(ctx context.Context, tool *overlay.Toolchain, o *overlay.Overlay, t *recording, p project) (*judge, error) {
	flags := append([]string{"-overlay=" + o.File}, t.build...)
	j := &judge{modules: p.modules, counted: p.counted, clients: p.clients, recorded: make(map[string]bool), goroot: tool.GOROOT, version: tool.Version, tests: t.verb == "test", finder: source.New(source.WithBuild(flow.Build{Command: tool.Command, Flags: flags, Env: tool.Env, Loads: maxLoads, Time: maxLoadTime})), filter: t.selects()}
	if len(j.modules) > 1 {
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

// process analyses what a process recorded, and writes it as a recorded run into dir. A process without statements has no run.
func (j *judge) process(file string, key replay.Key, dir string) (err error) {
	in, err := os.Open(file)
	if err != nil {
		return fmt.Errorf("reading what was recorded: %w", cause(err))
	}
	defer in.Close()
	d, err := detector.New(detector.WithSource(j.finder))
	if err != nil {
		return err
	}
	pkg, err := replay.Package(in, key)
	if err != nil {
		return plainly(err)
	}
	m := j.module(pkg)
	frame.Describe(m.Path, filepath.ToSlash(cmp.Or(j.root, m.Dir)), filepath.ToSlash(filepath.Join(j.goroot, "src")))

	id := sha256.Sum256([]byte(filepath.Base(file)))
	start := merge.Start{
		Tool: report.Tool{Name: "nplusgone"}, ID: hex.EncodeToString(id[:8]), Package: pkg, Main: true, Filtered: j.filter, Helper: pkg == "",
	}
	switch {
	case pkg == "" && j.tests:
		start.Package = m.Path + " (a process that a test started)"
	case pkg == "":
		start.Package = m.Path
	}
	part := filepath.Join(dir, start.ID+runSuffixes[1])
	out, err := os.Create(part)
	if err != nil {
		return fmt.Errorf("writing a run: %w", cause(err))
	}
	w := merge.NewRunWriter(out, start)
	p, err := replay.Read(in, key, func(s replay.Scope) {
		if s.Frozen.Stats.Statements == 0 {
			return
		}
		w.Begun(s.Frozen.Name)
		profile, findings := d.Judge(s.Frozen)
		sayHow(findings)
		w.Scope(profile, findings)
	})
	if err != nil {
		return errors.Join(plainly(err), out.Close())
	}
	for _, test := range p.Open { // once more than their scopes, so that they count as open
		w.Begun(test)
	}
	complete := p.Ended || pkg == "" || p.Lost // if events were lost, that of the end was too
	if complete {
		err = w.End(merge.End{Unscoped: p.Unscoped + p.Outside, Untyped: j.finder.Trouble(), NotChecked: notChecked(p)})
	}
	if err := errors.Join(err, out.Close()); err != nil {
		return plainly(err)
	}
	ran := p.Statements > p.Outside || p.Lost
	j.ran = j.ran || ran
	if pkg != "" {
		j.recorded[pkg] = j.recorded[pkg] || ran
	}
	if !ran { // there is nothing to check
		return os.Remove(part)
	}
	if complete {
		return os.Rename(part, filepath.Join(dir, start.ID+runSuffixes[0]))
	}
	return nil
}

// notChecked says what of a process was not checked.
func notChecked(p replay.Process) (lines []string) {
	if p.Lost {
		lines = append(lines, "not all statements were recorded, because the disk was full or a process ran too many of them")
	}
	if p.Unfollowed > 0 {
		lines = append(lines, fmt.Sprintf("the messages of %d connections to PostgreSQL were not understood, so statements of pgx are missing", p.Unfollowed))
	}
	if p.Unread > 0 {
		lines = append(lines, fmt.Sprintf("the texts of %d statements of pgx are not known: they were prepared before they could be recorded, or too many were", p.Unread))
	}
	if p.Unscoped > 0 && p.Statements == p.Outside+p.Unscoped {
		lines = append(lines, "statements ran while several tests did, and it is not known of any which test it belongs to")
	}
	return lines
}

// hasTests is the template for go list that prints the packages with tests.
const hasTests = `{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}`

// unrecorded returns the packages with tests that go test was asked for and whose tests were not recorded.
func (j *judge) unrecorded(ctx context.Context, tool *overlay.Toolchain, t *recording) (packages []string, err error) {
	args := append([]string{"list", "-f", hasTests}, t.build...)
	out, err := tool.Go(ctx, append(append(args, "--"), t.packages()...)...).Output()
	if err != nil {
		return nil, fmt.Errorf("listing the packages with tests: %w", err)
	}
	for pkg := range strings.FieldsSeq(string(out)) {
		if _, ok := j.recorded[pkg]; !ok {
			packages = append(packages, pkg)
		}
	}
	return packages, nil
}

// summary writes what was recorded.
func (j *judge) summary(w io.Writer) {
	without := 0
	for _, ran := range j.recorded {
		if !ran {
			without++
		}
	}
	if without > 0 {
		fmt.Fprintf(w, "nplusgone: %d of %d packages ran no statement of database/sql or pgx in a test\n", without, len(j.recorded))
	}
	for _, c := range j.clients {
		if c.unseen() {
			fmt.Fprintf(w, "nplusgone: statements of pgx without database/sql are not seen on connections without TLS: %s %s reads its sockets itself. Use v5.4 or later\n", c.Path, c.Version)
		}
	}
	if why := j.counted.why; why != "" && j.ran {
		fmt.Fprintf(w, "nplusgone: which loop turned is inferred, not measured: %s\n", printable.Line(why))
	}
	if s := j.counted.skipped; len(s) > 0 && j.ran {
		more := ""
		if len(s) > 1 {
			more = fmt.Sprintf(", and in %d more", len(s)-1)
		}
		fmt.Fprintf(w, "nplusgone: which loop turned is inferred, not measured, in %s%s\n", printable.Line(s[0]), more)
	}
	if why := j.finder.Trouble(); why != "" {
		if goversion.Compare(goversion.Lang(runtime.Version()), goversion.Lang(j.version)) < 0 {
			why = fmt.Sprintf("%s is built with %s, which does not read the types of %s. Build it with %s", self(), runtime.Version(), j.version, j.version)
		}
		fmt.Fprintf(w, "nplusgone: some packages could not be type-checked, so rules about the use of rows did not run there: %s\n", printable.Line(why))
	}
	for _, d := range j.finder.Unused() {
		why := d.Wrong
		if why == "" {
			why = "the finding there is of another rule"
		}
		fmt.Fprintf(w, "nplusgone: %s:%d: this nplusgone:ignore comment has no effect: %s\n", printable.Line(d.File), d.Line, printable.Line(why))
	}
}
