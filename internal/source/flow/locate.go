package flow

import (
	"go/ast"
	"go/constant"
	"go/token"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/frame"
)

// A site is a call and the function that it is in.
type site struct {
	fn   *ssa.Function
	call ssa.CallInstruction
}

// call returns the call on a line that led to inner, the function of the next inner frame; an empty inner stands for a
// method of database/sql that runs a statement. ok is false if there are several such calls.
func (p *pkg) call(file string, line int, inner string) (site, bool) {
	var named, others []site
	for _, fn := range p.spanning(file, line, line) {
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

// siteOf returns the function of a frame and the call in it that led to inner, a nil call if there are several.
func (p *pkg) siteOf(fr analysis.Frame, inner string) (site, bool) {
	if s, ok := p.call(fr.File, fr.Line, inner); ok {
		return s, true
	}
	var found *ssa.Function
	for _, fn := range p.spanning(fr.File, fr.Line, fr.Line) {
		if found == nil || found == fn.Parent() {
			found = fn // the innermost one
		}
	}
	return site{fn: found}, found != nil
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

// sameFile reports whether two paths in one folder are the same file.
func sameFile(a, b string) bool {
	return filepath.Base(filepath.FromSlash(a)) == filepath.Base(filepath.FromSlash(b))
}

func isBuiltin(call ssa.CallInstruction) bool {
	_, ok := call.Common().Value.(*ssa.Builtin)
	return ok
}

// leadsTo reports whether a call may be of the function inner, by its name or because the called value is a variable.
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

// called returns the name of the called function or method, "" if it is not known.
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

// runsStatement reports whether a method of database/sql with that name runs a statement.
func runsStatement(name string) bool {
	switch strings.TrimSuffix(name, "Context") {
	case "Query", "QueryRow", "Exec":
		return true
	}
	return false
}

// A loop is a natural loop of the control-flow graph.
type loop struct {
	head   *ssa.BasicBlock
	blocks map[*ssa.BasicBlock]bool
	latch  []*ssa.BasicBlock // blocks with an edge back to the head
}

// innermost returns the innermost loop around b, nil if there is none.
func innermost(b *ssa.BasicBlock) *loop {
	for head := b; head != nil; head = head.Idom() {
		if l := loopOf(head); l != nil && l.blocks[b] {
			return l
		}
	}
	return nil
}

// loopOf returns the loop that head begins.
func loopOf(head *ssa.BasicBlock) *loop {
	l := &loop{head: head, blocks: map[*ssa.BasicBlock]bool{head: true}}
	for _, p := range head.Preds {
		if head.Dominates(p) {
			l.latch = append(l.latch, p)
		}
	}
	if len(l.latch) == 0 {
		return nil
	}
	queue := slices.Clone(l.latch)
	for len(queue) > 0 {
		b := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if !l.blocks[b] {
			l.blocks[b] = true
			queue = append(queue, b.Preds...)
		}
	}
	return l
}

// always reports whether each complete turn of the loop around b passes b, apart from those that an error ended.
func always(b *ssa.BasicBlock) bool {
	l := innermost(b)
	if l == nil {
		return true
	}
	return !slices.ContainsFunc(l.latch, func(p *ssa.BasicBlock) bool { return !b.Dominates(p) && !l.failed(p) })
}

// failed reports whether p runs only after a call in the loop returned an error.
func (l *loop) failed(p *ssa.BasicBlock) bool {
	for ; p != nil && p != l.head; p = p.Idom() {
		if len(p.Preds) != 1 {
			continue
		}
		test, ok := p.Preds[0].Instrs[len(p.Preds[0].Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		cond, ok := test.Cond.(*ssa.BinOp)
		if !ok || !isNil(cond.Y) || !isError(cond.X.Type()) {
			continue
		}
		if (cond.Op == token.NEQ) == (test.Block().Succs[0] == p) && (cond.Op == token.NEQ || cond.Op == token.EQL) {
			return true
		}
	}
	return false
}

// counts reports whether each turn of l adds one to a variable, and where.
func (l *loop) counts() (token.Pos, bool) {
	for b := range l.blocks {
		for _, in := range b.Instrs {
			op, ok := in.(*ssa.BinOp)
			if !ok || op.Op != token.ADD || !always(b) || innermost(b).head != l.head {
				continue
			}
			if c, ok := op.Y.(*ssa.Const); ok && c.Value != nil && c.Value.Kind() == constant.Int && constant.Compare(c.Value, token.EQL, constant.MakeInt64(1)) && accumulates(op, op.X) {
				return op.Pos(), true
			}
		}
	}
	return token.NoPos, false
}
