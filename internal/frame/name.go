package frame

import (
	"net/url"
	"path"
	"strings"
)

// Package returns the import path of the package that function belongs to, "" if there is none. An external test
// package keeps its _test: it is another package in the same folder. The program's main package is "main".
func Package(function string) string {
	pkg, _ := split(function)
	return pkg
}

// PackageOf returns the import path of the package that a function was compiled from. It is not that of the function's name for a
// literal that was inlined into another package: its file decides, if it is in the module cache or in the standard library.
func PackageOf(function, file string) string {
	if library := current().library; library != "" && strings.HasPrefix(file, library) {
		return path.Dir(file[len(library):])
	}
	module, rest, ok := version(file)
	if !ok {
		return Package(function)
	}
	if _, below, ok := strings.Cut(module, "/pkg/mod/"); ok {
		module = below
	} else if absolute(module) {
		return Package(function)
	}
	return path.Join(unescape(module), path.Dir(rest))
}

// Name returns the name of the declared function that function is, or is written in: the last element of its import
// path, its receiver and its name, as in store.(*DAO).Author. It has no type arguments and nothing that the compiler
// adds for function literals, loop bodies and wrappers, so that edits elsewhere and other compilers do not change it.
func Name(function string) string {
	pkg, rest := split(function)
	names, _ := innermost(rest)
	name := strings.Join(names, ".")
	if pkg == "" {
		return name
	}
	return base(pkg) + "." + name
}

// Closure returns how many function literals enclose the code of function, counted from the declaration that it is
// written in: 0 for a declared function, 1 for a literal in it, 2 for a literal in that. The body of a loop over an
// iterator function, which the compiler makes a function too, counts as the function around it.
func Closure(function string) int {
	_, rest := split(function)
	_, depth := innermost(rest)
	return depth
}

// Test reports whether file is compiled for tests only.
func Test(file string) bool { return strings.HasSuffix(file, "_test.go") }

// split cuts function into its import path, with the linker's escapes undone, and the rest, without type arguments.
func split(function string) (pkg, rest string) {
	function = withoutBrackets(function)
	slash := strings.LastIndexByte(function, '/') + 1
	dot := strings.IndexByte(function[slash:], '.')
	if dot < 0 {
		return "", function
	}
	pkg, rest = function[:slash+dot], function[slash+dot+1:]
	if plain, err := url.PathUnescape(pkg); err == nil {
		pkg = plain
	}
	return pkg, rest
}

// withoutBrackets drops type arguments, which may hold slashes and dots of their own.
func withoutBrackets(s string) string {
	if !strings.Contains(s, "[") {
		return s
	}
	var b strings.Builder
	depth := 0
	for _, r := range s {
		switch {
		case r == '[':
			depth++
		case r == ']' && depth > 0:
			depth--
		case depth == 0:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// base returns the last element of an import path that is not a major version.
func base(pkg string) string {
	last := path.Base(pkg)
	if dir := path.Dir(pkg); dir != "." && len(last) > 1 && last[0] == 'v' && digits(last[1:]) {
		return path.Base(dir)
	}
	return last
}

// innermost returns the declared function that the code of a name is written in, as one name or as receiver and name,
// and the number of function literals around the code.
//
// A name is a chain: a declared function, then markers for what it encloses. Where a function was inlined, its own
// chain follows. The last chain is the one where the code is written.
func innermost(rest string) (names []string, depth int) {
	ended := false // by a marker: a name after it begins the next chain
	for i, part := range strings.Split(rest, ".") {
		name, suffix, _ := strings.Cut(part, "-") // -range1, and -fm for a method value
		switch {
		case i == 1 && len(names) == 1 && names[0] == "init" && digits(name):
			ended = ended || suffix != "" // init.0 is the first of the package's init functions, no literal
		case i > 0 && literal(name):
			depth++
			ended = true
		case i > 0 && wrapper(name):
			ended = true
		case name != "":
			if ended {
				names, depth = nil, 0
			}
			names = append(names, name)
			ended = suffix != ""
		}
	}
	return declared(names), depth
}

// declared picks the function at the end of names, which may name functions that it was inlined into before it.
func declared(names []string) []string {
	n := len(names)
	switch {
	case n >= 2 && strings.HasPrefix(names[n-2], "("):
		return names[n-2:]
	case n > 2, n == 2 && names[0] == names[1]:
		return names[n-1:]
	}
	return names
}

// literal reports whether name is the compiler's marker for a function literal: func1, or 1 within another literal.
func literal(name string) bool {
	number, _ := strings.CutPrefix(name, "func")
	return digits(number)
}

// wrapper reports whether name is the compiler's marker for the call of a go or defer statement.
func wrapper(name string) bool {
	for _, prefix := range [...]string{"gowrap", "deferwrap"} {
		if number, ok := strings.CutPrefix(name, prefix); ok && digits(number) {
			return true
		}
	}
	return false
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
