package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/overlay"
	"github.com/nplusgone/nplusgone/report"
)

// testCommand runs go test with a recording standard library, and reports what was recorded.
type testCommand struct {
	Args []string `arg:"" optional:"" name:"argument" help:"Flags and packages of go test, and the flags below."`
}

// Help implements kong.HelpProvider.
func (*testCommand) Help() string {
	return `It runs "go test" with the arguments, and checks the statements that the tests run
on database/sql: the module needs no change and no dependency. Each test,
subtest and request is a scope. The output of go test is not changed; the report
follows it, or goes to standard error with -json.

These flags are not passed to go test:

  -format FORMAT       format of the report: ` + strings.Join(report.Formats(), ", ") + `
  -also FORMAT=FILE    also write the report as FORMAT to FILE; may be repeated
  -report FILE         write the report to FILE instead of standard output
  -level LEVEL         count findings of this level and above; the default is likely
  -baseline FILE       do not count the findings in the baseline FILE
  -runs DIR            keep the recorded runs in DIR, for "nplusgone report"
  -details             show all suspects and notes, and the profile of each scope
  -explain             print what is changed in the standard library, and stop

Results are not cached: -count=1 is added unless -count is given.

If go test fails, the exit code is that of go test. Otherwise it is 0 if no
finding counts and all was checked, 1 if a finding counts, and 2 if something
was not checked.

  nplusgone test ./...
  nplusgone test -race -run TestOrders ./store
  nplusgone test -format github -baseline nplusgone.baseline ./...`
}

// A testRun is a parsed command line of testCommand.
type testRun struct {
	report  reportCommand
	runs    string // folder in which recorded runs are kept; empty for none
	explain bool
	args    []string // of go test
	dir     string   // in which go test runs, by -C
	user    string   // the user's overlay
	build   []string // flags that change which files are compiled
	counted bool     // -count is given
	json    bool
}

// exitError ends the command with the exit code of another one.
type exitError int

func (e exitError) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// Run implements the subcommand.
func (c *testCommand) Run(std *streams) error {
	t, err := parseTest(c.Args)
	if err != nil {
		return err
	}
	ctx := context.Background()
	tool, err := overlay.Find(ctx, t.dir)
	if err != nil {
		return withHint(plainly(err), `the command runs in a folder of a module, as "go test" does`)
	}
	cache, err := overlayCache()
	if err != nil {
		return err
	}
	o, err := overlay.Make(tool, cache, t.user)
	if err != nil {
		return plainly(err)
	}
	if t.explain {
		for _, line := range o.Changes() {
			fmt.Fprintln(std.out, line)
		}
		return nil
	}
	if err := o.Check(ctx); err != nil {
		return plainly(err)
	}
	return t.run(ctx, std, tool, o)
}

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

// ownFlags are the flags that go test does not get, and whether they have a value.
var ownFlags = map[string]bool{
	"format": true, "also": true, "report": true, "level": true, "baseline": true, "runs": true, "details": false, "explain": false,
}

// buildFlags are the flags of go test that change which files are compiled, and whether they have a value.
var buildFlags = map[string]bool{
	"tags": true, "mod": true, "modfile": true, "race": false, "msan": false, "asan": false, "trimpath": false,
}

// parseTest separates the flags of nplusgone from those of go test.
func parseTest(args []string) (*testRun, error) {
	t := &testRun{dir: "."}
	t.report = reportCommand{showFlags: showFlags{Format: "text", Color: "auto"}, gatherFlags: gatherFlags{Level: levelFlag{finding.Likely}}, Sort: "place"}
	for i := 0; i < len(args); i++ {
		arg := args[i]
		if arg == "-args" || arg == "--args" {
			t.args = append(t.args, args[i:]...)
			break
		}
		name, value, inline := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(arg, "-"), "-"), "=")
		if !strings.HasPrefix(arg, "-") {
			name = ""
		}
		hasValue, own := ownFlags[name]
		if own {
			if hasValue && !inline {
				if i++; i == len(args) {
					return nil, withHint(fmt.Errorf("-%s: its value is missing", name), `run "nplusgone test -help" for usage`)
				}
				value = args[i]
			}
			if err := t.set(name, value); err != nil {
				return nil, err
			}
			continue
		}
		next := func() string { // the value of a flag that has one
			if inline || i+1 >= len(args) {
				return value
			}
			return args[i+1]
		}
		switch name {
		case "C":
			t.dir = next()
		case "overlay":
			t.user = next()
			if !inline {
				i++
			}
			continue // ours has the replacements of it
		case "count":
			t.counted = true
		case "json":
			t.json = value != "false"
		case "args":
		}
		if hasValue, ok := buildFlags[name]; ok {
			switch {
			case inline, !hasValue:
				t.build = append(t.build, arg)
			case i+1 < len(args):
				t.build = append(t.build, arg+"="+args[i+1])
			}
		}
		t.args = append(t.args, arg)
	}
	return t, nil
}

// set sets a flag of nplusgone.
func (t *testRun) set(name, value string) (err error) {
	switch name {
	case "format":
		if t.report.Format = value; !slices.Contains(report.Formats(), value) {
			return withHint(fmt.Errorf("-format %q is not known", value), "the formats are "+strings.Join(report.Formats(), ", "))
		}
	case "also":
		t.report.Also = append(t.report.Also, value)
	case "report":
		t.report.Output = value
	case "level":
		if t.report.Level.Level, err = finding.ParseLevel(value); err != nil {
			return plainly(err)
		}
	case "baseline":
		t.report.Baseline = value
	case "runs":
		t.runs = value
	case "details":
		t.report.Verbose = true
	case "explain":
		t.explain = true
	}
	return nil
}

// command returns the arguments of the go command.
func (t *testRun) command(overlayFile string) []string {
	args := []string{"test"}
	rest := t.args
	if len(rest) > 0 && (strings.HasPrefix(rest[0], "-C") || strings.HasPrefix(rest[0], "--C")) { // has to be the first flag
		n := 1
		if !strings.Contains(rest[0], "=") && len(rest) > 1 {
			n = 2
		}
		args, rest = append(args, rest[:n]...), rest[n:]
	}
	args = append(args, "-overlay="+overlayFile)
	if !t.counted {
		args = append(args, "-count=1")
	}
	return append(args, rest...)
}

// errNothingRan ends the command if no statement was recorded.
var errNothingRan = withHint(errors.New("not checked: no statement of database/sql ran in a test"),
	"pgx without database/sql, and other clients that do not use database/sql, are not seen")
