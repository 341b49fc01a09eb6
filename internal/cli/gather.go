package cli

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/baseline"
	"github.com/nplusgone/nplusgone/internal/merge"
	"github.com/nplusgone/nplusgone/internal/printable"
)

// gatherFlags are the flags of the subcommands that merge reports.
type gatherFlags struct {
	Level    levelFlag `default:"likely" placeholder:"LEVEL" help:"Count findings of this level and above: suspect, likely or proven. The default is likely."`
	Packages string    `placeholder:"PATTERNS" help:"Report packages without a recorded run: of those that PATTERNS match, as for go list, the ones whose test files import nplusgonetest. @FILE reads import paths from FILE, one a line."`
	Tests    string    `placeholder:"FILE" help:"Read from FILE, the output of \"go test -json\", which packages passed, failed, or were cached."`
	Partial  bool      `help:"Report missing and incomplete runs, but do not fail because of them."`
	Paths    []string  `arg:"" name:"path" help:"Reports in the json format, and recorded runs of tests. A directory means the *.json files in it, and the runs in it and below; - means standard input."`
}

// memoryLimit is the soft limit of the garbage collector, so that a merge of a million findings holds at most 256 MiB. Less
// than half of that is live.
const memoryLimit = 192 << 20

// gathered is a merged report, with what is missing in it.
type gathered struct {
	*merge.Collection
	missing []string // packages without a run that should have one
	cached  []string // packages with a cached result and no run, which may or may not use nplusgonetest
	partial bool
}

// notChecked returns a line for everything that was not checked. failing is how many of them make the command fail: with
// -partial, missing and incomplete runs do not, nor does that no statement ran in them.
func (g *gathered) notChecked() (lines []string, failing int, err error) {
	incomplete, err := g.Incomplete()
	if err != nil {
		return nil, 0, plainly(err)
	}
	for _, text := range incomplete {
		lines = append(lines, printable.Line(text))
	}
	lines = append(lines, g.missing...)
	missing := len(g.missing)
	for _, r := range g.TestRuns() {
		if r.Missing != "" {
			missing++
		}
	}
	if g.partial && missing > 0 {
		return lines, len(g.Profile().NotChecked), nil
	}
	return lines, len(lines), nil
}

// gather merges the reports that the flags name. It does not read outputs, the files that the command writes, from a
// directory: a merge into that directory can be repeated.
func (f *gatherFlags) gather(std *streams, outputs []string) (_ *gathered, err error) {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
	g := &gathered{Collection: merge.NewCollection(), partial: f.Partial}
	defer func() {
		if err != nil {
			g.Close()
		}
	}()
	tests, err := readTests(f.Tests)
	if err != nil {
		return nil, err
	}
	expected, err := expectedPackages(f.Packages)
	if err != nil {
		return nil, err
	}
	for _, path := range f.Paths {
		whole, parts, err := reportFiles(path, outputs)
		if err != nil {
			return nil, err
		}
		// If a run is there both complete and as a copy of its beginning, the complete one is read first and counts.
		for _, files := range [][]string{whole, parts} {
			if err := g.add(files, std); err != nil {
				return nil, err
			}
		}
	}
	for pkg, result := range tests {
		if result.passed() {
			g.Passed(pkg)
		}
	}
	g.missing = withoutRun(g.TestRuns(), expected, tests)
	if expected == nil {
		g.cached = cachedWithoutRun(g.TestRuns(), tests)
	}
	return g, nil
}

func (g *gathered) add(paths []string, std *streams) error {
	if len(paths) == 1 && paths[0] == "-" {
		return plainly(g.Add(std.in, "standard input"))
	}
	err := g.AddFiles(paths...)
	switch {
	case isCause(err, fs.ErrNotExist):
		return withHint(plain{err}, "give the path of a report in the json format, or of a recorded run")
	case isCause(err, fs.ErrPermission):
		return withHint(plain{err}, "make it readable")
	}
	return plainly(err)
}

// judge marks the findings that the baseline knows.
func (g *gathered) judge(b *baseline.Baseline) error {
	return plainly(g.MarkKnown(func(f *finding.Finding) string {
		b.See(f)
		if f.Note != "" {
			return ""
		}
		return b.Why(f)
	}))
}

// stale returns the entries of b whose findings g should have and does not. Call judge before.
func (g *gathered) stale(b *baseline.Baseline) []baseline.Entry {
	return b.Stale(g.Profile(), g.TestRuns())
}

// runSuffixes are the suffixes of the files of complete runs and of incomplete runs.
var runSuffixes = []string{".nplusgone.jsonl", ".nplusgone.part"}

// reportFiles returns the files of path: itself, or the reports and runs in it, by name. Parts are incomplete runs.
func reportFiles(path string, outputs []string) (whole, parts []string, err error) {
	if info, err := os.Stat(path); path == "-" || err != nil || !info.IsDir() {
		return []string{path}, nil, nil // an error comes from reading it
	}
	err = filepath.WalkDir(path, func(file string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		top := filepath.Dir(file) == filepath.Clean(path)
		switch {
		case e.IsDir() || !readable(e, file) || sameAsAny(file, outputs):
		case strings.HasSuffix(e.Name(), runSuffixes[1]):
			parts = append(parts, file)
		case strings.HasSuffix(e.Name(), runSuffixes[0]), top && strings.EqualFold(filepath.Ext(file), ".json"):
			whole = append(whole, file)
		}
		return nil
	})
	if err != nil {
		return nil, nil, withHint(fmt.Errorf("reading the directory %q: %w", path, cause(err)), "make it readable, or give the paths of the reports in it")
	}
	if len(whole)+len(parts) == 0 {
		return nil, nil, withHint(fmt.Errorf("no report in the directory %q", path),
			"it has neither *.json files nor recorded runs: set NPLUSGONE_DIR for the tests, write a report with -format json, or give the path of a report")
	}
	return whole, parts, nil
}

// readable reports whether an entry of a directory is a file, or a link to one. Reading a pipe might not end.
func readable(e fs.DirEntry, path string) bool {
	if e.Type().IsRegular() {
		return true
	}
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

func sameAsAny(file string, others []string) bool {
	return slices.ContainsFunc(others, func(other string) bool {
		if other == "" {
			return false
		}
		one, err := os.Stat(file)
		if err != nil {
			return false
		}
		two, err := os.Stat(other)
		return err == nil && os.SameFile(one, two)
	})
}
