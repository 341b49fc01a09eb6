package counters

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/nplusgone/nplusgone/internal/atomicfile"
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
	trim(cache, time.Now())
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
		case f.Why != "":
			r.Skipped = append(r.Skipped, f.Name+": "+f.Why)
		case f.Loops == 0:
		case embedded[f.Name]:
			r.Skipped = append(r.Skipped, f.Name+": it is embedded in a package")
		default:
			r.Replace[f.Name] = f.Cached
			r.Loops += f.Loops
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

// A file is a file of a module, as the cache keeps it.
type file struct {
	Name   string
	Cached string   // the rewritten file; empty if it stays as it is
	Loops  int      // that have a counter
	Why    string   // why it has none although it may have loops
	Embeds []string // its patterns of go:embed
}

// rewriteAll rewrites files, several folders at a time. names is sorted.
func rewriteAll(names []string, cache string, replaced map[string]string) (all []file, err error) {
	var folders [][]string
	byFolder := make(map[string]int)
	for _, name := range names {
		dir := filepath.Dir(name)
		i, ok := byFolder[dir]
		if !ok {
			i = len(folders)
			byFolder[dir] = i
			folders = append(folders, nil)
		}
		folders[i] = append(folders[i], name)
	}
	results, errs := make([][]file, len(folders)), make([]error, len(folders))
	next := make(chan int)
	var wg sync.WaitGroup
	for range max(runtime.GOMAXPROCS(0), 1) {
		wg.Go(func() {
			for i := range next {
				results[i], errs[i] = rewriteFolder(folders[i], cache, replaced)
			}
		})
	}
	for i := range folders {
		next <- i
	}
	close(next)
	wg.Wait()
	return slices.Concat(results...), errors.Join(errs...)
}

// rewriteFolder rewrites the files of a folder, or finds them in the cache.
func rewriteFolder(names []string, cache string, replaced map[string]string) (all []file, err error) {
	var texts [][]byte
	h := sha256.New()
	fmt.Fprintf(h, "%s\n", Version)
	for _, name := range names {
		from := name
		if to, ok := replaced[name]; ok {
			from = to // empty if the user's overlay deletes it
		}
		text, err := os.ReadFile(from)
		if err != nil {
			continue // the go command reports it
		}
		fmt.Fprintf(h, "%s\x00%d\x00", name, len(text))
		h.Write(text)
		texts = append(texts, text)
		all = append(all, file{Name: name})
	}
	key := hex.EncodeToString(h.Sum(nil)[:16])
	dir := filepath.Join(cache, key[:2], key)
	list := filepath.Join(dir, "files.json")
	if text, err := os.ReadFile(list); err == nil {
		var cached []file
		if json.Unmarshal(text, &cached) == nil {
			used(list, time.Now())
			return cached, nil
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("counters: making the cache: %w", err)
	}
	packages := make(map[string][]int) // of the folder: the one with the tests may have another name
	files := make([]*parsed, len(all))
	for i := range all {
		all[i].Embeds = embeds(texts[i])
		files[i] = parse(all[i].Name, texts[i])
		if all[i].Why = files[i].why; files[i].tree != nil {
			packages[files[i].tree.Name.Name] = append(packages[files[i].tree.Name.Name], i)
		}
	}
	for _, members := range packages {
		var trees []*ast.File
		for _, i := range members {
			trees = append(trees, files[i].tree)
		}
		g := newGraph(trees)
		for _, i := range members {
			text, loops := files[i].rewrite(g)
			all[i].Why, all[i].Loops = files[i].why, loops
			if loops == 0 {
				continue
			}
			all[i].Cached = filepath.Join(dir, filepath.Base(all[i].Name))
			if err := atomicfile.Write(all[i].Cached, string(text)); err != nil {
				return nil, fmt.Errorf("counters: %w", err)
			}
		}
	}
	text, err := json.Marshal(all)
	if err != nil {
		return nil, fmt.Errorf("counters: encoding: %w", err)
	}
	if err := atomicfile.Write(list, string(text)); err != nil {
		return nil, fmt.Errorf("counters: %w", err)
	}
	return all, nil
}
