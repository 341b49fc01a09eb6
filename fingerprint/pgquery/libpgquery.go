//go:build cgo

package pgquery

import (
	"errors"
	"fmt"

	pg "github.com/pganalyze/pg_query_go/v5"

	"github.com/nplusgone/nplusgone/fingerprint"
)

var engine parser = libPGQuery{}

// libPGQuery parses with PostgreSQL 16's grammar. Of libpg_query, Parse and Fingerprint are called and nothing else: its
// Normalize lets literals through, and reads out of bounds.
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

// outermost notes what only the query that makes the rows says.
func (w *walker) outermost(s *pg.SelectStmt) {
	t := w.tree
	t.compound = s.Op != pg.SetOperation_SETOP_NONE && s.Op != pg.SetOperation_SET_OPERATION_UNDEFINED
	t.limit = s.LimitCount != nil && !s.LimitCount.GetAConst().GetIsnull()
	t.offset = s.LimitOffset != nil
	for first := s; ; first = first.Larg { // the rows of a UNION are those of its parts
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
