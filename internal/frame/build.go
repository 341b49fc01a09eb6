package frame

import (
	"path"
	"reflect"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
)

// A build describes how the running binary was built. A field is empty if the binary does not record it.
type build struct {
	module  string // path of the main module
	main    string // import path of the program's main package
	library string // folder of the standard library, ending in a slash; "" if paths were trimmed

	mu   sync.Mutex
	root string // folder of the main module, "" until a frame of the module was seen
}

// described is the binary of Describe; nil for the running one.
var described atomic.Pointer[build]

// Describe says that the frames which the package interprets from now on are those of another binary than the running one: the path
// and the folder of its main module, and the folder of the standard library that it was built with.
func Describe(module, root, library string) {
	described.Store(&build{module: module, root: root, library: strings.TrimSuffix(library, "/") + "/"})
}

// current describes the binary whose frames are interpreted.
func current() *build {
	if b := described.Load(); b != nil {
		return b
	}
	return running()
}

// running describes the running binary.
var running = sync.OnceValue(func() *build {
	b := new(build)
	if info, ok := debug.ReadBuildInfo(); ok {
		b.module = info.Main.Path
		b.main = info.Path
	}
	// The file of a function of package runtime is in the standard library that this binary was built with. GOROOT in
	// the environment may be another one now.
	if f := runtime.FuncForPC(reflect.ValueOf(runtime.Callers).Pointer()); f != nil {
		file, _ := f.FileLine(f.Entry())
		b.library, _ = strings.CutSuffix(path.Dir(file), "runtime")
	}
	return b
})

// inModule reports whether pkg belongs to the main module.
func (b *build) inModule(pkg string) bool { return b.module != "" && within(pkg, b.module) }

// within reports whether pkg is root or a package below it.
func within(pkg, root string) bool {
	rest, ok := strings.CutPrefix(pkg, root)
	return ok && (rest == "" || rest[0] == '/' || strings.HasSuffix(root, "/"))
}

// folder returns the import path of the folder of function's file: that of its package, except for external tests, which
// share a folder with the package that they test, and for the main package, whose functions have the path "main".
func (b *build) folder(function, file string) string {
	pkg := Package(function)
	if pkg == "main" && b.main != "" {
		return b.main
	}
	if Test(file) {
		pkg = strings.TrimSuffix(pkg, "_test")
	}
	return pkg
}

// version cuts a file at a folder with a module version, as in github.com/go-chi/chi/v5@v5.2.0/mux.go. module is
// absolute unless paths were trimmed.
func version(file string) (module, rest string, ok bool) {
	for at := 0; ; {
		i := strings.Index(file[at:], "@v")
		if i < 0 {
			return "", "", false
		}
		at += i + len("@v")
		v, rest, found := strings.Cut(file[at:], "/")
		if found && v != "" && '0' <= v[0] && v[0] <= '9' && strings.Count(v, ".") >= 2 {
			return file[:at-len("@v")], rest, true
		}
	}
}

// ofMain reports whether module, as version returns it, is the main module, built from the module cache.
func (b *build) ofMain(module string) bool {
	if b.module == "" {
		return false
	}
	m := escape(b.module)
	return module == b.module || module == m || strings.HasSuffix(module, "/"+m)
}

// escape writes a module path as the module cache does, where an upper-case letter is ! and its lower case.
func escape(module string) string {
	var b strings.Builder
	for _, r := range module {
		if 'A' <= r && r <= 'Z' {
			b.WriteByte('!')
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// unescape reverses escape.
func unescape(module string) string {
	for i := strings.IndexByte(module, '!'); i >= 0 && i+1 < len(module); i = strings.IndexByte(module, '!') {
		module = module[:i] + strings.ToUpper(module[i+1:i+2]) + module[i+2:]
	}
	return module
}

// absolute reports whether file is a full path. Frames use slashes on every system.
func absolute(file string) bool {
	return strings.HasPrefix(file, "/") || len(file) > 2 && file[1] == ':' && file[2] == '/'
}
