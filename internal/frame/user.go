package frame

import (
	"path"
	"strings"

	"github.com/nplusgone/nplusgone/internal/layers"
)

// own is the path of this module. Its packages are never application code; its tests and examples are.
const own = "github.com/nplusgone/nplusgone"

// User reports whether function, compiled from file, is application code: not the standard library, not a dependency
// from the module cache or a vendor folder, not a package that internal/layers knows, wherever it lies, and not this
// module. A package of the main module is application code, also when the module was built from the module cache.
// Generated code counts as application code: the name of a file does not show that it was generated.
func User(function, file string) bool { return current().user(function, file) }

func (b *build) user(function, file string) bool {
	pkg := Package(function)
	b.learn(function, file)
	switch {
	case pkg == "", strings.HasPrefix(file, "<"), path.Base(file) == "_cgo_gotypes.go", path.Base(file) == "_testmain.go":
		return false // written by the compiler
	case b.standard(pkg, file): // also a literal that was inlined into the application
		return false
	case within(pkg, own) && !b.cached(file):
		return strings.Contains(pkg, "/testdata/") || strings.HasSuffix(pkg, "_test") || Test(file)
	}
	if _, _, ok := version(file); ok {
		return !b.cached(file)
	}
	switch {
	case strings.Contains(file, "/pkg/mod/"), strings.Contains(file, "/vendor/"), strings.HasPrefix(pkg, "vendor/"):
		return false
	case !absolute(file) && strings.HasPrefix(file, "external/"): // where Bazel keeps dependencies
		return false
	}
	return b.inModule(pkg) || layers.Of(pkg) == 0
}

// cached reports whether a file is that of a dependency in the module cache.
func (b *build) cached(file string) bool {
	module, _, ok := version(file)
	return ok && !b.ofMain(module)
}

// standard reports whether a frame is of the standard library. The file decides if it is absolute, because an inlined
// function may have the name of another package.
func (b *build) standard(pkg, file string) bool {
	if absolute(file) {
		return b.library != "" && strings.HasPrefix(file, b.library) ||
			library(pkg) && strings.Contains(file, "/src/"+pkg+"/")
	}
	if dir := path.Dir(file); dir != "." { // trimmed: the folder is the import path
		pkg = dir
	}
	return library(pkg) && !b.inModule(pkg)
}

// Standard reports whether an import path is that of a package of the standard library.
func Standard(pkg string) bool { return library(pkg) }

// library reports whether pkg has the path of a package of the standard library. The first elements of these paths are
// listed, because a module may have a path without a dot as well.
func library(pkg string) bool {
	first, _, _ := strings.Cut(pkg, "/")
	return libraryNames[first]
}

var libraryNames = set(
	"archive", "bufio", "builtin", "bytes", "cmp", "compress", "container", "context", "crypto", "database", "debug",
	"embed", "encoding", "errors", "expvar", "flag", "fmt", "go", "hash", "html", "image", "index", "internal", "io", "iter",
	"log", "maps", "math", "mime", "net", "os", "path", "plugin", "reflect", "regexp", "runtime", "simd", "slices", "sort",
	"strconv", "strings", "structs", "sync", "syscall", "testing", "text", "time", "unicode", "unique", "unsafe", "uuid",
	"vendor", "weak",
)

func set(names ...string) map[string]bool {
	m := make(map[string]bool, len(names))
	for _, n := range names {
		m[n] = true
	}
	return m
}
