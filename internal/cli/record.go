package cli

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/nplusgone/nplusgone/internal/overlay"
	"github.com/nplusgone/nplusgone/internal/printable"
	"github.com/nplusgone/nplusgone/internal/replay"
)

// exitError ends the command with the exit code of the go command.
type exitError int

func (e exitError) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// errNothingRan ends the command if no statement was recorded.
var errNothingRan = withHint(errors.New("not checked: no statement of database/sql or pgx ran in a test or a request"),
	"other clients that do not use database/sql are not seen")

// run runs the go command with a recording standard library, analyses what was recorded, and writes the report.
func (t *recording) run(ctx context.Context, std *streams) (err error) {
	p, err := t.plan(ctx)
	if err != nil {
		return err
	}
	if t.explain {
		return explainAll(ctx, std, p.parts)
	}
	if p.before != "" {
		fmt.Fprintf(std.err, "nplusgone: %s\n", p.before)
	}
	c, err := newCollector(t)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	interrupts := make(chan os.Signal, 1) // an interrupt between the modules ends the command as well
	if len(p.parts) > 1 {
		notify(interrupts, t.verb)
		defer signal.Stop(interrupts)
	}
	var all outcome
	var sum summary
	stopped := ""
	for _, part := range p.parts {
		if stopped != "" {
			all.missing = append(all.missing, part.module+": its tests did not run, because of "+stopped)
			continue
		}
		o, err := part.one(ctx, std, c, &sum)
		var exit exitError
		switch {
		case err != nil && len(p.parts) == 1:
			return err
		case errors.As(err, &exit):
			o.code = int(exit)
			o.missing = append(o.missing, part.module+": its tests did not run, because of an interrupt")
		case err != nil:
			o.missing = append(o.missing, fmt.Sprintf("%s: %v", part.module, err))
		}
		all.add(o)
		switch {
		case len(interrupts) > 0:
			stopped = "an interrupt"
		case o.code != 0 && t.failfast:
			stopped = "-failfast"
		}
	}
	sum.write(std.err)
	for _, note := range p.notes {
		fmt.Fprintf(std.err, "nplusgone: %s\n", note)
	}
	return t.conclude(std, c, all)
}

// explainAll prints what is changed for each run of the go command.
func explainAll(ctx context.Context, std *streams, parts []*recording) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM) // an interrupt leaves nothing behind
	defer stop()
	for _, part := range parts {
		if part.module != "" {
			fmt.Fprintf(std.out, "module %s:\n", printable.Line(part.module))
		}
		s, err := part.prepare(ctx)
		if err != nil {
			return err
		}
		for _, line := range append(s.overlay.Changes(), s.counted.explain()...) {
			fmt.Fprintln(std.out, line)
		}
		if err := s.close(); err != nil {
			return err
		}
	}
	return nil
}

// one makes the overlay, runs the go command once, and analyses what was recorded.
func (t *recording) one(ctx context.Context, std *streams, c *collector, sum *summary) (o outcome, err error) {
	early, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM) // an interrupt before the go command runs leaves nothing behind
	defer stop()
	s, err := t.prepare(early)
	if err != nil {
		return o, err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	err = s.overlay.Check(early)
	switch {
	case early.Err() != nil:
		return o, exitError(interruptedCode)
	case err != nil:
		return o, plainly(err)
	}
	stop()
	return t.record(ctx, std, s, c, sum)
}

// A setup is what the go command needs to make programs that record.
type setup struct {
	tool    *overlay.Toolchain
	overlay *overlay.Overlay
	modules []module // main modules
	clients []wireClient
	counted loopCounters
	dir     string // temporary folder of the overlay; empty for none
}

func (s *setup) close() error {
	if s.dir == "" {
		return nil
	}
	return os.RemoveAll(s.dir)
}

// prepare makes the overlay. The caller closes the setup.
func (t *recording) prepare(ctx context.Context) (_ *setup, err error) {
	if t.covers == "all" || t.covers == "std" {
		return nil, withHint(fmt.Errorf("-coverpkg=%s covers the standard library, and go tool cover does not read an overlay of it", t.covers),
			"cover the packages of the module: -coverpkg=./...")
	}
	s := new(setup)
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	if s.tool, err = overlay.Find(ctx, t.dir); err != nil {
		return nil, withHint(plainly(err), `the command runs in a folder of a module, as the go command does`)
	}
	cache, err := overlayCache()
	if err != nil {
		return nil, err
	}
	if s.modules, err = mainModules(ctx, s.tool); err != nil {
		return nil, err
	}
	parts, err := s.need(ctx)
	if err != nil {
		return nil, err
	}
	// A flag counts before GOFLAGS, as for the go command.
	if s.overlay, err = overlay.Make(s.tool, cache, cmp.Or(t.user, s.tool.User), parts...); err != nil {
		return nil, plainly(err)
	}
	if s.dir, err = os.MkdirTemp("", "nplusgone-overlay-"); err != nil {
		return nil, fmt.Errorf("making a folder for the overlay: %w", cause(err))
	}
	if s.counted, err = t.countLoops(s.tool, s.overlay, s.modules, cache, s.dir); err != nil {
		return nil, plainly(err)
	}
	return s, nil
}

// interruptedCode is the exit code of a command that an interrupt ends, as shells have it.
const interruptedCode = 130

// overlayCache returns the folder for changed standard libraries. Without a cache of the user it is a temporary one.
func overlayCache() (string, error) {
	if dir, err := os.UserCacheDir(); err == nil {
		dir = filepath.Join(dir, "nplusgone", "overlay")
		if os.MkdirAll(dir, 0o755) == nil {
			if probe, err := os.CreateTemp(dir, "probe-*"); err == nil {
				probe.Close()
				os.Remove(probe.Name())
				return dir, nil
			}
		}
	}
	dir := filepath.Join(os.TempDir(), fmt.Sprintf("nplusgone-%d", os.Getuid()))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("making a folder for the changed standard library: %w", cause(err))
	}
	return dir, nil
}

// A collector has the folders of a recording: of what is recorded, and of the recorded runs that are made of it.
type collector struct {
	key    replay.Key
	events string
	runs   string
	kept   bool // the folder of the runs is the user's
}

func newCollector(t *recording) (c *collector, err error) {
	c = &collector{runs: t.runs, kept: t.runs != ""}
	rand.Read(c.key[:])
	if c.events, err = os.MkdirTemp("", "nplusgone-events-"); err != nil {
		return nil, fmt.Errorf("making a folder for what is recorded: %w", cause(err))
	}
	if c.kept {
		err = os.MkdirAll(c.runs, 0o755)
	} else {
		c.runs, err = os.MkdirTemp("", "nplusgone-runs-")
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("making a folder for the runs: %w", cause(err)), os.RemoveAll(c.events))
	}
	return c, nil
}

func (c *collector) close() error {
	err := os.RemoveAll(c.events)
	if !c.kept {
		err = errors.Join(err, os.RemoveAll(c.runs))
	}
	return err
}

// part returns a collector for one run of the go command: with a folder of its own for what is recorded.
func (c *collector) part() (*collector, error) {
	events, err := os.MkdirTemp(c.events, "part-")
	if err != nil {
		return nil, fmt.Errorf("making a folder for what is recorded: %w", cause(err))
	}
	return &collector{key: c.key, events: events, runs: c.runs, kept: c.kept}, nil
}

// environment returns the variables that make a process record.
func (c *collector) environment() []string {
	return []string{"NPLUSGONE_RECORD=" + c.events, "NPLUSGONE_RECORD_KEY=" + hex.EncodeToString(c.key[:])}
}

// files returns the files of the processes that recorded something.
func (c *collector) files() ([]string, error) {
	files, err := filepath.Glob(filepath.Join(c.events, "*.events"))
	if err != nil {
		return nil, fmt.Errorf("finding what was recorded: %w", err)
	}
	return files, nil
}

// An outcome is what came of a recording.
type outcome struct {
	code    int      // of the go command, or of the program
	ran     bool     // a statement ran in a scope
	missing []string // what was not recorded, with the reason
}

// add adds the outcome of the next run of the go command.
func (o *outcome) add(next outcome) {
	o.code, o.ran = max(o.code, next.code), o.ran || next.ran
	o.missing = append(o.missing, next.missing...)
}

// record runs the tests or the program, and makes recorded runs of what was recorded.
func (t *recording) record(ctx context.Context, std *streams, s *setup, c *collector, sum *summary) (o outcome, err error) {
	// An interrupt reaches the recorded processes as well, as the terminal sends it to all. What they have recorded until then is
	// reported.
	signals := make(chan os.Signal, 1)
	notify(signals, t.verb)
	defer signal.Stop(signals)

	if c, err = c.part(); err != nil {
		return o, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(c.events)) }()
	j, err := newJudge(ctx, s, t)
	if err != nil {
		return o, err
	}
	defer func() { err = errors.Join(err, j.close()) }()
	if t.verb == "run" {
		o.code, err = t.runProgram(ctx, std, s, j, c, signals)
	} else {
		if o.code, err = t.goCommand(ctx, std, s, signals, c.environment()...); err == nil {
			err = j.processes(c)
		}
	}
	if err != nil {
		return o, err
	}
	sum.add(j, s)
	o.ran = j.ran
	if t.verb == "test" && o.code == 0 { // a package that does not build, or whose tests fail early, has the code of go test
		o.missing, err = j.unrecorded(ctx, s.tool, t)
	}
	return o, err
}

// goCommand runs the go command and returns its exit code.
func (t *recording) goCommand(ctx context.Context, std *streams, s *setup, signals <-chan os.Signal, environment ...string) (code int, err error) {
	cmd := s.tool.Go(ctx, t.command(s.overlay.File)...)
	cmd.Dir = "" // -C is among the arguments
	cmd.Env = append(append([]string{}, s.tool.Env...), environment...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = std.in, std.out, std.err
	return wait(cmd, "go "+t.verb, signals, nil)
}

// wait runs a command, passes signals on to it, and returns its exit code: 1 if a signal ended it. It calls started, unless that is nil,
// when the command has started.
func wait(cmd *exec.Cmd, name string, signals <-chan os.Signal, started func()) (code int, err error) {
	if err := cmd.Start(); err != nil {
		return 0, fmt.Errorf("starting %s: %w", name, cause(err))
	}
	if started != nil {
		started()
	}
	done := make(chan struct{})
	go func() {
		for {
			select {
			case s := <-signals:
				if s == syscall.SIGTERM || started != nil && !terminalSends() { // it reaches this process only
					_ = cmd.Process.Signal(s)
				}
			case <-done:
				return
			}
		}
	}()
	err = cmd.Wait()
	close(done)
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		return max(exit.ExitCode(), 1), nil // negative if a signal ended it
	case err != nil:
		return 0, fmt.Errorf("running %s: %w", name, cause(err))
	}
	return 0, nil
}

// conclude writes the report, and returns the error of the command.
func (t *recording) conclude(std *streams, c *collector, o outcome) error {
	if t.json && t.report.Output == "" {
		std = &streams{in: std.in, out: std.err, err: std.err}
	}
	err := t.write(std, c, o)
	if o.code == 0 {
		return err
	}
	if err != nil && !errors.Is(err, errFindings) {
		fmt.Fprintf(std.err, "nplusgone: %v\n", err)
	}
	return exitError(o.code)
}

func (t *recording) write(std *streams, c *collector, o outcome) (err error) {
	for _, what := range o.missing {
		fmt.Fprintf(std.err, "nplusgone: not checked: %s\n", printable.Line(what))
	}
	switch {
	case !o.ran && len(o.missing) == 0:
		return errNothingRan
	case o.ran:
		t.report.Paths = []string{c.runs}
		err = t.report.Run(std)
	}
	if err == nil && len(o.missing) > 0 {
		return errors.New("the result is inconclusive: not everything was checked")
	}
	return err
}
