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

// run makes the overlay, runs the go command with it, analyses what was recorded, and writes the report.
func (t *recording) run(ctx context.Context, std *streams) (err error) {
	if t.covers == "all" || t.covers == "std" {
		return withHint(fmt.Errorf("-coverpkg=%s covers the standard library, and go tool cover does not read an overlay of it", t.covers),
			"cover the packages of the module: -coverpkg=./...")
	}
	tool, err := overlay.Find(ctx, t.dir)
	if err != nil {
		return withHint(plainly(err), `the command runs in a folder of a module, as the go command does`)
	}
	cache, err := overlayCache()
	if err != nil {
		return err
	}
	modules, err := mainModules(ctx, tool)
	if err != nil {
		return err
	}
	clients, err := wireClients(ctx, tool, modules)
	if err != nil {
		return err
	}
	o, err := overlay.Make(tool, cache, cmp.Or(t.user, tool.User), len(clients) > 0) // a flag counts before GOFLAGS, as for the go command
	if err != nil {
		return plainly(err)
	}
	dir, err := os.MkdirTemp("", "nplusgone-overlay-")
	if err != nil {
		return fmt.Errorf("making a folder for the overlay: %w", cause(err))
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	early, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM) // an interrupt before the go command runs leaves nothing behind
	defer stop()
	counted, err := t.countLoops(tool, o, modules, cache, dir)
	if err != nil {
		return plainly(err)
	}
	if t.explain {
		for _, line := range append(o.Changes(), counted.explain()...) {
			fmt.Fprintln(std.out, line)
		}
		return nil
	}
	err = o.Check(early)
	switch {
	case early.Err() != nil:
		return exitError(interruptedCode)
	case err != nil:
		return plainly(err)
	}
	stop()
	return t.record(ctx, std, tool, o, project{modules, counted, clients})
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

// A project is what is known of the main modules before the go command runs.
type project struct {
	modules []module
	counted loopCounters
	clients []wireClient
}

// record runs the go command, analyses what was recorded, and writes the report.
func (t *recording) record(ctx context.Context, std *streams, tool *overlay.Toolchain, o *overlay.Overlay, p project) (err error) {
	events, err := os.MkdirTemp("", "nplusgone-events-")
	if err != nil {
		return fmt.Errorf("making a folder for what is recorded: %w", cause(err))
	}
	defer func() { err = errors.Join(err, os.RemoveAll(events)) }()
	var key replay.Key
	rand.Read(key[:])

	// An interrupt reaches the recorded processes as well, as the terminal sends it to all. What they have recorded until then is
	// reported.
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(interrupted)

	code, err := t.goCommand(ctx, std, tool, o, events, key, interrupted)
	if err != nil {
		return err
	}
	if t.json && t.report.Output == "" {
		std = &streams{in: std.in, out: std.err, err: std.err}
	}
	j, err := newJudge(ctx, tool, o, t, p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, j.close()) }()
	err = t.check(ctx, std, tool, j, events, key, code)
	if code != 0 {
		if err != nil && !errors.Is(err, errFindings) {
			fmt.Fprintf(std.err, "nplusgone: %v\n", err)
		}
		return exitError(code)
	}
	return err
}

// goCommand runs the go command and returns its exit code.
func (t *recording) goCommand(ctx context.Context, std *streams, tool *overlay.Toolchain, o *overlay.Overlay, events string, key replay.Key, interrupted <-chan os.Signal) (code int, err error) {
	cmd := tool.Go(ctx, t.command(o.File)...)
	cmd.Dir = "" // -C is among the arguments
	cmd.Env = append(append([]string{}, tool.Env...), "NPLUSGONE_RECORD="+events, "NPLUSGONE_RECORD_KEY="+hex.EncodeToString(key[:]))
	cmd.Stdin, cmd.Stdout, cmd.Stderr = std.in, std.out, std.err
	if err := cmd.Start(); err != nil {
		return 0, fmt.Errorf("starting go %s: %w", t.verb, cause(err))
	}
	done := make(chan struct{})
	go func() {
		for {
			select {
			case s := <-interrupted:
				if s == syscall.SIGTERM { // it reaches this process only
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
		return 0, fmt.Errorf("running go %s: %w", t.verb, cause(err))
	}
	return 0, nil
}

// check analyses what was recorded and writes the report.
func (t *recording) check(ctx context.Context, std *streams, tool *overlay.Toolchain, j *judge, events string, key replay.Key, code int) (err error) {
	runs := t.runs
	if runs == "" {
		if runs, err = os.MkdirTemp("", "nplusgone-runs-"); err != nil {
			return fmt.Errorf("making a folder for the runs: %w", cause(err))
		}
		defer func() { err = errors.Join(err, os.RemoveAll(runs)) }()
	} else if err := os.MkdirAll(runs, 0o755); err != nil {
		return fmt.Errorf("making the folder %q: %w", runs, cause(err))
	}
	files, err := filepath.Glob(filepath.Join(events, "*.events"))
	if err != nil {
		return fmt.Errorf("finding what was recorded: %w", err)
	}
	for _, file := range files {
		if err := j.process(file, key, runs); err != nil {
			return err
		}
	}
	j.summary(std.err)
	var missing []string
	if t.verb == "test" && code == 0 { // a package that does not build, or whose tests fail early, has the code of go test
		if missing, err = j.unrecorded(ctx, tool, t); err != nil {
			return err
		}
	}
	for _, pkg := range missing {
		fmt.Fprintf(std.err, "nplusgone: not checked: %s: its tests left no record: they did not call m.Run, or ran elsewhere\n", printable.Line(pkg))
	}
	switch {
	case !j.ran && len(missing) == 0:
		return errNothingRan
	case j.ran:
		t.report.Paths = []string{runs}
		err = t.report.Run(std)
	}
	if err == nil && len(missing) > 0 {
		return errors.New("the result is inconclusive: not everything was checked")
	}
	return err
}
