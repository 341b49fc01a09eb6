package source

import (
	"io/fs"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/source/files"
	"github.com/nplusgone/nplusgone/internal/source/flow"
	"github.com/nplusgone/nplusgone/internal/source/loops"
)

// A Finder determines facts about the application's source. It caches the files and packages that it has read. Make one
// with [New]. Its methods may be called concurrently.
type Finder struct {
	files *files.Set
	loops *loops.Finder
	flow  *flow.Analyser
}

var _ analysis.Source = (*Finder)(nil)

// An Option configures a Finder.
type Option interface{ apply(*config) }

type config struct {
	root     string
	embedded map[string]fs.FS
	build    *flow.Build
}

type optionFunc func(*config)

func (f optionFunc) apply(c *config) { f(c) }

// WithFS provides the source of one package, in the root of fsys, which is used if its files are not on disk. By default
// there is none. Repeating it with another import path adds a package; with the same path, the last one counts.
func WithFS(importPath string, fsys fs.FS) Option {
	return optionFunc(func(c *config) { c.embedded[importPath] = fsys })
}

// WithRoot sets the folder of the module that relative files belong to, for stacks of another binary. By default files
// are those that were compiled into this one. The last one counts.
func WithRoot(dir string) Option { return optionFunc(func(c *config) { c.root = dir }) }

// WithBuild says how the binaries were built that the stacks are of. By default it is the running binary, within the limits of a test
// binary. The last one counts.
func WithBuild(b flow.Build) Option { return optionFunc(func(c *config) { c.build = &b }) }

// New returns a Finder that reads source from disk.
func New(opts ...Option) *Finder {
	c := config{embedded: map[string]fs.FS{}}
	for _, o := range opts {
		o.apply(&c)
	}
	set := files.NewSet(c.root, c.embedded)
	analyser := flow.New(set, c.build)
	return &Finder{files: set, loops: loops.New(set, analyser), flow: analyser}
}

// Loops implements analysis.Source.
func (f *Finder) Loops(stack []analysis.Frame) (all []analysis.Loop, complete bool) {
	return f.loops.Loops(stack)
}

// Collection implements analysis.Source.
func (f *Finder) Collection(stack []analysis.Frame, inner, outer analysis.Loop) analysis.FlowResult {
	return f.flow.Collection(stack, inner, outer)
}

// Flows implements analysis.Source. It asks the go command for the packages of the stacks, once for each package.
func (f *Finder) Flows(parent, child []analysis.Frame, loop analysis.Loop) analysis.Flow {
	return f.flow.Flows(parent, child, loop)
}

// Rows implements analysis.Source. It asks the go command for the packages of the stack, once for each package.
func (f *Finder) Rows(stack []analysis.Frame) analysis.RowUse { return f.flow.Rows(stack) }

// Unchecked returns the folders of packages whose types could not be read so far, and why: the package has errors, the go
// command failed, or loading exceeded the limits of the process. Rules about the use of rows and the flow of values did
// not run there.
func (f *Finder) Unchecked() []flow.Unchecked { return f.flow.Unchecked() }

// Trouble returns the first reason of Unchecked, "" if all types could be read so far.
func (f *Finder) Trouble() string {
	if all := f.flow.Unchecked(); len(all) > 0 {
		return all[0].Why
	}
	return ""
}

// Directive implements analysis.Source.
func (f *Finder) Directive(rule string, stack []analysis.Frame, loop *analysis.Loop) (analysis.Directive, bool) {
	return f.files.Directive(rule, stack, loop)
}

// Unused returns the directives that findings have met and that ignored none of them.
func (f *Finder) Unused() []analysis.Directive { return f.files.Unused() }

// Snippet implements analysis.Source.
func (f *Finder) Snippet(stack []analysis.Frame, loop analysis.Loop, around int) []finding.SnippetLine {
	return f.files.Snippet(stack, loop, around)
}

// Locks implements analysis.Source. Without types, the syntax decides: a call of a method Lock or RLock.
func (f *Finder) Locks(fr analysis.Frame, first, last int) bool {
	if locks, known := f.flow.Locks(fr, first, last); known {
		return locks
	}
	return first > 0 && f.files.CallsMethod(fr, first, last, "Lock", "RLock")
}

// LoadsRelation implements analysis.Source.
func (f *Finder) LoadsRelation(fr analysis.Frame) bool { return f.flow.LoadsRelation(fr) }

// Forwards implements analysis.Source.
func (f *Finder) Forwards(fr analysis.Frame) bool { return f.files.Forwards(fr) }

// PassesOn implements analysis.Source.
func (f *Finder) PassesOn(fr analysis.Frame) bool { return f.files.PassesOn(fr) }

// Exclusive implements analysis.Source.
func (f *Finder) Exclusive(fr analysis.Frame, a, b int) bool { return f.files.Exclusive(fr, a, b) }

// CalledAgain implements analysis.Source.
func (f *Finder) CalledAgain(stack []analysis.Frame) int { return f.files.CalledAgain(stack) }

// Arm implements analysis.Source.
func (f *Finder) Arm(fr analysis.Frame, first, last int) (finding.Position, bool) {
	return f.files.Arm(fr, first, last)
}

// Line implements analysis.Source.
func (f *Finder) Line(file string, line int) string { return f.files.Line(file, line) }

// Generated implements analysis.Source.
func (f *Finder) Generated(function, file string) bool { return f.files.Generated(function, file) }

// Supports implements analysis.Source.
func (f *Finder) Supports(function, file string) bool { return f.files.Supports(function, file) }

// Function returns the name of the declared function that fr runs in, in the form of frame.Name, also for function
// literals that the compiler renamed when it inlined them.
func (f *Finder) Function(fr analysis.Frame) string { return f.files.Name(fr) }

// Close removes temporary files.
func (f *Finder) Close() error { return f.files.Close() }
