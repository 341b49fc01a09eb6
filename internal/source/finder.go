package source

import (
	"go/ast"
	"io/fs"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"
	"github.com/nplusgone/nplusgone/internal/source/typed"
)

// A Finder looks things up in the user's source. It keeps the files that it has parsed. Make one with [New]. Its methods
// may be called concurrently.
type Finder struct {
	files    *files
	globals  globals
	embedded map[string]fs.FS // by import path
	noticed  noticed
	root     string // of the module that frames are relative to; "" for the running binary's
	unpacked folders
	typed    *typed.Analyser
}

var _ analysis.Source = (*Finder)(nil)

// An Option sets up a Finder.
type Option interface{ apply(*Finder) }

type optionFunc func(*Finder)

func (f optionFunc) apply(finder *Finder) { f(finder) }

// WithFS gives the source of one package, in the root of fsys, for where its files are not on disk. By default there is
// none. Repeating it with another import path adds a package; with the same path, the last one counts.
func WithFS(importPath string, fsys fs.FS) Option {
	return optionFunc(func(f *Finder) { f.embedded[importPath] = fsys })
}

// WithRoot says where the module lies that relative files belong to, for stacks of another binary. By default files are
// those that were compiled into this one. The last one counts.
func WithRoot(dir string) Option { return optionFunc(func(f *Finder) { f.root = dir }) }

// New returns a Finder that reads source from disk.
func New(opts ...Option) *Finder {
	f := &Finder{files: newFiles(), embedded: map[string]fs.FS{}}
	for _, o := range opts {
		o.apply(f)
	}
	f.typed = typed.New(f)
	return f
}

// Line returns the text of a source line, trimmed, or "". file is as compiled in, or relative to the main module's root.
func (f *Finder) Line(file string, line int) string {
	src, ok := f.open("", file)
	if !ok {
		return ""
	}
	return strings.TrimSpace(src.line(line))
}

// Generated reports whether file, from which function was compiled, says in its head that a program wrote it. A file
// that cannot be read does not.
func (f *Finder) Generated(function, file string) bool {
	src, ok := f.open(function, file)
	return ok && src.generated
}

// Function returns the name of the declared function that fr runs in, in the form of [frame.Name]. Where the source is
// at hand it is right also for function literals that the compiler renamed when it inlined them.
func (f *Finder) Function(fr analysis.Frame) string {
	if c, ok := f.locate(fr); ok {
		return c.name()
	}
	return frame.Name(fr.Function)
}

// user reports whether fr is code that the user wrote by hand.
func (f *Finder) user(fr analysis.Frame) bool {
	return frame.User(fr.Function, fr.File) && !f.Generated(fr.Function, fr.File)
}

// Supports reports whether file, from which function was compiled, imports package testing, though its name is not a
// test's: it is there for tests. A file that cannot be read is not.
func (f *Finder) Supports(function, file string) bool {
	if frame.Test(file) {
		return false
	}
	src, ok := f.open(function, file)
	if !ok {
		return false
	}
	_, tree := src.parse()
	return tree != nil && slices.ContainsFunc(tree.Imports, func(i *ast.ImportSpec) bool { return i.Path.Value == `"testing"` })
}

// test reports whether a file is a test's, or supports tests.
func (f *Finder) test(fr analysis.Frame) bool {
	return frame.Test(fr.File) || f.Supports(fr.Function, fr.File)
}
