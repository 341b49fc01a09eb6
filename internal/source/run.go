package source

import (
	"go/ast"
	"go/token"
	"maps"
	"strings"

	"github.com/nplusgone/nplusgone/internal/source/files"
)

// A run follows values through one top-level declaration, statement by statement, without knowing types. Where paths
// join, what may hold a value holds it; an assignment of something else ends that.
type run struct {
	vars    variables
	sources map[ast.Node]bool // calls that answer the values, and range statements that go over them
	entry   ast.Node          // the function whose parameters hold given
	given   state
	watched map[*ast.CallExpr]bool            // calls that the caller wants to see
	watch   func(call *ast.CallExpr, s state) // is told what is known when a watched call is made, maybe repeatedly

	named  map[*variable]*ast.FuncLit // literals by the variable that they are assigned to
	active map[*ast.FuncLit]bool      // literals being followed, which may call themselves
	steps  int                        // statements followed
}

// maxSteps bounds the statements that one run follows: deep nests of loops are followed again and again.
const maxSteps = 100_000

// through follows the values through decl.
func (r *run) through(decl ast.Decl) {
	r.named, r.active = map[*variable]*ast.FuncLit{}, map[*ast.FuncLit]bool{}
	s := state{}
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		if decl == r.entry {
			s.add(r.given)
		}
		r.block(decl.Body, s)
	case *ast.GenDecl:
		ast.Inspect(decl, func(n ast.Node) bool {
			lit, ok := n.(*ast.FuncLit)
			if ok {
				r.literal(lit, s, nil)
			}
			return !ok
		})
	}
}

func (r *run) block(b *ast.BlockStmt, s state) {
	if b != nil {
		r.list(b.List, s)
	}
}

func (r *run) list(stmts []ast.Stmt, s state) {
	for _, stmt := range stmts {
		r.statement(stmt, s)
	}
}

// statement changes s to what holds after stmt.
func (r *run) statement(stmt ast.Stmt, s state) {
	if r.steps++; r.steps > maxSteps {
		return
	}
	switch stmt := stmt.(type) {
	case *ast.AssignStmt:
		r.assignment(stmt.Tok, stmt.Lhs, stmt.Rhs, s)
	case *ast.DeclStmt:
		if decl, ok := stmt.Decl.(*ast.GenDecl); ok {
			for _, spec := range decl.Specs {
				if spec, ok := spec.(*ast.ValueSpec); ok {
					left := make([]ast.Expr, len(spec.Names))
					for i, id := range spec.Names {
						left[i] = id
					}
					r.assignment(token.DEFINE, left, spec.Values, s)
				}
			}
		}
	case *ast.ExprStmt:
		r.eval(stmt.X, s)
	case *ast.SendStmt:
		r.eval(stmt.Value, s)
		r.store(stmt.Chan, r.hot(stmt.Value, s), true, s)
	case *ast.GoStmt:
		r.eval(stmt.Call, s)
	case *ast.DeferStmt:
		r.eval(stmt.Call, s)
	case *ast.ReturnStmt:
		for _, e := range stmt.Results {
			r.eval(e, s)
		}
	case *ast.BlockStmt:
		r.block(stmt, s)
	case *ast.LabeledStmt:
		r.statement(stmt.Stmt, s)
	case *ast.IfStmt:
		r.optional(stmt.Init, s)
		r.eval(stmt.Cond, s)
		other := maps.Clone(s)
		r.block(stmt.Body, s)
		r.optional(stmt.Else, other)
		s.add(other)
	case *ast.SwitchStmt:
		r.optional(stmt.Init, s)
		r.eval(stmt.Tag, s)
		r.clauses(stmt.Body, s)
	case *ast.TypeSwitchStmt:
		r.optional(stmt.Init, s)
		r.optional(stmt.Assign, s)
		r.clauses(stmt.Body, s)
	case *ast.SelectStmt:
		r.clauses(stmt.Body, s)
	case *ast.ForStmt:
		r.optional(stmt.Init, s)
		r.repeat(s, func(s state) {
			r.eval(stmt.Cond, s)
			r.block(stmt.Body, s)
			r.optional(stmt.Post, s)
		})
	case *ast.RangeStmt:
		r.eval(stmt.X, s)
		hot := r.sources[stmt] || r.hot(stmt.X, s)
		r.repeat(s, func(s state) {
			r.store(stmt.Key, hot && !r.position(stmt), false, s)
			r.store(stmt.Value, hot, false, s)
			r.block(stmt.Body, s)
		})
	}
}

func (r *run) optional(stmt ast.Stmt, s state) {
	if stmt != nil {
		r.statement(stmt, s)
	}
}

// clauses follows the cases of a switch or select, each from the start.
func (r *run) clauses(b *ast.BlockStmt, s state) {
	before := maps.Clone(s)
	for _, clause := range b.List {
		one := maps.Clone(before)
		switch clause := clause.(type) {
		case *ast.CaseClause:
			for _, e := range clause.List {
				r.eval(e, one)
			}
			r.list(clause.Body, one)
		case *ast.CommClause:
			r.optional(clause.Comm, one)
			r.list(clause.Body, one)
		}
		s.add(one)
	}
}

// repeat follows a turn of a loop until nothing new is held after it.
func (r *run) repeat(s state, turn func(state)) {
	for range 4 {
		after := maps.Clone(s)
		turn(after)
		if !s.add(after) {
			return
		}
	}
}

// assignment follows left = right, where one call may answer all of left.
func (r *run) assignment(tok token.Token, left, right []ast.Expr, s state) {
	for _, e := range right {
		r.eval(e, s)
	}
	hot := make([]bool, len(left))
	for i := range left {
		switch {
		case len(left) == len(right):
			hot[i] = r.hot(right[i], s)
		case len(right) == 1:
			hot[i] = r.hot(right[0], s)
		}
	}
	before := maps.Clone(s)
	for i, e := range left {
		keep := tok != token.ASSIGN && tok != token.DEFINE
		if len(left) == len(right) && !keep && r.copy(e, right[i], before, s) {
			continue
		}
		r.store(e, hot[i], keep, s)
	}
}

// copy follows left = right for two variables field by field, and remembers a literal by its variable.
func (r *run) copy(left, right ast.Expr, before, s state) bool {
	to, ok := left.(*ast.Ident)
	if !ok || r.vars[to] == nil {
		return false
	}
	if lit, ok := right.(*ast.FuncLit); ok {
		r.named[r.vars[to]] = lit
	}
	from, ok := ast.Unparen(right).(*ast.Ident)
	if !ok || r.vars[from] == nil {
		return false
	}
	s.drop(part{v: r.vars[to]})
	for p := range before {
		if p.v == r.vars[from] {
			s[part{r.vars[to], p.path}] = true
		}
	}
	return true
}

// store follows an assignment of a value to e. keep says that e also keeps what it held.
func (r *run) store(e ast.Expr, hot, keep bool, s state) {
	p, ok := r.vars.part(e)
	switch {
	case e == nil || !ok || p.v == nil:
	case hot:
		if !status(p.v.name) {
			s[p] = true
		}
	case !keep && whole(e):
		s.drop(p)
	}
}

// whole reports whether an assignment to e leaves nothing of what e held.
func whole(e ast.Expr) bool {
	if sel, ok := e.(*ast.SelectorExpr); ok {
		e = sel.X
	}
	_, ok := e.(*ast.Ident)
	return ok
}

// status reports whether a variable of that name says how a call went, which is not what it answered.
func status(name string) bool {
	return name == "ok" || strings.HasSuffix(strings.ToLower(name), "err")
}

// position reports whether the key of a range is a position in a list rather than a value: it goes by such a name, or
// the body uses it as an index. The key of what is known as a map is a value.
func (r *run) position(loop *ast.RangeStmt) bool {
	id, ok := loop.Key.(*ast.Ident)
	if !ok {
		return false
	}
	if over, ok := ast.Unparen(loop.X).(*ast.Ident); ok && isMap(r.vars[over]) {
		return false
	}
	switch id.Name {
	case "i", "j", "n", "idx", "index":
		return true
	}
	used := false
	ast.Inspect(loop.Body, func(n ast.Node) bool {
		index, ok := n.(*ast.IndexExpr)
		if ok {
			at, ok := index.Index.(*ast.Ident)
			used = used || ok && r.vars[at] == r.vars[id]
		}
		return !used
	})
	return used
}

// isMap reports whether v is written down as a map.
func isMap(v *variable) bool {
	if v == nil {
		return false
	}
	t := v.typ
	switch init := v.init.(type) {
	case *ast.CompositeLit:
		t = init.Type
	case *ast.CallExpr:
		if files.Callee(init) == "make" && len(init.Args) > 0 {
			t = init.Args[0]
		}
	}
	_, ok := t.(*ast.MapType)
	return ok
}
