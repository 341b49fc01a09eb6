package files

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

// Open returns the file that function was compiled from. function may be "" if only the file is known.
func (s *Set) Open(function, file string) (*File, bool) {
	for _, name := range s.paths(file) {
		if f := s.cache.get(name, func() ([]byte, error) { return os.ReadFile(name) }); f != nil {
			return f, true
		}
	}
	for importPath, fsys := range s.embedded {
		if !fits(importPath, function, file) {
			continue
		}
		base := path.Base(file)
		// The zero byte separates these names from those of files on disk.
		f := s.cache.get(importPath+"\x00"+base, func() ([]byte, error) { return fs.ReadFile(fsys, base) })
		if f != nil {
			return f, true
		}
	}
	return nil, false
}

// Siblings returns the names of the Go files in the folder of file, each with the folder as file has it.
func (s *Set) Siblings(function, file string) []string {
	var entries []os.DirEntry
	for _, name := range s.paths(file) {
		if entries, _ = os.ReadDir(filepath.Dir(name)); len(entries) > 0 {
			break
		}
	}
	if len(entries) == 0 {
		if fsys, ok := s.embedded[frame.Package(function)]; ok {
			entries, _ = fs.ReadDir(fsys, ".")
		}
	}
	var names []string
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".go") {
			names = append(names, path.Join(path.Dir(file), e.Name()))
		}
	}
	return names
}

// fits reports whether file belongs to the package with that import path. The folder decides if only the file is known,
// and for function literals, which may have the name of another package.
func fits(importPath, function, file string) bool {
	if function != "" && frame.Package(function) == importPath {
		return true
	}
	return (function == "" || frame.Closure(function) > 0) && path.Base(path.Dir(file)) == path.Base(importPath)
}

// paths returns the paths on disk where a file may be. With a root the stacks come from a report, which is not trusted:
// only Go files below the root are read.
func (s *Set) paths(file string) []string {
	switch local := filepath.FromSlash(file); {
	case s.root == "":
		return onDisk(file)
	case filepath.IsLocal(local) && filepath.Ext(local) == ".go":
		return []string{filepath.Join(s.root, local)}
	}
	return nil
}

// onDisk returns the paths where a file of the running binary may be.
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

// moduleRoot returns the folder of the main module, "" if the working directory is not in it. The tests of a package run
// in its folder.
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

// goRoot returns the folder of the Go installation. The go command puts its own bin folder first in the PATH of a test.
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
