package source

import (
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"github.com/nplusgone/nplusgone/internal/frame"
)

// open returns the file that function was compiled from. function may be "" when only the file is known.
func (f *Finder) open(function, file string) (*file, bool) {
	for _, name := range f.paths(file) {
		if src := f.files.get(name, func() ([]byte, error) { return os.ReadFile(name) }); src != nil {
			return src, true
		}
	}
	for importPath, fsys := range f.embedded {
		if !fits(importPath, function, file) {
			continue
		}
		base := path.Base(file)
		// No file on disk has such a name.
		src := f.files.get(importPath+"\x00"+base, func() ([]byte, error) { return fs.ReadFile(fsys, base) })
		if src != nil {
			return src, true
		}
	}
	return nil, false
}

// fits reports whether file is of the package with that import path. The compiler's name of a literal may say another
// one; then the folder decides, as it does when only the file is known.
func fits(importPath, function, file string) bool {
	if function != "" && frame.Package(function) == importPath {
		return true
	}
	return (function == "" || frame.Closure(function) > 0) && path.Base(path.Dir(file)) == path.Base(importPath)
}

// paths returns where a file may be. The stacks of another binary come from a report that anybody may have written: only
// Go files of the module are looked at for them.
func (f *Finder) paths(file string) []string {
	switch local := filepath.FromSlash(file); {
	case f.root == "":
		return onDisk(file)
	case filepath.IsLocal(local) && filepath.Ext(local) == ".go":
		return []string{filepath.Join(f.root, local)}
	}
	return nil
}

// onDisk returns where a file may be that was compiled in under the name file.
func onDisk(file string) []string {
	if file == "" || filepath.IsAbs(filepath.FromSlash(file)) {
		return []string{filepath.FromSlash(file)}
	}
	var names []string
	relative := filepath.FromSlash(frame.Relative("", file))
	if root := frame.Root(); root != "" {
		names = append(names, filepath.Join(filepath.FromSlash(root), relative))
	} else if root := moduleRoot(); root != "" {
		names = append(names, filepath.Join(root, relative))
	}
	if strings.Contains(file, "@v") {
		return append(names, filepath.Join(moduleCache(), filepath.FromSlash(file)))
	}
	return append(names, filepath.Join(goRoot(), "src", filepath.FromSlash(file)))
}

// moduleRoot returns the folder of the main module, if the working directory is in it. The tests of a package run in
// its folder.
var moduleRoot = sync.OnceValue(func() string {
	dir, err := os.Getwd()
	if err != nil || frame.Module() == "" {
		return ""
	}
	for {
		if text, err := os.ReadFile(filepath.Join(dir, "go.mod")); err == nil && declares(string(text), frame.Module()) {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
})

// declares reports whether the text of a go.mod names module.
func declares(text, module string) bool {
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) >= 2 && words[0] == "module" {
			return strings.Trim(words[1], "\"`") == module
		}
	}
	return false
}

// moduleCache returns the folder of the module cache.
var moduleCache = sync.OnceValue(func() string {
	if dir := os.Getenv("GOMODCACHE"); dir != "" {
		return dir
	}
	gopath, _, _ := strings.Cut(os.Getenv("GOPATH"), string(filepath.ListSeparator))
	if gopath == "" {
		home, _ := os.UserHomeDir()
		gopath = filepath.Join(home, "go")
	}
	return filepath.Join(gopath, "pkg", "mod")
})

// goRoot returns the folder of the Go installation. The go command puts its own first in the path of a test.
var goRoot = sync.OnceValue(func() string {
	if dir := os.Getenv("GOROOT"); dir != "" {
		return dir
	}
	command, err := exec.LookPath("go")
	if err != nil {
		return ""
	}
	if target, err := filepath.EvalSymlinks(command); err == nil {
		command = target
	}
	return filepath.Dir(filepath.Dir(command))
})
