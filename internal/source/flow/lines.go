package flow

import (
	"go/token"
	"path/filepath"

	"golang.org/x/tools/go/ssa"
)

// A lined is a function and the lines that its syntax spans.
type lined struct {
	fn       *ssa.Function
	from, to int
}

// lineIndex holds the functions of a package by the base name of their file, in the package's order: generated packages
// have tens of thousands of them, and each question is about one line.
func lineIndex(fset *token.FileSet, funcs []*ssa.Function) map[string][]lined {
	index := map[string][]lined{}
	for _, fn := range funcs {
		syntax := fn.Syntax()
		if syntax == nil {
			continue
		}
		from, to := fset.Position(syntax.Pos()), fset.Position(syntax.End())
		base := filepath.Base(from.Filename)
		index[base] = append(index[base], lined{fn, from.Line, to.Line})
	}
	return index
}

// spanning returns the functions, anonymous ones too, whose syntax has a line of those from first to last.
func (p *pkg) spanning(file string, first, last int) (found []*ssa.Function) {
	for _, l := range p.lines[filepath.Base(filepath.FromSlash(file))] {
		if l.from <= last && first <= l.to {
			found = append(found, l.fn)
		}
	}
	return found
}
