package source

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// loops returns the loops of c's own function that repeat the call at its line, the innermost first. inner is the
// function of the next inner frame, "" if unknown. Where a line may mean several calls, only a loop that repeats all of
// them counts.
func (c *code) loops(inner string) []ast.Stmt {
	var common []ast.Stmt
	calls := callsTo(c.file.calls(c.node, c.frame.Line), inner)
	if inner == "" {
		calls = slices.DeleteFunc(calls, advances)
	}
	for i, call := range calls {
		around := repeating(wayTo(c.node, call))
		if i == 0 {
			common = around
		} else {
			common = slices.DeleteFunc(common, func(s ast.Stmt) bool { return !slices.Contains(around, s) })
		}
	}
	if len(calls) > 0 {
		return common
	}
	return c.implicit()
}

// advances reports whether call is that of a method Next, which in database/sql goes to a row and runs no statement.
func advances(call *ast.CallExpr) bool {
	_, method := operand(call).(*ast.SelectorExpr)
	return method && callee(call) == "Next"
}

// implicit is loops for a line without a call: of an iterator, or where a deferred call runs.
func (c *code) implicit() []ast.Stmt {
	var around []ast.Stmt
	leaves := false
	inspect(c.node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ReturnStmt:
			leaves = leaves || c.file.spans(n, c.frame.Line)
		case *ast.ForStmt, *ast.RangeStmt:
			b := loopBody(n)
			if c.file.at(b.Lbrace) < c.frame.Line && c.frame.Line < c.file.at(b.Rbrace) && !once(b) {
				around = append(around, n.(ast.Stmt))
			}
		}
		return n != nil
	})
	if leaves {
		return nil
	}
	slices.Reverse(around)
	return around
}

// repeating returns the loops on the way to the last node of way, all in one function, that repeat it, the innermost
// first. A return statement ends all loops around it, so that they do not.
func repeating(way []ast.Node) []ast.Stmt {
	var around []ast.Stmt
	for i, n := range way[:max(len(way)-1, 0)] {
		next := way[i+1]
		switch n := n.(type) {
		case *ast.ForStmt:
			if next != n.Init && !once(n.Body) {
				around = append(around, n)
			}
		case *ast.RangeStmt:
			if next != n.X && !once(n.Body) {
				around = append(around, n)
			}
		case *ast.ReturnStmt:
			around = nil
		}
	}
	slices.Reverse(around)
	return around
}

// wayTo returns the nodes from root down to target, both included, or nil.
func wayTo(root, target ast.Node) []ast.Node {
	var stack, found []ast.Node
	ast.Inspect(root, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		if found != nil || target.Pos() < n.Pos() || n.End() < target.End() {
			return false
		}
		stack = append(stack, n)
		if n == target {
			found = slices.Clone(stack)
		}
		return true
	})
	return found
}

// once reports whether a loop's body always leaves the loop at its end, as where only the first row is wanted.
func once(b *ast.BlockStmt) bool {
	if !leaves(b) {
		return false
	}
	again := false
	ast.Inspect(b, func(n ast.Node) bool {
		s, ok := n.(*ast.BranchStmt)
		again = again || ok && (s.Tok == token.CONTINUE || s.Tok == token.GOTO)
		return !again
	})
	return !again
}

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

// retries reports whether loop ends as soon as a turn succeeds: its body leaves it at the end, or where an error is nil.
func retries(loop ast.Stmt) bool {
	b := loopBody(loop)
	if leaves(b) {
		return true
	}
	found := false
	ast.Inspect(b, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.ForStmt, *ast.RangeStmt:
			return false
		case *ast.IfStmt:
			found = found || leaves(n.Body) && errorIsNil(n.Cond)
		}
		return !found
	})
	return found
}

// errorIsNil reports whether cond holds when an error is nil.
func errorIsNil(cond ast.Expr) bool {
	b, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok {
		return false
	}
	switch b.Op {
	case token.LOR:
		return errorIsNil(b.X) || errorIsNil(b.Y)
	case token.EQL:
		err, isName := b.X.(*ast.Ident)
		null, isNil := b.Y.(*ast.Ident)
		return isName && isNil && null.Name == "nil" && strings.HasSuffix(strings.ToLower(err.Name), "err")
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
