package flow

import (
	"go/ast"
	"go/token"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"
)

// A site is a call, and the function that it stands in.
type site struct {
	fn   *ssa.Function
	call ssa.CallInstruction
}

// call finds the call on a line that led to inner, the function of the next inner frame; an empty inner means a method of
// database/sql that runs a statement. It fails where it cannot tell which of several it is.
func (p *pkg) call(file string, line int, inner string) (site, bool) {
	var named, others []site
	for _, fn := range p.funcs {
		if !p.spans(fn, file, line) {
			continue
		}
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				call, ok := in.(ssa.CallInstruction)
				if !ok || !p.at(positionOf(call), file, line) || isBuiltin(call) {
					continue
				}
				if _, elsewhere := in.(*ssa.Go); elsewhere {
					continue
				}
				if leadsTo(call, inner) {
					named = append(named, site{fn, call})
				} else {
					others = append(others, site{fn, call})
				}
			}
		}
	}
	switch {
	case len(named) == 1:
		return named[0], true
	case len(named) == 0 && len(others) == 1:
		return others[0], true
	}
	return site{}, false
}

// siteOf returns the function of a frame, and the call in it that led to inner, nil if the line does not tell which it is.
func (p *pkg) siteOf(fr analysis.Frame, inner string) (site, bool) {
	if s, ok := p.call(fr.File, fr.Line, inner); ok {
		return s, true
	}
	var found *ssa.Function
	for _, fn := range p.funcs {
		if p.spans(fn, fr.File, fr.Line) && (found == nil || found == fn.Parent()) {
			found = fn // the innermost one
		}
	}
	return site{fn: found}, found != nil
}

func (p *pkg) spans(fn *ssa.Function, file string, line int) bool {
	syntax := fn.Syntax()
	if syntax == nil {
		return false
	}
	from, to := p.fset.Position(syntax.Pos()), p.fset.Position(syntax.End())
	return sameFile(from.Filename, file) && from.Line <= line && line <= to.Line
}

// positionOf returns the position of a call. The call of an iterator function by a range statement has that statement's.
func positionOf(call ssa.CallInstruction) token.Pos {
	if pos := call.Pos(); pos.IsValid() {
		return pos
	}
	for _, arg := range call.Common().Args {
		if c, ok := arg.(*ssa.MakeClosure); ok {
			if loop, ok := c.Fn.(*ssa.Function).Syntax().(*ast.RangeStmt); ok {
				return loop.For
			}
		}
	}
	return token.NoPos
}

func (p *pkg) at(pos token.Pos, file string, line int) bool {
	if !pos.IsValid() {
		return false
	}
	at := p.fset.Position(pos)
	return at.Line == line && sameFile(at.Filename, file)
}

// sameFile compares two files of one folder.
func sameFile(a, b string) bool {
	return filepath.Base(filepath.FromSlash(a)) == filepath.Base(filepath.FromSlash(b))
}

func isBuiltin(call ssa.CallInstruction) bool {
	_, ok := call.Common().Value.(*ssa.Builtin)
	return ok
}

// leadsTo reports whether a call, by the name of what it calls, is that of the function inner.
func leadsTo(call ssa.CallInstruction, inner string) bool {
	name := called(call)
	if inner == "" {
		return runsStatement(name)
	}
	if frame.Closure(inner) > 0 {
		fn := call.Common().StaticCallee()
		return fn != nil && fn.Parent() != nil || fn == nil && !call.Common().IsInvoke()
	}
	want := frame.Name(inner)
	return name == want[strings.LastIndexByte(want, '.')+1:]
}

// called returns the last name of what is called, or "".
func called(call ssa.CallInstruction) string {
	common := call.Common()
	if common.IsInvoke() {
		return common.Method.Name()
	}
	if fn := common.StaticCallee(); fn != nil {
		if origin := fn.Origin(); origin != nil {
			fn = origin
		}
		return fn.Name()
	}
	return ""
}

// runsStatement reports whether name is that of a method of database/sql that hands a statement to the database.
func runsStatement(name string) bool {
	switch strings.TrimSuffix(name, "Context") {
	case "Query", "QueryRow", "Exec":
		return true
	}
	return false
}
