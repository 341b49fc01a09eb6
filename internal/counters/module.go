package counters

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// A Result is what Modules has done.
type Result struct {
	Replace map[string]string // files by the names of the originals, for the flag -overlay
	Files   int               // that were read
	Loops   int               // that have a counter
	Skipped []string          // files whose loops have none, with the reason
}

// Modules rewrites the Go files of the modules in folders, without those of nested modules, vendor, testdata, and folders that the go
// command ignores. Rewritten files are kept in the folder cache, by content. replaced are files that the user's own overlay replaces.
//
// All packages of the modules are rewritten, whether they import database/sql or not: a loop may know the database by an interface only.
func Modules(folders []string, cache string, replaced map[string]string) (Result, error) {
	r := Result{Replace: make(map[string]string)}
	cache, err := filepath.Abs(cache)
	if err != nil {
		return r, fmt.Errorf("counters: finding the cache: %w", err)
	}
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return r, fmt.Errorf("counters: making the cache: %w", err)
	}
	var names []string
	for _, dir := range folders {
		if err := walk(dir, &names); err != nil {
			return r, err
		}
	}
	slices.Sort(names)
	names = slices.Compact(names)
	all, err := rewriteAll(names, cache, replaced)
	if err != nil {
		return r, err
	}
	embedded := embeddedFiles(all)
	for _, f := range all {
		switch {
		case f.loops == 0 && f.why != "":
			r.Skipped = append(r.Skipped, f.name+": "+f.why)
		case f.loops == 0:
		case embedded[f.name]:
			r.Skipped = append(r.Skipped, f.name+": it is embedded in a package")
		default:
			r.Replace[f.name] = f.cached
			r.Loops += f.loops
		}
	}
	r.Files = len(names)
	return r, nil
}

// walk adds the Go files below a module's folder.
func walk(root string, names *[]string) error {
	err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		base := filepath.Base(name)
		switch {
		case err != nil && name == root:
			return err
		case err != nil:
			return nil // the go command reports what it cannot read
		case e.IsDir() && name != root:
			if base == "vendor" || base == "testdata" || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") {
				return filepath.SkipDir
			}
			if _, err := os.Stat(filepath.Join(name, "go.mod")); err == nil {
				return filepath.SkipDir
			}
		case !e.IsDir() && strings.HasSuffix(base, ".go") && !strings.HasPrefix(base, ".") && !strings.HasPrefix(base, "_"):
			*names = append(*names, name)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("counters: listing the files of the module: %w", err)
	}
	return nil
}

// A file is a file of a module.
type file struct {
	name   string
	cached string // the rewritten file
	loops  int
	why    string   // why it has no counters although it may have loops
	embeds []string // its patterns of go:embed
}

// rewriteAll rewrites files, several at a time.
func rewriteAll(names []string, cache string, replaced map[string]string) ([]file, error) {
	all := make([]file, len(names))
	errs := make([]error, len(names))
	next := make(chan int)
	var wg sync.WaitGroup
	for range max(runtime.GOMAXPROCS(0), 1) {
		wg.Go(func() {
			for i := range next {
				all[i], errs[i] = rewriteFile(names[i], cache, replaced)
			}
		})
	}
	for i := range names {
		next <- i
	}
	close(next)
	wg.Wait()
	return all, errors.Join(errs...)
}

// rewriteFile rewrites a file, or finds it in the cache.
func rewriteFile(name, cache string, replaced map[string]string) (file, error) {
	f := file{name: name}
	from := name
	if to, ok := replaced[name]; ok {
		if to == "" {
			return f, nil // the user's overlay deletes it
		}
		from = to
	}
	text, err := os.ReadFile(from)
	if err != nil {
		return f, nil // the go command reports it
	}
	f.embeds = embeds(text)
	if !bytes.Contains(text, []byte("for")) {
		return f, nil
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%s", Version, name, text))
	key := hex.EncodeToString(sum[:16])
	dir := filepath.Join(cache, key[:2])
	found, err := filepath.Glob(filepath.Join(dir, key+"-*.go"))
	if err == nil && len(found) == 1 {
		number, _, _ := strings.Cut(filepath.Base(found[0])[len(key)+1:], ".")
		f.loops, err = strconv.Atoi(number)
		if f.cached = found[0]; err == nil {
			f.why = reason(f.loops, text)
			return f, nil
		}
	}
	rewritten, loops := Rewrite(name, text)
	f.loops, f.why = loops, reason(loops, text)
	if loops == 0 {
		rewritten = nil // it remembers that there is nothing to rewrite
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return f, fmt.Errorf("counters: making the cache: %w", err)
	}
	f.cached = filepath.Join(dir, fmt.Sprintf("%s-%d.go", key, loops))
	return f, write(f.cached, rewritten)
}

// reason says why a file with the given number of counters has none; empty if there is nothing to say.
func reason(loops int, text []byte) string {
	if loops == 0 && bytes.Contains(text, []byte(`import "C"`)) {
		return "it imports C"
	}
	return ""
}

// write writes a file by another name first: other processes may read it at the same time.
func write(name string, text []byte) error {
	temporary, err := os.CreateTemp(filepath.Dir(name), "write-*")
	if err != nil {
		return fmt.Errorf("counters: writing: %w", err)
	}
	_, err = temporary.Write(text)
	if closed := temporary.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(temporary.Name(), name)
	}
	if err != nil {
		os.Remove(temporary.Name())
		return fmt.Errorf("counters: writing: %w", err)
	}
	return nil
}
