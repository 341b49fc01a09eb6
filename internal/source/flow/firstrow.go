package flow

import (
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/layers"
)

// firstRow returns where a library's function orders the rows, or picks one, if the code then uses the first or the last one only.
func (a *Analyser) firstRow(f *flow, fresh func() *flow) *finding.Position {
	for call, bodies := range f.selectors {
		does := selectionOf(call)
		if does != layers.Orders && does != layers.Picks {
			continue
		}
		s := selection{within: map[*ssa.Function]bool{}}
		for _, body := range bodies {
			s.within[body] = true
		}
		rest := fresh()
		if does == layers.Picks {
			rest.dropped = call.Value()
		} else {
			rest.ends = true
		}
		rest.run()
		if rest.lost != "" || rest.overflow || len(rest.escapes)+len(rest.numbers) > 0 || does == layers.Orders && rest.ended == 0 {
			continue
		}
		decided := true
		for _, r := range rest.reads {
			decided = decided && s.decides(rest, r) && rest.compares(r.instr)
		}
		if decided {
			at := f.position(event{call.Pos(), call.Parent()})
			return &at
		}
	}
	return nil
}

// compares reports whether an instruction only compares values of two rows, so that SQL can order by them.
func (f *flow) compares(in ssa.Instruction) bool {
	switch in := in.(type) {
	case *ssa.BinOp:
		return compares(in.Op) && len(f.labels[in.X]) > 0 && len(f.labels[in.Y]) > 0
	case *ssa.Return: // the difference of two numbers
		return true
	case ssa.CallInstruction:
		fn := in.Common().StaticCallee()
		return fn != nil && layers.Comparison(declaredAs(fn)) &&
			!slices.ContainsFunc(in.Common().Args, func(v ssa.Value) bool { return len(f.labels[v]) == 0 })
	}
	return false
}

// isEnd reports whether an index is that of the first or of the last element of a collection.
func isEnd(index ssa.Value) bool {
	if c, ok := index.(*ssa.Const); ok {
		return c.Value != nil && c.Value.Kind() == constant.Int && constant.Sign(c.Value) == 0
	}
	last, ok := index.(*ssa.BinOp)
	if !ok || last.Op != token.SUB {
		return false
	}
	length, ok := last.X.(*ssa.Call)
	one, constantOne := last.Y.(*ssa.Const)
	if !ok || !constantOne || one.Value == nil || !constant.Compare(one.Value, token.EQL, constant.MakeInt64(1)) {
		return false
	}
	b, ok := length.Call.Value.(*ssa.Builtin)
	return ok && b.Name() == "len"
}
