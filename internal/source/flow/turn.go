package flow

import (
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/layers"
	"github.com/nplusgone/nplusgone/internal/source/loops"
)

var _ loops.Types = (*Analyser)(nil)

// Turn implements loops.Types.
func (a *Analyser) Turn(fr analysis.Frame, first, last int) (t loops.Turn) {
	a.mu.Lock()
	defer a.mu.Unlock()
	defer func() {
		if recover() != nil {
			t = loops.Turn{} // nothing is known
		}
	}()
	p := a.packageOf(fr)
	if p == nil {
		return loops.Turn{}
	}
	acts := &acts{loader: a.loader, files: a.files, known: a.acts}
	var sum act
	for _, fn := range p.spanning(fr.File, first, last) {
		inner := p.loopsWithin(fn, first)
		var turns map[*ssa.BasicBlock]bool // the blocks after which the loop may turn again
		if p.fset.Position(fn.Pos()).Line < first {
			turns, _ = p.loopAt(fn, first, last)
		}
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				if !in.Pos().IsValid() || !p.within(in.Pos(), fr.File, first, last) {
					continue
				}
				if !slices.ContainsFunc(inner, func(l ast.Node) bool { return l.Pos() <= in.Pos() && in.Pos() < l.End() }) {
					acts.instruction(in, &sum, 0)
				}
				if call, ok := in.(ssa.CallInstruction); ok && (turns == nil || turns[b]) && acts.hasEffect(call) {
					t.Effects = append(t.Effects, p.fset.Position(call.Pos()).Line)
				}
			}
		}
	}
	t.Waits, t.Receives = sum.waits, sum.receives
	slices.Sort(t.Effects)
	t.Effects = slices.Compact(t.Effects)
	return t
}

// loopsWithin returns the loops in fn's syntax that begin behind a line.
func (p *pkg) loopsWithin(fn *ssa.Function, line int) (found []ast.Node) {
	if fn.Syntax() == nil {
		return nil
	}
	ast.Inspect(fn.Syntax(), func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			if p.fset.Position(n.Pos()).Line > line {
				found = append(found, n)
			}
		}
		return true
	})
	return found
}

func (p *pkg) within(pos token.Pos, file string, first, last int) bool {
	at := p.fset.Position(pos)
	return first <= at.Line && at.Line <= last && sameFile(at.Filename, file)
}

// hasEffect reports whether a call has an effect outside of the loop, and its error is checked: it sends something to
// another program; or it returns nothing but the error, and changes memory that is not the loop's own, or calls what is
// not known. Functions of data layers have their effect in the database.
func (a *acts) hasEffect(call ssa.CallInstruction) bool {
	if _, ok := call.(*ssa.Call); !ok || !errorChecked(call) || a.ofDatabase(call) {
		return false
	}
	its, _ := a.ofCall(call, 0)
	if its.sends {
		return true
	}
	if !onlyError(call.Common().Signature()) {
		return false
	}
	if its.unknown || its.shared {
		return true
	}
	for i, arg := range call.Common().Args {
		if its.changes&(1<<min(i, 63)) != 0 {
			switch rootOf(arg).(type) {
			case *ssa.Parameter, *ssa.FreeVar, *ssa.Global:
				return true
			}
		}
	}
	return false
}

// ofDatabase reports whether a call is of database/sql or a data layer.
func (a *acts) ofDatabase(call ssa.CallInstruction) bool {
	common := call.Common()
	path := ""
	if common.IsInvoke() && common.Method.Pkg() != nil {
		path = common.Method.Pkg().Path()
	} else if fn := common.StaticCallee(); fn != nil {
		path, _ = declaredAs(fn)
	}
	return path == "database/sql" || path == "database/sql/driver" || layers.Of(path).Any(layers.DataLayer|layers.Driver)
}

// errorChecked reports whether the last result of a call is an error that is compared with something or returned.
func errorChecked(call ssa.CallInstruction) bool {
	results := call.Common().Signature().Results()
	value := call.Value()
	if value == nil || results.Len() == 0 || !isError(results.At(results.Len()-1).Type()) {
		return false
	}
	var errs []ssa.Value
	if results.Len() == 1 {
		errs = append(errs, value)
	} else {
		for _, ref := range referrersOf(value) {
			if e, ok := ref.(*ssa.Extract); ok && e.Index == results.Len()-1 {
				errs = append(errs, e)
			}
		}
	}
	return slices.ContainsFunc(errs, func(v ssa.Value) bool {
		return slices.ContainsFunc(referrersOf(v), func(ref ssa.Instruction) bool {
			switch ref := ref.(type) {
			case *ssa.BinOp, *ssa.Return, *ssa.Phi:
				return true
			case *ssa.Store: // of a named result, or a variable of an enclosing function
				return ref.Val == v
			case ssa.CallInstruction: // errors.Is
				return true
			}
			return false
		})
	})
}

// packageOf returns the package of a frame in code that can be loaded, nil if there is none.
func (a *Analyser) packageOf(fr analysis.Frame) *pkg {
	if !a.readable(fr) {
		return nil
	}
	return a.loader.in(a.dir(fr))
}
