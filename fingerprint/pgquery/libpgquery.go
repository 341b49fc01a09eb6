//go:build cgo

package pgquery

import (
	"errors"
	"fmt"
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/nplusgone/nplusgone/fingerprint"
)

var engine parser = libPGQuery{}

// libPGQuery parses with PostgreSQL 16's grammar. It calls Parse and Fingerprint of libpg_query and no other function: its
// Normalize does not remove all literals and reads out of bounds.
type libPGQuery struct{}

func (libPGQuery) parse(sql string) (*tree, error) {
	parsed, err := pg.Parse(sql)
	if err != nil {
		return nil, err
	}
	if len(parsed.Stmts) != 1 {
		return nil, fmt.Errorf("%d statements", len(parsed.Stmts))
	}
	own, err := pg.Fingerprint(sql)
	if err != nil {
		return nil, err
	}
	w := walker{tree: &tree{values: make(map[int]fingerprint.Value), fingerprint: own}}
	if !w.top(parsed.Stmts[0].Stmt) {
		return nil, errors.New("another kind of statement")
	}
	w.withoutCTEs()
	return w.tree, nil
}

// top reads the statement itself.
func (w *walker) top(n *pg.Node) bool {
	t := w.tree
	switch s := n.GetNode().(type) {
	case *pg.Node_SelectStmt:
		t.kind = fingerprint.Select
		w.outermost(s.SelectStmt)
		w.selects(s.SelectStmt, nil, true)
	case *pg.Node_InsertStmt:
		t.kind = fingerprint.Insert
		t.upsert = s.InsertStmt.OnConflictClause != nil
		if q := s.InsertStmt.SelectStmt.GetSelectStmt(); q != nil && len(q.ValuesLists) == 0 {
			w.outermost(q)
		}
		w.inserts(s.InsertStmt)
	case *pg.Node_UpdateStmt:
		t.kind = fingerprint.Update
		w.updates(s.UpdateStmt)
	case *pg.Node_DeleteStmt:
		t.kind = fingerprint.Delete
		w.deletes(s.DeleteStmt)
	case *pg.Node_MergeStmt:
		t.kind = fingerprint.Merge
		w.merges(s.MergeStmt)
	default:
		return false
	}
	return true
}

// outermost records the facts of the query that returns the rows.
func (w *walker) outermost(s *pg.SelectStmt) {
	t := w.tree
	t.compound = s.Op != pg.SetOperation_SETOP_NONE && s.Op != pg.SetOperation_SET_OPERATION_UNDEFINED
	t.limit = s.LimitCount != nil && !s.LimitCount.GetAConst().GetIsnull()
	t.offset = s.LimitOffset != nil
	for first := s; ; first = first.Larg { // the selects of a UNION
		t.group = t.group || len(first.GroupClause) > 0
		t.distinct = t.distinct || len(first.DistinctClause) > 0
		for arm := first.Rarg; arm != nil; arm = arm.Larg {
			t.group, t.distinct = t.group || len(arm.GroupClause) > 0, t.distinct || len(arm.DistinctClause) > 0
			t.join = t.join || joined(arm.FromClause)
		}
		t.join = t.join || joined(first.FromClause)
		if first.Larg == nil {
			return
		}
	}
}

// joined reports whether FROM has more than one table.
func joined(from []*pg.Node) bool {
	return len(from) > 1 || len(from) == 1 && from[0].GetJoinExpr() != nil
}

// A scope has the tables that the columns of a query may belong to.
type scope struct {
	tables []relation
	around *scope
}

type relation struct{ table, alias string }

// A walker records the facts of a tree.
type walker struct {
	*tree
	ctes []string
}

// withoutCTEs removes the names of CTEs from the tables.
func (w *walker) withoutCTEs() {
	cte := func(name string) bool { return slices.Contains(w.ctes, name) }
	w.tables = slices.DeleteFunc(w.tables, cte)
	for n, v := range w.values {
		if cte(v.Table) {
			v.Table = ""
			w.values[n] = v
		}
	}
}

func (w *walker) with(c *pg.WithClause) {
	if c == nil {
		return
	}
	w.recursive = w.recursive || c.Recursive
	for _, n := range c.Ctes {
		cte := n.GetCommonTableExpr()
		w.ctes = append(w.ctes, cte.Ctename)
		w.statement(cte.Ctequery, nil)
	}
}

// statement reads a statement within another one.
func (w *walker) statement(n *pg.Node, around *scope) {
	switch s := n.GetNode().(type) {
	case *pg.Node_SelectStmt:
		w.subquery = w.subquery || len(s.SelectStmt.ValuesLists) == 0
		w.selects(s.SelectStmt, around, false)
	case *pg.Node_InsertStmt:
		w.inserts(s.InsertStmt)
	case *pg.Node_UpdateStmt:
		w.updates(s.UpdateStmt)
	case *pg.Node_DeleteStmt:
		w.deletes(s.DeleteStmt)
	}
}

func (w *walker) selects(s *pg.SelectStmt, around *scope, top bool) {
	w.with(s.WithClause)
	sc := &scope{around: around}
	w.from(s.FromClause, sc)
	for _, list := range [...][]*pg.Node{s.TargetList, s.DistinctClause, s.GroupClause, s.WindowClause, s.ValuesLists, s.SortClause} {
		w.nodes(list, sc)
	}
	w.conditions(s.FromClause, sc)
	w.node(s.WhereClause, sc)
	w.node(s.HavingClause, &scope{around: nil}) // a bare name may be an alias of the select list
	w.limits(s.LimitCount, fingerprint.RoleLimit)
	w.limits(s.LimitOffset, fingerprint.RoleOffset)
	w.locking = w.locking || len(s.LockingClause) > 0
	for _, arm := range [...]*pg.SelectStmt{s.Larg, s.Rarg} {
		if arm != nil {
			w.selects(arm, around, top)
		}
	}
}

func (w *walker) limits(n *pg.Node, role fingerprint.Role) {
	if p := n.GetParamRef(); p != nil {
		w.record(p, fingerprint.Value{Role: role})
		return
	}
	w.node(n, nil)
}

// table records a table and adds it to the scope.
func (w *walker) table(r *pg.RangeVar, sc *scope) string {
	name := r.Relname
	if r.Schemaname != "" {
		name = r.Schemaname + "." + name
	}
	w.tables = append(w.tables, name)
	sc.tables = append(sc.tables, relation{name, r.Alias.GetAliasname()})
	return name
}

// from records the tables of FROM. Conditions are read after all of them.
func (w *walker) from(list []*pg.Node, sc *scope) {
	for _, n := range list {
		switch f := n.GetNode().(type) {
		case *pg.Node_RangeVar:
			w.table(f.RangeVar, sc)
		case *pg.Node_JoinExpr:
			w.from([]*pg.Node{f.JoinExpr.Larg, f.JoinExpr.Rarg}, sc)
		case *pg.Node_RangeSubselect:
			w.statement(f.RangeSubselect.Subquery, sc)
			sc.tables = append(sc.tables, relation{alias: f.RangeSubselect.Alias.GetAliasname()})
		case *pg.Node_RangeTableSample:
			w.from([]*pg.Node{f.RangeTableSample.Relation}, sc)
		case *pg.Node_RangeFunction:
			sc.tables = append(sc.tables, relation{alias: f.RangeFunction.Alias.GetAliasname()})
			w.nodes(f.RangeFunction.Functions, sc)
		}
	}
}

func (w *walker) conditions(list []*pg.Node, sc *scope) {
	for _, n := range list {
		if j := n.GetJoinExpr(); j != nil {
			w.conditions([]*pg.Node{j.Larg, j.Rarg}, sc)
			w.node(j.Quals, sc)
		}
	}
}

func (w *walker) inserts(s *pg.InsertStmt) {
	w.with(s.WithClause)
	sc := new(scope)
	target := w.table(s.Relation, sc)
	w.writes = append(w.writes, target)
	var columns []string
	for _, c := range s.Cols {
		columns = append(columns, c.GetResTarget().GetName())
	}
	if q := s.SelectStmt.GetSelectStmt(); q != nil {
		w.rows(q, target, columns)
	}
	if c := s.OnConflictClause; c != nil {
		w.set(c.TargetList, sc, target)
		w.node(c.WhereClause, sc)
	}
	w.returns(s.ReturningList, sc)
}

// rows reads the values of an INSERT.
func (w *walker) rows(q *pg.SelectStmt, target string, columns []string) {
	if len(q.ValuesLists) == 0 {
		w.selects(q, nil, true)
		return
	}
	w.with(q.WithClause)
	for _, list := range q.ValuesLists {
		for i, n := range list.GetList().GetItems() {
			v := fingerprint.Value{Role: fingerprint.RoleInsert}
			if i < len(columns) {
				v.Table, v.Column = target, columns[i]
			}
			w.within(n, v, nil)
		}
	}
}

func (w *walker) updates(s *pg.UpdateStmt) {
	w.with(s.WithClause)
	sc := new(scope)
	target := w.table(s.Relation, sc)
	w.writes = append(w.writes, target)
	w.from(s.FromClause, sc)
	w.conditions(s.FromClause, sc)
	w.set(s.TargetList, sc, target)
	w.node(s.WhereClause, sc)
	w.returns(s.ReturningList, sc)
}

// set reads the assignments of SET.
func (w *walker) set(list []*pg.Node, sc *scope, target string) {
	for _, n := range list {
		r := n.GetResTarget()
		v := fingerprint.Value{Role: fingerprint.RoleSet, Table: target, Column: r.GetName()}
		if m := r.GetVal().GetMultiAssignRef(); m != nil {
			if row := m.Source.GetRowExpr(); row != nil {
				if i := int(m.Colno) - 1; i >= 0 && i < len(row.Args) {
					w.within(row.Args[i], v, sc)
				}
			} else {
				w.node(m.Source, sc)
			}
			continue
		}
		w.within(r.GetVal(), v, sc)
	}
}

func (w *walker) deletes(s *pg.DeleteStmt) {
	w.with(s.WithClause)
	sc := new(scope)
	w.writes = append(w.writes, w.table(s.Relation, sc))
	w.from(s.UsingClause, sc)
	w.conditions(s.UsingClause, sc)
	w.node(s.WhereClause, sc)
	w.returns(s.ReturningList, sc)
}

func (w *walker) merges(s *pg.MergeStmt) {
	w.with(s.WithClause)
	sc := new(scope)
	target := w.table(s.Relation, sc)
	w.writes = append(w.writes, target)
	w.from([]*pg.Node{s.SourceRelation}, sc)
	w.node(s.JoinCondition, sc)
	for _, n := range s.MergeWhenClauses {
		c := n.GetMergeWhenClause()
		w.node(c.Condition, sc)
		if len(c.Values) == 0 {
			w.set(c.TargetList, sc, target)
			continue
		}
		for i, value := range c.Values {
			v := fingerprint.Value{Role: fingerprint.RoleInsert}
			if i < len(c.TargetList) {
				v.Table, v.Column = target, c.TargetList[i].GetResTarget().GetName()
			}
			w.within(value, v, sc)
		}
	}
}

func (w *walker) returns(list []*pg.Node, sc *scope) {
	w.returning = w.returning || len(list) > 0
	w.nodes(list, sc)
}

func (w *walker) nodes(list []*pg.Node, sc *scope) {
	for _, n := range list {
		w.node(n, sc)
	}
}

// children calls visit for each node directly below a message.
func children(m protoreflect.Message, visit func(*pg.Node)) {
	m.Range(func(f protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		if f.Message() == nil {
			return true
		}
		if !f.IsList() {
			child(v.Message(), visit)
			return true
		}
		for i := range v.List().Len() {
			child(v.List().Get(i).Message(), visit)
		}
		return true
	})
}

func child(m protoreflect.Message, visit func(*pg.Node)) {
	if n, ok := m.Interface().(*pg.Node); ok {
		visit(n)
	} else {
		children(m, visit)
	}
}
