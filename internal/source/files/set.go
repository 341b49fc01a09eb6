// Package files reads the Go files that a binary was compiled from: it opens the file of a call frame, parses it, and
// locates the frame's function and calls in the syntax. It also returns source lines, snippets and ignore directives,
// and says which files are generated. It resolves no types.
package files

import (
	"cmp"
	"go/ast"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"
	"github.com/nplusgone/nplusgone/internal/layers"
)

// A Set is the source of one binary. It caches the files that it has parsed. Make one with [NewSet]. Its methods may be
// called concurrently.
type Set struct {
	root     string           // folder of the module that frames are relative to; "" for the running binary's
	embedded map[string]fs.FS // packages that are not on disk, by import path

	cache    cache
	met      directiveUse
	unpacked folders
	testOnly testOnly
}

// NewSet returns a Set that reads files from disk. root is the folder of the module that relative files belong to; if it
// is empty, files are those that were compiled into the running binary. embedded has packages that are not on disk, by
// import path, each in the root of its file system; it must not be changed afterwards.
func NewSet(root string, embedded map[string]fs.FS) *Set {
	return &Set{root: root, embedded: embedded}
}

// Line returns the text of a source line without surrounding spaces, or "" if it cannot be read. file is as compiled in,
// or relative to the root of the main module.
func (s *Set) Line(file string, line int) string {
	f, ok := s.Open("", file)
	if !ok {
		return ""
	}
	return strings.TrimSpace(f.Line(line))
}

// Generated reports whether file, from which function was compiled, has the comment of a generated file before its
// package clause. It returns false for a file that cannot be read.
func (s *Set) Generated(function, file string) bool {
	f, ok := s.Open(function, file)
	return ok && f.generated
}

// Handwritten reports whether fr is application code in a file that is not generated.
func (s *Set) Handwritten(fr analysis.Frame) bool {
	return frame.User(fr.Function, fr.File) && !s.Generated(fr.Function, fr.File)
}

// Supports reports whether only tests run a function, although its file is no _test.go file: the file names a type of package testing,
// such as testing.TB, or the function ends at once outside of tests, or only tests import its package. It returns false for a file
// that cannot be read.
func (s *Set) Supports(function, file string) bool {
	if frame.Test(file) {
		return false
	}
	f, ok := s.Open(function, file)
	if !ok {
		return false
	}
	if f.tests().has(function) {
		return true
	}
	name := s.OnDisk(function, file)
	return name != "" && frame.User(function, file) && s.testOnly.has(filepath.Dir(name))
}

// Imports reports whether the file of fr imports the package with that path, or one below it.
func (s *Set) Imports(fr analysis.Frame, path string) bool {
	f, ok := s.Open(fr.Function, fr.File)
	if !ok || f.Tree() == nil {
		return false
	}
	return slices.ContainsFunc(f.Tree().Imports, func(i *ast.ImportSpec) bool {
		return layers.Within(strings.Trim(i.Path.Value, "`\""), path)
	})
}

// Test reports whether a frame is in a _test.go file, or in a file that supports tests.
func (s *Set) Test(fr analysis.Frame) bool {
	return frame.Test(fr.File) || s.Supports(fr.Function, fr.File)
}

// Name returns the name of the declared function that fr runs in, in the form of [frame.Name]. If the file can be read,
// the name is also right for function literals that the compiler renamed when it inlined them.
func (s *Set) Name(fr analysis.Frame) string {
	if fn, ok := s.Locate(fr); ok {
		return fn.Name()
	}
	return frame.Name(fr.Function)
}

// Relative returns the path of function's file as reports have it: from the root of the module.
func (s *Set) Relative(function, file string) string {
	if s.root != "" {
		if rest, err := filepath.Rel(s.root, filepath.FromSlash(file)); err == nil && filepath.IsLocal(rest) {
			return filepath.ToSlash(rest)
		}
	}
	return frame.Relative(function, file)
}

// OnDisk returns the path of the file that function was compiled from, "" if it is not on disk. An embedded package is
// written to a temporary folder first, which Close removes.
func (s *Set) OnDisk(function, file string) string {
	for _, name := range s.paths(file) {
		if _, err := os.Stat(name); err == nil {
			return name
		}
	}
	for importPath, fsys := range s.embedded {
		if fits(importPath, function, file) {
			if dir := s.unpacked.get(importPath, fsys); dir != "" {
				return filepath.Join(dir, filepath.Base(filepath.FromSlash(file)))
			}
		}
	}
	return ""
}

// Close removes the folders that OnDisk has made.
func (s *Set) Close() error { return s.unpacked.remove() }

// position returns a line of fr's file as reports have it, without its text.
func position(fr analysis.Frame, line int) finding.Position {
	return finding.Position{File: frame.Relative(fr.Function, fr.File), Line: line, Function: frame.Name(fr.Function)}
}

func comparePlaces(a, b finding.Position) int {
	return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
}
