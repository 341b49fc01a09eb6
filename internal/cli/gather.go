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
)

// gatherFlags say what is merged, and what of it counts.
type gatherFlags struct {
	Level    levelFlag `default:"likely" placeholder:"LEVEL" help:"Findings of this level and above count: suspect, likely or proven. The default is likely."`
	Packages string    `placeholder:"PATTERNS" help:"Say which packages should have left a run and did not: those that PATTERNS, as of go list, name and whose test files import nplusgonetest. @FILE reads import paths from FILE, one a line."`
	Tests    string    `placeholder:"FILE" help:"Take into account what \"go test -json\" wrote to FILE: which packages passed, failed, or were cached."`
	Partial  bool      `help:"Do not fail because something is missing; it is said all the same."`
	Paths    []string  `arg:"" name:"path" help:"Reports in the json format, and runs that tests left. A directory stands for the *.json files in it and the runs in it and below, and - for standard input."`
}

// memoryLimit makes the garbage collector work before a merge of a million findings holds 256 MiB: what is live of it is
// less than half of that. It is a soft limit.
const memoryLimit = 192 << 20

// gathered is what was merged, and what is missing of it.
type gathered struct {
	*merge.Collection
	missing []string
	cached  []string // packages with a cached result and no run, of which nobody knows whether they should have one
	partial bool
}

// gather merges what the flags name. Files that are going to be written are not read from a directory, so that a merge
// into that directory can be run again.
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
		// Should a copy have caught a run in the middle as well, the whole one is read first, and counts.
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
	g.missing = missing(g.TestRuns(), expected, tests)
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
		return withHint(plain{err}, "give the path of a report written with -format json, or of a run that tests left")
	case isCause(err, fs.ErrPermission):
		return withHint(plain{err}, "make it readable")
	}
	return plainly(err)
}

// judge lets the baseline say what is known.
func (g *gathered) judge(b *baseline.Baseline) error {
	return plainly(g.MarkKnown(func(f *finding.Finding) string {
		b.See(f)
		if f.Note != "" {
			return ""
		}
		return b.Why(f)
	}))
}

// stale returns the entries of b that g would have found again. judge comes before.
func (g *gathered) stale(b *baseline.Baseline) []baseline.Entry {
	return b.Stale(g.Profile(), g.TestRuns())
}

// runSuffixes end the names of the files of runs: of whole ones, and of those that broke off.
var runSuffixes = []string{".nplusgone.jsonl", ".nplusgone.part"}

// reportFiles returns the files that path stands for: itself, or the reports and runs in it, by name. Parts are runs that
// broke off.
func reportFiles(path string, outputs []string) (whole, parts []string, err error) {
	if info, err := os.Stat(path); path == "-" || err != nil || !info.IsDir() {
		return []string{path}, nil, nil // what is wrong with it, reading tells
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
		return nil, nil, withHint(fmt.Errorf("reading the directory %q: %w", path, cause(err)), "make it readable, or name the reports in it")
	}
	if len(whole)+len(parts) == 0 {
		return nil, nil, withHint(fmt.Errorf("no report in the directory %q", path),
			"it is read for *.json files and for runs: set NPLUSGONE_DIR for the tests, write a report with -format json, or name the report itself")
	}
	return whole, parts, nil
}

// readable reports whether an entry of a directory is a file, or leads to one: reading a pipe would never end.
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
