package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/nplusgone/nplusgone/internal/printable"
)

// notify sends the signals that end a program to a channel. What a terminal sends to a program ends "nplusgone run" after the program.
func notify(signals chan<- os.Signal, verb string) {
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	if verb == "run" {
		signal.Notify(signals, syscall.SIGHUP, syscall.SIGQUIT)
	}
}

// runProgram builds the program, runs it, and analyses what it records. It returns the exit code of the program, or that of the go command
// if the program cannot be built.
func (t *recording) runProgram(ctx context.Context, std *streams, s *setup, j *judge, c *collector, signals <-chan os.Signal) (code int, err error) {
	l, err := newLive(t, j, c, std.err)
	if err != nil {
		return 0, err
	}
	if t.output, err = os.MkdirTemp("", "nplusgone-program-"); err != nil {
		return 0, fmt.Errorf("making a folder for the program: %w", cause(err))
	}
	defer func() { err = errors.Join(err, os.RemoveAll(t.output)) }()
	if code, err := t.goCommand(ctx, std, s, signals); code != 0 || err != nil {
		return code, err
	}
	file, err := onlyFile(t.output)
	if err != nil {
		return 0, err
	}
	program := append(append(strings.Fields(t.exec), file), t.program...)
	cmd := exec.CommandContext(ctx, program[0], program[1:]...)
	cmd.Env = append(os.Environ(), c.environment()...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = std.in, std.out, std.err
	if t.dir != "." {
		cmd.Dir = t.dir // as go run -C
	}
	done, followed := make(chan struct{}), make(chan error, 1)
	started := false
	code, err = wait(cmd, "the program", signals, func() {
		started = true
		go func() { followed <- l.follow(done) }()
	})
	close(done)
	if started {
		err = errors.Join(err, <-followed)
	}
	if code != 0 && cmd.ProcessState != nil {
		fmt.Fprintf(std.err, "nplusgone: the program has ended: %s\n", printable.Line(cmd.ProcessState.String()))
	}
	return code, errors.Join(err, l.finish())
}

// onlyFile returns the program that the go command has built into a folder.
func onlyFile(dir string) (string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", fmt.Errorf("finding the program: %w", cause(err))
	}
	if len(entries) != 1 {
		return "", withHint(fmt.Errorf("the packages have %d programs, and run starts one", len(entries)), "name the package of one program")
	}
	return filepath.Join(dir, entries[0].Name()), nil
}

// runFlags returns the flags of go build that make a program as go run makes it: in a folder, and without the state of version control.
func (t *recording) runFlags() (flags []string) {
	flags = append(flags, "-o", t.output+string(filepath.Separator))
	if !slices.ContainsFunc(t.args, func(arg string) bool { return strings.HasPrefix(strings.TrimLeft(arg, "-"), "buildvcs") }) {
		flags = append(flags, "-buildvcs=false")
	}
	return flags
}
