package flow

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/debug"
	"slices"
	"strings"
	"time"
)

// A Build is how a binary was built: the go command, the flags that the build had, and the environment.
type Build struct {
	Command string // "go" if empty
	Flags   []string
	Env     []string // nil for that of this process

	// Loads and Time are how often the go command may be called, and for how long; 0 means maxLoads and loadTime.
	Loads int
	Time  time.Duration
}

// runningBuild returns the Build of the running binary.
func runningBuild() Build { return Build{Command: "go", Flags: buildFlags()} }

// buildFlags returns the flags that the running binary was built with, so that the same files are read and the same
// export data is found. Whatever GOFLAGS says, the go command must not change the user's go.mod.
func buildFlags() []string {
	var flags []string
	if strings.Contains(os.Getenv("GOFLAGS"), "-mod=mod") {
		flags = append(flags, "-mod=readonly")
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return flags
	}
	for _, s := range info.Settings {
		switch {
		case (s.Key == "-tags" || s.Key == "-gcflags") && s.Value != "":
			flags = append(flags, s.Key+"="+s.Value)
		case s.Key == "-race" && s.Value == "true", s.Key == "-trimpath" && s.Value == "true":
			flags = append(flags, s.Key)
		}
	}
	return flags
}

// A listed is a package as go list prints it.
type listed struct {
	ImportPath      string
	Dir             string
	GoFiles         []string
	CompiledGoFiles []string
	TestGoFiles     []string
	XTestGoFiles    []string
	Export          string
	ImportMap       map[string]string
	DepOnly         bool
	ForTest         string
	Module          *struct{ GoVersion string }
	Error           *struct{ Err string }
	DepsErrors      []struct{ Err string }
}

// list runs go list for the packages in the given folders, with their tests if these are wanted, within the limits of the
// process. It never uses the network. The caller holds mu.
func (l *loader) list(tests bool, dirs []string) ([]*listed, error) {
	loads, limit := cmp.Or(l.build.Loads, maxLoads), cmp.Or(l.build.Time, loadTime)
	if l.loads >= loads || l.spent >= limit {
		return nil, fmt.Errorf("reading types took more than %v or %d calls of the go command", limit, loads)
	}
	l.loads++
	start := time.Now()
	defer func() { l.spent += time.Since(start) }()
	ctx, cancel := context.WithTimeout(context.Background(), limit-l.spent)
	defer cancel()
	args := append([]string{"list", "-e", "-export", "-compiled", "-deps", "-json=" + listedFields}, l.build.Flags...)
	if tests {
		args = append(args, "-test")
	}
	cmd := exec.CommandContext(ctx, cmp.Or(l.build.Command, "go"), append(append(args, "--"), dirs...)...)
	cmd.Dir = dirs[0]
	cmd.Env = l.build.Env
	if cmd.Env == nil {
		cmd.Env = os.Environ()
	}
	cmd.Env = append(slices.Clone(cmd.Env), "GOPROXY=off", "GOSUMDB=off", "PWD="+dirs[0])
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.WaitDelay = time.Second
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return nil, fmt.Errorf("reading types took more than %v", limit)
		}
		return nil, fmt.Errorf("go list: %w: %s", err, firstLine(stderr.String()))
	}
	var all []*listed
	for d := json.NewDecoder(&stdout); ; {
		p := new(listed)
		if err := d.Decode(p); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, fmt.Errorf("reading the output of go list: %w", err)
		}
		all = append(all, p)
	}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}
