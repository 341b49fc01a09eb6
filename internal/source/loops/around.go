package loops

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/nplusgone/nplusgone/internal/source/files"
)

// enclosing returns the loops of fn's own body that enclose the call at its line, the innermost first. inner is the
// function of the next inner frame, "" if unknown. If the line may mean several calls, only the loops around all of them
// are returned.
func enclosing(fn *files.Function, inner string) []around {
	var common []around
	calls := files.CallsTo(fn.File.Calls(fn.Node, fn.Frame.Line), inner)
	if inner == "" {
		calls = slices.DeleteFunc(calls, advances)
	}
	for i, call := range calls {
		found := repeating(files.WayTo(fn.Node, call), calls)
		if i == 0 {
			common = found
		} else {
			common = slices.DeleteFunc(common, func(a around) bool {
				return !slices.ContainsFunc(found, func(b around) bool { return a.loop == b.loop })
			})
		}
	}
	if len(calls) > 0 {
		return common
	}
	return implicit(fn)
}

// advances reports whether call is of a method Next: the one of database/sql advances to a row and runs no statement.
func advances(call *ast.CallExpr) bool {
	_, method := files.Operand(call).(*ast.SelectorExpr)
	return method && files.Callee(call) == "Next"
}

// implicit is enclosing for a line without a call: of a range over an iterator, or where a deferred call runs.
func implicit(fn *files.Function) []around {
	var found []around
	leaves := false
	files.Inspect(fn.Node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ReturnStmt:
			leaves = leaves || fn.File.Spans(n, fn.Frame.Line)
		case *ast.ForStmt, *ast.RangeStmt:
			b := loopBody(n)
			if fn.File.At(b.Lbrace) < fn.Frame.Line && fn.Frame.Line < fn.File.At(b.Rbrace) {
				found = append(found, around{loop: n.(ast.Stmt), returns: once(b)})
			}
		}
		return n != nil
	})
	if leaves {
		return nil
	}
	slices.Reverse(found)
	return found
}

// repeating returns the loops on the way to its last node, all in one function, the innermost first.
func repeating(way []ast.Node, calls []*ast.CallExpr) []around {
	var found []around
	for i, n := range way[:max(len(way)-1, 0)] {
		next := way[i+1]
		switch n := n.(type) {
		case *ast.ForStmt:
			if next != n.Init {
				found = append(found, around{loop: n, calls: calls, returns: once(n.Body) || next == n.Body && leftBehind(way[i+1:])})
			}
		case *ast.RangeStmt:
			if next != n.X {
				found = append(found, around{loop: n, calls: calls, returns: once(n.Body) || leftBehind(way[i+1:])})
			}
		case *ast.ReturnStmt: // it ends all loops around it
			for j := range found {
				found[j].returns = true
			}
		}
	}
	slices.Reverse(found)
	return found
}

// leftBehind reports whether a turn of the loop around way always leaves it once the last node of way has run: in one of
// the blocks around that node, a statement behind it returns or breaks out of the loop, and no statement between the two goes on
// with the next turn.
func leftBehind(way []ast.Node) bool {
	for i := len(way) - 2; i >= 0; i-- {
		var list []ast.Stmt
		switch n := way[i].(type) {
		case *ast.BlockStmt:
			list = n.List
		case *ast.CaseClause:
			list = n.Body
		case *ast.CommClause:
			list = n.Body
		case *ast.ForStmt, *ast.RangeStmt, *ast.FuncLit:
			return false // what follows is behind all turns of another loop
		default:
			continue
		}
		at := slices.IndexFunc(list, func(s ast.Stmt) bool { return s == way[i+1] })
		if at < 0 {
			continue
		}
		for _, s := range list[at+1:] {
			if departs(s, way[:i+1]) {
				return true
			}
			if continues(s) {
				return false
			}
		}
	}
	return false
}

// departs reports whether s leaves the loop around the nodes of way.
func departs(s ast.Stmt, way []ast.Node) bool {
	switch s := s.(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		if s.Tok != token.BREAK || s.Label != nil {
			return false
		}
		return !slices.ContainsFunc(way, func(n ast.Node) bool {
			switch n.(type) {
			case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
				return true // the break leaves that
			}
			return false
		})
	}
	return false
}

// continues reports whether a statement may go on with the next turn of the loop around it, or jump.
func continues(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.BranchStmt:
			found = found || n.Tok == token.CONTINUE || n.Tok == token.GOTO || n.Label != nil
		}
		return !found
	})
	return found
}

// once reports whether a loop's body always leaves the loop at its end.
func once(b *ast.BlockStmt) bool { return leaves(b) && !continues(b) }

// leaves reports whether the last statement of b returns or breaks.
func leaves(b *ast.BlockStmt) bool {
	if len(b.List) == 0 {
		return false
	}
	switch last := b.List[len(b.List)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return last.Tok == token.BREAK
	}
	return false
}

// loopBody returns the body of a for statement of either form.
func loopBody(loop ast.Node) *ast.BlockStmt {
	switch loop := loop.(type) {
	case *ast.ForStmt:
		return loop.Body
	case *ast.RangeStmt:
		return loop.Body
	}
	return nil
}
