package source

import (
	"go/ast"
	"go/token"
	"strings"
)

// What a turn of a loop does besides running the statement, as far as names and syntax show.

// searches reports whether loop goes on until an answer of the statement ends it: the next turn depends on the last one,
// so that no list of keys could take their place. calls are those in the loop that lead to the statement. A loop that
// goes over something and stops at a match is none.
func searches(loop ast.Stmt, calls []*ast.CallExpr) bool {
	l, ok := loop.(*ast.ForStmt)
	if !ok {
		return false
	}
	answers := map[string]bool{}
	for _, call := range calls {
		collectAnswers(l.Body, call, answers)
	}
	names := func(e ast.Expr) bool {
		for name := range answers {
			if mentions(e, name) {
				return true
			}
		}
		return false
	}
	if l.Cond != nil {
		return names(l.Cond)
	}
	found := false
	ast.Inspect(l.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.ForStmt, *ast.RangeStmt:
			return false
		case *ast.IfStmt:
			otherwise, _ := n.Else.(*ast.BlockStmt)
			found = found || names(n.Cond) && (leaves(n.Body) || otherwise != nil && leaves(otherwise))
		}
		return !found
	})
	return found
}

// collectAnswers adds the variables that get what call answers: those that it is assigned to, errors left out, and those
// whose address the statement takes, as Scan's are.
func collectAnswers(body *ast.BlockStmt, call *ast.CallExpr, answers map[string]bool) {
	for _, n := range wayTo(body, call) {
		assign, ok := n.(*ast.AssignStmt)
		if !ok {
			continue
		}
		for _, left := range assign.Lhs {
			if id, ok := left.(*ast.Ident); ok && id.Name != "_" && !namesError(id.Name) {
				answers[id.Name] = true
			}
		}
		ast.Inspect(assign, func(n ast.Node) bool {
			if u, ok := n.(*ast.UnaryExpr); ok && u.Op == token.AND {
				if id, ok := u.X.(*ast.Ident); ok {
					answers[id.Name] = true
				}
			}
			return true
		})
	}
}

// receivers are methods that wait for a message: of a gRPC stream, and of the clients of Kafka, NATS, AMQP, Pub/Sub and
// WebSockets.
var receivers = map[string]bool{
	"Recv": true, "RecvMsg": true, "Receive": true, "ReceiveMessage": true, "ReadMessage": true, "FetchMessage": true,
	"NextMsg": true, "NextMessage": true, "PollFetches": true,
}

// receives reports whether each turn of loop takes a message as it comes: in a select, or by a call that waits for one. A
// channel that a loop goes over is mostly a queue of work in the program, filled with rows that are all there.
func receives(loop ast.Stmt) bool {
	l, ok := loop.(*ast.ForStmt)
	if !ok || l.Init != nil || l.Post != nil {
		return false
	}
	found := false
	ast.Inspect(l.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.ForStmt, *ast.RangeStmt:
			return false
		case *ast.CommClause:
			found = found || n.Comm != nil && waitsForMessage(n.Comm)
		case *ast.AssignStmt:
			found = found || waitsForMessage(n)
		}
		return !found
	})
	return found
}

// waitsForMessage reports whether a statement calls a receiver or, in a select, takes a value from a channel. What a
// channel merely signals, as the end of a context, is no message.
func waitsForMessage(s ast.Stmt) bool {
	a, ok := s.(*ast.AssignStmt)
	if !ok || len(a.Rhs) != 1 {
		return false
	}
	switch e := ast.Unparen(a.Rhs[0]).(type) {
	case *ast.UnaryExpr:
		return e.Op == token.ARROW
	case *ast.CallExpr:
		_, method := operand(e).(*ast.SelectorExpr)
		return method && receivers[callee(e)]
	}
	return false
}

func namesError(name string) bool { return strings.HasSuffix(strings.ToLower(name), "err") }

// effects returns the lines of calls in a turn of loop that seem to reach something outside of the program and may fail
// there: what is written for a row then belongs to that row's call. Which of them run statements the source does not say.
func (f *file) effects(loop ast.Stmt) (lines []int) {
	ast.Inspect(loopBody(loop), func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.AssignStmt:
			if call := checked(n); call != nil && reachesOut(call) {
				lines = append(lines, f.at(call.Lparen))
			}
		}
		return true
	})
	return lines
}

// checked returns the call that an assignment takes an error from, nil for any other.
func checked(a *ast.AssignStmt) *ast.CallExpr {
	if len(a.Rhs) != 1 {
		return nil
	}
	last, ok := a.Lhs[len(a.Lhs)-1].(*ast.Ident)
	if !ok || !namesError(last.Name) {
		return nil
	}
	call, _ := ast.Unparen(a.Rhs[0]).(*ast.CallExpr)
	return call
}

// outward are the first words of functions that hand something to another program, and outwardPackages the packages of
// the standard library that do.
var (
	outward = []string{
		"call", "capture", "charge", "deliver", "dispatch", "download", "email", "emit", "invoke", "mail", "notify", "post",
		"produce", "publish", "push", "refund", "request", "send", "transfer", "upload",
	}
	outwardPackages = map[string]bool{"http": true, "smtp": true, "net": true, "os": true, "exec": true, "rpc": true}
)

// reachesOut reports whether a call, by its name, has an effect outside of the program.
func reachesOut(call *ast.CallExpr) bool {
	name := callee(call)
	if sel, ok := operand(call).(*ast.SelectorExpr); ok {
		if pkg, ok := sel.X.(*ast.Ident); ok && outwardPackages[pkg.Name] && ast.IsExported(name) {
			return true
		}
		if name == "Do" && len(call.Args) > 0 { // of an http.Client and its like
			return true
		}
	}
	name = strings.ToLower(name)
	for _, verb := range outward {
		if strings.HasPrefix(name, verb) {
			return true
		}
	}
	return false
}

// goesElsewhere reports whether the last statement of b leaves the function or the turn.
func goesElsewhere(b *ast.BlockStmt) bool {
	if leaves(b) {
		return true
	}
	if len(b.List) == 0 {
		return false
	}
	last, ok := b.List[len(b.List)-1].(*ast.BranchStmt)
	return ok && last.Tok == token.CONTINUE
}
