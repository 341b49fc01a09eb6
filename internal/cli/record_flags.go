package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/report"
)

// A recording is a parsed command line of a subcommand that runs the go command with a recording standard library.
type recording struct {
	verb     string // test or run
	report   reportCommand
	runs     string // folder in which recorded runs are kept; empty for none
	explain  bool
	args     []string // of the go command; for run those of go build
	program  []string // of run: the arguments of the program
	exec     string   // of run: the command that runs the program
	output   string   // of run: the folder that the program is built in
	dir      string   // in which it runs, by -C
	modules  bool     // the modules below are tested too
	module   string   // of several modules: the folder of the one that is tested, as shown
	twin     string   // of several modules: the same folder, if another one has the same module path
	root     string   // of several modules: what files are relative to
	user     string   // the user's own overlay
	build    []string // flags that change which files are compiled
	covers   string   // value of -coverpkg
	counted  bool     // -count is given
	covered  bool     // a flag for coverage is given
	profile  string   // value of -coverprofile
	failfast bool     // go test stops after the first failure
	loops    string   // how loops are known: measured or inferred
	json     bool
}

// newRecording returns a recording with the defaults of all flags.
func newRecording(verb string) *recording {
	return &recording{verb: verb, dir: ".", loops: finding.Measured, report: reportCommand{
		showFlags: showFlags{Format: "text", Color: "auto"}, gatherFlags: gatherFlags{Level: levelFlag{finding.Likely}}, Sort: "place",
	}}
}

// ownFlags are the flags that the go command does not get, and whether they have a value.
var ownFlags = map[string]bool{
	"format": true, "also": true, "report": true, "level": true, "baseline": true, "runs": true, "loops": true, "details": false, "explain": false, "modules": false,
}

// ownFlagsHelp is the help on ownFlags.
func ownFlagsHelp() string {
	return `  -format FORMAT       format of the report: ` + strings.Join(report.Formats(), ", ") + `
  -also FORMAT=FILE    also write the report as FORMAT to FILE; may be repeated
  -report FILE         write the report to FILE instead of standard output
  -level LEVEL         count findings of this level and above; the default is likely
  -baseline FILE       do not count the findings in the baseline FILE
  -runs DIR            keep the recorded runs in DIR, for "nplusgone report"
  -loops HOW           how loops are known: measured, by counters in the loops of the
                       main module, or inferred; the default is measured
  -details             show all suspects and notes, and the profile of each scope
  -explain             print what is changed in the standard library, and stop
`
}

// buildFlags are the flags of the go command that change which files are compiled, and whether they have a value.
var buildFlags = map[string]bool{
	"tags": true, "mod": true, "modfile": true, "race": false, "msan": false, "asan": false, "trimpath": false,
}

// own sets the flag args[i] if it is one of nplusgone, and returns how many arguments it has; 0 if it is another one.
func (t *recording) own(args []string, i int) (n int, err error) {
	if !strings.HasPrefix(args[i], "-") {
		return 0, nil
	}
	name, value, inline := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(args[i], "-"), "-"), "=")
	hasValue, own := ownFlags[name]
	if !own {
		return 0, nil
	}
	n = 1
	if hasValue && !inline {
		if n = 2; i+1 == len(args) {
			return 0, withHint(fmt.Errorf("-%s: its value is missing", name), fmt.Sprintf(`run "%s %s -help" for usage`, self(), t.verb))
		}
		value = args[i+1]
	}
	return n, t.set(name, value)
}

// other keeps the flag args[i] of the go command, and what it means for the analysis. It returns how many arguments it has that are
// not passed on.
func (t *recording) other(args []string, i int) (skipped int) {
	name, value, inline := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(args[i], "-"), "-"), "=")
	if !strings.HasPrefix(args[i], "-") {
		name = ""
	}
	if !inline && i+1 < len(args) {
		value = args[i+1]
	}
	hasValue, build := buildFlags[name]
	switch {
	case name == "overlay": // the one of nplusgone has its replacements
		t.user = value
		if inline {
			return 1
		}
		return 2
	case name == "exec" && t.verb == "run": // go build does not know it
		t.exec = value
		if inline {
			return 1
		}
		return 2
	case name == "C":
		t.dir = value
	case name == "coverpkg":
		t.covers, t.covered = value, true
	case strings.HasPrefix(name, "cover"):
		t.covered = !inline || value != "false"
		if name == "coverprofile" {
			t.profile = value
		}
	case name == "count":
		t.counted = true
	case name == "failfast":
		t.failfast = !inline || value != "false"
	case name == "json":
		t.json = !inline || value != "false"
	case build && hasValue:
		t.build = append(t.build, "-"+name+"="+value)
	case build:
		t.build = append(t.build, args[i])
	}
	return 0
}

// set sets a flag of nplusgone.
func (t *recording) set(name, value string) (err error) {
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
	case "loops":
		if t.loops = value; value != finding.Measured && value != finding.Inferred {
			return withHint(fmt.Errorf("-loops %q is not known", value), "it is measured or inferred")
		}
	case "details":
		t.report.Verbose = true
	case "explain":
		t.explain = true
	case "modules":
		if t.modules = true; t.verb != "test" {
			return errors.New("-modules is a flag of test only: a program has one module")
		}
	}
	return nil
}

// command returns the arguments of the go command.
func (t *recording) command(overlayFile string) []string {
	verb := t.verb
	if verb == "run" {
		verb = "build"
	}
	folder, rest := splitFolder(t.args)
	args := append(append([]string{verb}, folder...), "-overlay="+overlayFile)
	if t.verb == "run" {
		args = append(args, t.runFlags()...)
	}
	if t.verb == "test" && !t.counted {
		args = append(args, "-count=1")
	}
	return append(args, rest...)
}

// splitFolder separates the flag -C, which has to be the first one, from the other arguments.
func splitFolder(args []string) (folder, rest []string) {
	if len(args) == 0 || !strings.HasPrefix(args[0], "-C") && !strings.HasPrefix(args[0], "--C") {
		return nil, args
	}
	n := 1
	if !strings.Contains(args[0], "=") && len(args) > 1 {
		n = 2
	}
	return args[:n], args[n:]
}

// buildValueFlags are the flags of go build that have a value, and testValueFlags those of go test.
var (
	buildValueFlags = []string{
		"C", "asmflags", "buildmode", "buildvcs", "compiler", "covermode", "coverpkg", "exec", "gccgoflags", "gcflags", "installsuffix", "ldflags", "mod",
		"modfile", "overlay", "p", "pgo", "pkgdir", "tags", "toolexec",
	}
	testValueFlags = []string{
		"bench", "benchtime", "blockprofile", "blockprofilerate", "count", "coverprofile", "cpu", "cpuprofile", "fuzz", "fuzzminimizetime", "fuzztime",
		"list", "memprofile", "memprofilerate", "mutexprofile", "mutexprofilefraction", "o", "outputdir", "parallel", "run", "shuffle", "skip", "timeout",
		"trace", "vet",
	}
)

// hasValue reports whether a flag of the go command has a value.
func hasValue(name string) bool {
	return slices.Contains(buildValueFlags, name) || slices.Contains(testValueFlags, strings.TrimPrefix(name, "test."))
}

// packageArgs returns where the packages are among the arguments of go test. They are in a row.
func (t *recording) packageArgs() (from, to int) {
	for i := 0; i < len(t.args); i++ {
		name, _, inline := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(t.args[i], "-"), "-"), "=")
		switch {
		case t.args[i] == "-args", t.args[i] == "--args":
			return i, i
		case !strings.HasPrefix(t.args[i], "-"):
			to = i + 1
			for to < len(t.args) && !strings.HasPrefix(t.args[to], "-") {
				to++
			}
			return i, to
		case !inline && hasValue(name):
			i++
		}
	}
	return 0, 0
}

// packages returns the packages among the arguments of go test.
func (t *recording) packages() []string {
	from, to := t.packageArgs()
	return t.args[from:to]
}

// withPackages returns the arguments of go test with other packages.
func (t *recording) withPackages(list []string) []string {
	from, to := t.packageArgs()
	return slices.Concat(t.args[:from], list, t.args[to:])
}
