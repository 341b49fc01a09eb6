package source

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"
)

// Rows says what the code does with the rows of the statement at stack, as the types of its packages tell. It asks the go
// command for them, once for each package.
func (f *Finder) Rows(stack []analysis.Frame) analysis.RowUse { return f.typed.Rows(stack) }

// Trouble returns why the types of some packages could not be read, so that rules about what becomes of rows were silent
// there; "" when nothing went wrong so far.
func (f *Finder) Trouble() string { return f.typed.Trouble() }

// OnDisk returns the path of the file that function was compiled from, "" when it is not on disk. Source that came with
// the binary is put on disk for that, until Close.
func (f *Finder) OnDisk(function, file string) string {
	for _, name := range f.paths(file) {
		if _, err := os.Stat(name); err == nil {
			return name
		}
	}
	for importPath, fsys := range f.embedded {
		if fits(importPath, function, file) {
			if dir := f.unpacked.get(importPath, fsys); dir != "" {
				return filepath.Join(dir, filepath.Base(filepath.FromSlash(file)))
			}
		}
	}
	return ""
}

// Relative returns the path of function's file as reports have it: from the root of the module.
func (f *Finder) Relative(function, file string) string {
	if f.root != "" {
		if rest, err := filepath.Rel(f.root, filepath.FromSlash(file)); err == nil && filepath.IsLocal(rest) {
			return filepath.ToSlash(rest)
		}
	}
	return frame.Relative(function, file)
}

// Close removes what OnDisk has put on disk.
func (f *Finder) Close() error { return f.unpacked.remove() }

// folders are modules of one package each, written from source that came with the binary.
type folders struct {
	mu   sync.Mutex
	dirs map[string]string
}

func (f *folders) get(importPath string, fsys fs.FS) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if dir, ok := f.dirs[importPath]; ok {
		return dir
	}
	if f.dirs == nil {
		f.dirs = map[string]string{}
	}
	f.dirs[importPath] = unpack(importPath, fsys)
	return f.dirs[importPath]
}

func (f *folders) remove() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	var failed error
	for _, dir := range f.dirs {
		if err := os.RemoveAll(dir); dir != "" && err != nil {
			failed = err
		}
	}
	f.dirs = nil
	return failed
}

// unpack writes a package as a module of its own, and returns its folder, "" when that fails.
func unpack(importPath string, fsys fs.FS) string {
	dir, err := os.MkdirTemp("", "nplusgone-source-")
	if err != nil {
		return ""
	}
	mod := "module " + importPath + "\n\ngo 1.26\n"
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte(mod), 0o600); err != nil {
		return ""
	}
	files, _ := fs.Glob(fsys, "*")
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		if text, err := fs.ReadFile(fsys, name); err == nil {
			if os.WriteFile(filepath.Join(dir, name), text, 0o600) != nil {
				return ""
			}
		}
	}
	return dir
}
