package files

import (
	"go/version"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
)

// folders are temporary modules of one package each, written from embedded source.
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

// unpack writes a package as a module of its own and returns its folder, "" if that fails.
func unpack(importPath string, fsys fs.FS) string {
	dir, err := os.MkdirTemp("", "nplusgone-source-")
	if err != nil {
		return ""
	}
	mod := "module " + importPath + "\n"
	if lang := version.Lang(runtime.Version()); lang != "" { // the language that the embedded source was compiled as
		mod += "\ngo " + strings.TrimPrefix(lang, "go") + "\n"
	}
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
