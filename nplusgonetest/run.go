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
	"github.com/nplusgone/nplusgone/internal/merge"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/report"
)

const (
	dirVariable    = "NPLUSGONE_DIR" // the folder of recorded runs
	parentVariable = "NPLUSGONE_RUN" // for the processes that tests start: the executable that already records a run
)

// The suffixes of the files of recorded runs. A file is renamed from the first to the second when the run is complete.
const (
	partSuffix = ".nplusgone.part"
	runSuffix  = ".nplusgone.jsonl"
)

// recording is the run that this process records, if it records one.
var recording struct {
	once sync.Once
	run  *recordedRun
	err  error
}

// A recordedRun is a run that is being written to a file. A nil one records nothing.
type recordedRun struct {
	w         *merge.RunWriter
	file      *os.File
	unscoped  int // statements outside of every scope when it started
	stop      func()
	cacheOnce sync.Once
}

// startRun starts to record the run of this process in dir, or in the folder of the environment if dir is empty, unless it
// is being recorded. main is whether the caller will end the run. It returns nil if there is no folder.
func startRun(dir string, main bool) (*recordedRun, error) {
	if dir == "" {
		dir = os.Getenv(dirVariable)
	}
	if dir == "" || flagValue("test.fuzzworker") == "true" {
		return nil, nil
	}
	recording.once.Do(func() {
		recording.run, recording.err = newRun(fromModule(dir), main)
		if recording.err != nil {
			recording.err = fmt.Errorf("recording the run in %q: %w", dir, recording.err)
		}
	})
	return recording.run, recording.err
}

func newRun(dir string, main bool) (*recordedRun, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	var random [8]byte
	rand.Read(random[:])
	start := merge.Start{
		Tool: tool(), ID: hex.EncodeToString(random[:]), Package: testedPackage(), Main: main, Filtered: filtered(), Helper: helper(),
	}
	file, err := os.OpenFile(filepath.Join(dir, fileName(start)+partSuffix), os.O_CREATE|os.O_EXCL|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return nil, err
	}
	r := &recordedRun{w: merge.NewRunWriter(file, start), file: file, unscoped: record.UnscopedStatements()}
	r.stop = detector.Record(func(ran finding.ScopeProfile, findings []finding.Finding) {
		r.w.Scope(ran, findings)
		r.cacheOnce.Do(func() { noteForCache(dir) })
	})
	return r, nil
}

// end ends the run with what was not checked. Its file is then complete.
func (r *recordedRun) end(notChecked []string) error {
	if r == nil {
		return nil
	}
	r.stop()
	err := errors.Join(r.w.End(merge.End{
		Unscoped: record.UnscopedStatements() - r.unscoped, Untyped: finder.Trouble(), NotChecked: notChecked,
	}), r.file.Close())
	if err != nil {
		return err
	}
	name := r.file.Name()
	return os.Rename(name, strings.TrimSuffix(name, partSuffix)+runSuffix)
}

// begun records that a test is being checked.
func (r *recordedRun) begun(test string) {
	if r != nil {
		r.w.Begun(test)
	}
}

// fileName returns a name that no other run has: neither of a package with the same name, nor of another shard of the
// package, nor of another process.
func fileName(s merge.Start) string {
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

// filtered reports whether flags select some of the tests.
func filtered() bool {
	switch flagValue("test.run") {
	case "", ".", ".*", "^":
	default:
		return true
	}
	return flagValue("test.skip") != "" || flagValue("test.list") != "" || flagValue("test.short") == "true"
}

// flagValue returns the value of a flag, or "" if there is no such flag.
func flagValue(name string) string {
	if f := flag.Lookup(name); f != nil {
		return f.Value.String()
	}
	return ""
}

// helper reports whether a test of the same test binary started this process. It sets the environment variable by which
// the processes that this one starts recognise that.
func helper() bool {
	self, err := os.Executable()
	if err != nil {
		return false
	}
	parent := os.Getenv(parentVariable)
	os.Setenv(parentVariable, self)
	return parent == self
}

// noteForCache makes the go command run the tests again, instead of using a cached result, when the run of the cached
// result is gone. The go command caches a result with the environment variables and the files of the module that the tests
// looked at. So a result of an earlier CI job is not used in this one, and a result is used again only while the folder,
// if it is in the module, is unchanged.
func noteForCache(dir string) {
	for _, name := range [...]string{dirVariable, "GITHUB_RUN_ID", "GITHUB_RUN_ATTEMPT", "GITHUB_JOB", "CI_JOB_ID", "BUILD_TAG", "BUILDKITE_JOB_ID", "CIRCLE_WORKFLOW_JOB_ID"} {
		os.Getenv(name)
	}
	if folder, err := os.Open(dir); err == nil {
		folder.Close()
	}
}

// fromModule returns dir below the module's root if it is relative: the tests of each package run in the package's folder.
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
