//go:build cgo

package pgquery

import (
	pg "github.com/pganalyze/pg_query_go/v5"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// record records the role of a placeholder.
func (w *walker) record(p *pg.ParamRef, v fingerprint.Value) { w.values[int(p.Number)] = v }

// within records one role for every placeholder of an expression, except those of queries within it.
func (w *walker) within(n *pg.Node, v fingerprint.Value, sc *scope) {
	switch e := n.GetNode().(type) {
	case nil:
	case *pg.Node_ParamRef:
		w.record(e.ParamRef, v)
	case *pg.Node_SubLink:
		w.node(n, sc)
	default:
		children(n.ProtoReflect(), func(n *pg.Node) { w.within(n, v, sc) })
	}
}

// node reads the comparisons of an expression.
func (w *walker) node(n *pg.Node, sc *scope) {
	switch e := n.GetNode().(type) {
	case nil:
	case *pg.Node_SelectStmt, *pg.Node_InsertStmt, *pg.Node_UpdateStmt, *pg.Node_DeleteStmt:
		w.statement(n, sc)
	case *pg.Node_AExpr:
		w.compare(e.AExpr, sc, false)
		w.node(e.AExpr.Lexpr, sc)
		w.node(e.AExpr.Rexpr, sc)
	case *pg.Node_BoolExpr:
		not := e.BoolExpr.Boolop == pg.BoolExprType_NOT_EXPR
		for _, arg := range e.BoolExpr.Args {
			if inner := arg.GetAExpr(); not && inner != nil {
				w.compare(inner, sc, true)
				w.node(inner.Lexpr, sc)
				w.node(inner.Rexpr, sc)
			} else {
				w.node(arg, sc)
			}
		}
	default:
		children(n.ProtoReflect(), func(n *pg.Node) { w.node(n, sc) })
	}
}

// compare records the roles of the placeholders that a comparison compares.
func (w *walker) compare(e *pg.A_Expr, sc *scope, not bool) {
	role := w.role(e)
	if role == fingerprint.RoleOther {
		return
	}
	if not && role == fingerprint.RoleKey {
		role = fingerprint.RoleRange
	}
	list := e.Kind == pg.A_Expr_Kind_AEXPR_IN
	left, right := sides(e.Lexpr), sides(e.Rexpr)
	if list {
		for _, item := range e.Rexpr.GetList().GetItems() {
			w.pair(left, sides(item), sc, role, true)
		}
		return
	}
	if array := e.Rexpr.GetAArrayExpr(); array != nil && e.Kind == pg.A_Expr_Kind_AEXPR_OP_ANY {
		for _, item := range array.Elements {
			w.pair(left, sides(item), sc, role, true)
		}
		return
	}
	if between := e.Rexpr.GetList(); between != nil {
		for _, item := range between.Items {
			w.pair(left, sides(item), sc, role, false)
		}
		return
	}
	w.pair(left, right, sc, role, false)
	if e.Kind == pg.A_Expr_Kind_AEXPR_OP || e.Kind == pg.A_Expr_Kind_AEXPR_NOT_DISTINCT || e.Kind == pg.A_Expr_Kind_AEXPR_DISTINCT {
		w.pair(right, left, sc, role, false)
	}
}

// sides returns the operands of a row, or the only one.
func sides(n *pg.Node) []*pg.Node {
	if row := n.GetRowExpr(); row != nil {
		return row.Args
	}
	return []*pg.Node{n}
}

// pair records the roles of the placeholders that columns are compared with, one by one.
func (w *walker) pair(columns, values []*pg.Node, sc *scope, role fingerprint.Role, list bool) {
	if len(columns) != len(values) {
		return
	}
	for i, n := range values {
		p := placeholder(n)
		if p == nil {
			continue
		}
		v := fingerprint.Value{Role: role, List: list}
		if c := bare(columns[i]).GetColumnRef(); c != nil {
			v.Table, v.Column = sc.column(c)
		}
		w.record(p, v)
	}
}

// placeholder returns the placeholder that n is, without casts and a function around it; nil for another node.
func placeholder(n *pg.Node) *pg.ParamRef {
	n = bare(n)
	if f := n.GetFuncCall(); f != nil && len(f.Args) == 1 {
		n = bare(f.Args[0])
	}
	return n.GetParamRef()
}

// bare returns n without casts and collations.
func bare(n *pg.Node) *pg.Node {
	for {
		switch e := n.GetNode().(type) {
		case *pg.Node_TypeCast:
			n = e.TypeCast.Arg
		case *pg.Node_CollateClause:
			n = e.CollateClause.Arg
		default:
			return n
		}
	}
}

// role returns the role of the operands of a comparison.
func (w *walker) role(e *pg.A_Expr) fingerprint.Role {
	op := ""
	if len(e.Name) > 0 {
		op = e.Name[len(e.Name)-1].GetString_().GetSval()
	}
	switch e.Kind {
	case pg.A_Expr_Kind_AEXPR_OP, pg.A_Expr_Kind_AEXPR_OP_ANY:
		switch op {
		case "=":
			return fingerprint.RoleKey
		case "<", ">", "<=", ">=", "<>", "~", "~*", "!~", "!~*", "~~", "!~~", "~~*", "!~~*", "@>", "<@", "&&":
			return fingerprint.RoleRange
		}
	case pg.A_Expr_Kind_AEXPR_IN:
		if op == "=" {
			return fingerprint.RoleKey
		}
		return fingerprint.RoleRange
	case pg.A_Expr_Kind_AEXPR_NOT_DISTINCT:
		return fingerprint.RoleKey
	case pg.A_Expr_Kind_AEXPR_OP_ALL, pg.A_Expr_Kind_AEXPR_DISTINCT, pg.A_Expr_Kind_AEXPR_LIKE, pg.A_Expr_Kind_AEXPR_ILIKE,
		pg.A_Expr_Kind_AEXPR_SIMILAR, pg.A_Expr_Kind_AEXPR_BETWEEN, pg.A_Expr_Kind_AEXPR_NOT_BETWEEN,
		pg.A_Expr_Kind_AEXPR_BETWEEN_SYM, pg.A_Expr_Kind_AEXPR_NOT_BETWEEN_SYM:
		return fingerprint.RoleRange
	}
	return fingerprint.RoleOther
}

// column returns the table and the name of a column. The table is empty where the column may belong to several.
func (sc *scope) column(c *pg.ColumnRef) (table, name string) {
	fields := c.Fields
	name = fields[len(fields)-1].GetString_().GetSval()
	if name == "" {
		return "", ""
	}
	if len(fields) == 1 {
		if sc != nil && len(sc.tables) == 1 {
			table = sc.tables[0].table
		}
		return table, name
	}
	qualifier := fields[len(fields)-2].GetString_().GetSval()
	for ; sc != nil; sc = sc.around {
		for _, t := range sc.tables {
			own := t.table
			if len(fields) == 2 { // a qualifier without a schema
				for i := range own {
					if own[i] == '.' {
						own = own[i+1:]
						break
					}
				}
			} else {
				qualifier = fields[len(fields)-3].GetString_().GetSval() + "." + fields[len(fields)-2].GetString_().GetSval()
			}
			if t.alias == qualifier || t.alias == "" && own == qualifier {
				return t.table, name
			}
		}
	}
	return "", name
}
