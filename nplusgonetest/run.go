package nplusgonetest

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/report"
)

// The environment of a collecting test binary.
const (
	dirVariable    = "NPLUSGONE_DIR" // where runs are kept
	parentVariable = "NPLUSGONE_RUN" // set for the processes that tests start: the executable that keeps a run already
)

// The names of the files of runs. The second takes the place of the first when the run is whole.
const (
	partSuffix = ".nplusgone.part"
	runSuffix  = ".nplusgone.jsonl"
)

// kept is the run that this process keeps, when it keeps one.
var kept struct {
	once sync.Once
	run  *keptRun
	err  error
}

// A keptRun is a run that is being written to a file.
type keptRun struct {
	w        *report.RunWriter
	file     *os.File
	unscoped int // statements outside every scope when it began
	stop     func()
	noted    sync.Once
}

// keep begins to keep the run of this process in dir, or in the environment's directory for "", unless it is kept
// already; main says that whoever asks will end it. It returns nil when there is no directory.
func keep(dir string, main bool) (*keptRun, error) {
	if dir == "" {
		dir = os.Getenv(dirVariable)
	}
	if dir == "" || value("test.fuzzworker") == "true" {
		return nil, nil
	}
	kept.once.Do(func() {
		kept.run, kept.err = newRun(fromModule(dir), main)
		if kept.err != nil {
			kept.err = fmt.Errorf("keeping the run in %q: %w", dir, kept.err)
		}
	})
	return kept.run, kept.err
}

func newRun(dir string, main bool) (*keptRun, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	var random [8]byte
	rand.Read(random[:])
	start := report.Start{
		Tool: tool(), ID: hex.EncodeToString(random[:]), Package: testedPackage(), Main: main, Filtered: filtered(), Helper: helper(),
	}
	file, err := os.OpenFile(filepath.Join(dir, fileName(start)+partSuffix), os.O_CREATE|os.O_EXCL|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return nil, err
	}
	r := &keptRun{w: report.NewRunWriter(file, start), file: file, unscoped: record.UnscopedStatements()}
	r.stop = detector.Record(func(ran finding.ScopeProfile, findings []finding.Finding) {
		r.w.Scope(ran, findings)
		r.noted.Do(func() { noteForCache(dir) })
	})
	return r, nil
}

// end ends the run: its file is whole.
func (r *keptRun) end() error {
	if r == nil {
		return nil
	}
	r.stop()
	err := errors.Join(r.w.End(report.End{Unscoped: record.UnscopedStatements() - r.unscoped, Untyped: finder.Trouble()}), r.file.Close())
	if err != nil {
		return err
	}
	name := r.file.Name()
	return os.Rename(name, strings.TrimSuffix(name, partSuffix)+runSuffix)
}

// begun says that a test is being checked.
func (r *keptRun) begun(test string) {
	if r != nil {
		r.w.Begun(test)
	}
}

// fileName names a run so that no other one has the name: packages of one name, shards of one package, and processes of
// one shard all differ.
func fileName(s report.Start) string {
	h := fnv.New32a()
	h.Write([]byte(s.Package))
	clean := strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '_'
	}, path.Base(s.Package))
	return fmt.Sprintf("%s-%08x-%s", clean[:min(len(clean), 40)], h.Sum32(), s.ID)
}

// testedPackage returns the import path of the package whose test binary this is.
func testedPackage() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		if pkg, ok := strings.CutSuffix(info.Path, ".test"); ok {
			return pkg
		}
	}
	return strings.TrimSuffix(strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe"), ".test")
}

func tool() report.Tool {
	t := report.Tool{Name: "nplusgone"}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, dep := range append(info.Deps, &info.Main) {
			if dep.Path == "github.com/nplusgone/nplusgone" && dep.Version != "(devel)" {
				t.Version = dep.Version
			}
		}
	}
	return t
}

// filtered reports whether only some of the tests were asked for.
func filtered() bool {
	switch value("test.run") {
	case "", ".", ".*", "^":
	default:
		return true
	}
	return value("test.skip") != "" || value("test.list") != "" || value("test.short") == "true"
}

// value returns the value of a flag, "" when there is no such flag.
func value(name string) string {
	if f := flag.Lookup(name); f != nil {
		return f.Value.String()
	}
	return ""
}

// helper reports whether this process was started by a test of the same test binary, and sees to it that the processes
// which this one starts know.
func helper() bool {
	self, err := os.Executable()
	if err != nil {
		return false
	}
	parent := os.Getenv(parentVariable)
	os.Setenv(parentVariable, self)
	return parent == self
}

// noteForCache keeps the go command from answering with a cached result where there is no run to go with it: a result
// is cached with the variables and the folders of the module that its tests looked at. So one of an earlier job of CI is
// none for this job, and one is taken again only while the folder, if it is in the module, is as it was.
func noteForCache(dir string) {
	for _, name := range [...]string{dirVariable, "GITHUB_RUN_ID", "GITHUB_RUN_ATTEMPT", "GITHUB_JOB", "CI_JOB_ID", "BUILD_TAG", "BUILDKITE_JOB_ID", "CIRCLE_WORKFLOW_JOB_ID"} {
		os.Getenv(name)
	}
	if folder, err := os.Open(dir); err == nil {
		folder.Close()
	}
}

// fromModule returns dir, when it is relative, as seen from the root of the module: every package's tests run in a folder
// of their own.
func fromModule(dir string) string {
	if filepath.IsAbs(dir) {
		return dir
	}
	wd, err := os.Getwd()
	if err != nil {
		return dir
	}
	for at := wd; ; at = filepath.Dir(at) {
		if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
			return filepath.Join(at, dir)
		} else if !errors.Is(err, fs.ErrNotExist) || at == filepath.Dir(at) {
			return filepath.Join(wd, dir)
		}
	}
}
