package overlay

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/version"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// A Toolchain is the Go installation that builds a module.
type Toolchain struct {
	Command string   // the go command
	GOROOT  string   // as the go command takes it
	Version string   // as go1.26.8
	Env     []string // of the go command
	User    string   // the overlay that GOFLAGS names; empty for none
	Covers  bool     // GOFLAGS has a flag for coverage
	Arch    string   // GOARCH

	dir      string
	os       string
	modCache string
}

// The oldest Go release whose standard library the recorder is made for.
const oldest = "go1.26"

// Find returns the toolchain that builds the module of the working directory dir. Its error says why nothing can be recorded with
// it.
func Find(ctx context.Context, dir string) (*Toolchain, error) {
	t := &Toolchain{Command: "go", Env: os.Environ(), dir: dir}
	out, err := t.run(ctx, "env", "-json", "GOROOT", "GOVERSION", "GOOS", "GOARCH", "GOMODCACHE", "GOFLAGS")
	if err != nil {
		return nil, err
	}
	var env struct{ GOROOT, GOVERSION, GOOS, GOARCH, GOMODCACHE, GOFLAGS string }
	if err := json.Unmarshal(out, &env); err != nil {
		return nil, fmt.Errorf("overlay: reading the output of go env: %w", err)
	}
	t.GOROOT, t.os, t.Arch, t.modCache = env.GOROOT, env.GOOS, env.GOARCH, env.GOMODCACHE
	t.Version, _, _ = strings.Cut(env.GOVERSION, " ") // without experiments
	for flag := range strings.FieldsSeq(env.GOFLAGS) {
		t.Covers = t.Covers || strings.HasPrefix(strings.TrimLeft(flag, "-"), "cover")
		if file, ok := strings.CutPrefix(strings.TrimPrefix(flag, "-"), "-overlay="); ok { // with two dashes
			t.User = file
		}
		if file, ok := strings.CutPrefix(flag, "-overlay="); ok {
			t.User = file
		}
	}
	switch {
	case t.os != "linux":
		return nil, fmt.Errorf("overlay: the recorder does not run on %s yet, only on linux", t.os)
	case older(t.Version, oldest):
		return nil, fmt.Errorf("overlay: the module is built with %s, and the recorder needs %s or later", t.Version, oldest)
	}
	return t, nil
}

// older reports whether a Go version is before another. A version that is not that of a release is the newest.
func older(v, than string) bool { return version.IsValid(v) && version.Compare(v, than) < 0 }

// run runs the go command and returns its standard output.
func (t *Toolchain) run(ctx context.Context, args ...string) ([]byte, error) {
	cmd := t.Go(ctx, args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		if text := strings.TrimSpace(stderr.String()); text != "" {
			err = errors.New(text)
		}
		return nil, fmt.Errorf("overlay: go %s: %w", args[0], err)
	}
	return stdout.Bytes(), nil
}

// Go returns a call of the go command in the working directory.
func (t *Toolchain) Go(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, t.Command, args...)
	cmd.Dir, cmd.Env = t.dir, t.Env
	return cmd
}

// link makes a GOROOT in the module cache, as that of a fetched toolchain, usable: the go command does not overlay files of the
// module cache. It gets another name, by a symbolic link in dir.
func (t *Toolchain) link(dir string) error {
	inCache := t.modCache != "" && strings.HasPrefix(t.GOROOT+string(filepath.Separator), t.modCache+string(filepath.Separator))
	if !inCache {
		return nil
	}
	name := filepath.Join(dir, "goroot")
	if target, err := os.Readlink(name); err != nil || target != t.GOROOT {
		os.Remove(name)
		if err := os.Symlink(t.GOROOT, name); err != nil && !errors.Is(err, os.ErrExist) {
			return fmt.Errorf("overlay: linking the Go installation: %w", err)
		}
	}
	t.GOROOT, t.Command = name, filepath.Join(name, "bin", "go")
	t.Env = append(slices.Clone(t.Env), "GOROOT="+name, "GOTOOLCHAIN=local")
	return nil
}
