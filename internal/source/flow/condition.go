package flow

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// comparison returns the SQL operator of a condition with the column as the left operand, and the other operand. ok is false if
// SQL has no such condition, or if it is about several columns.
func (f *flow) comparison(r read) (op, operand string, literal any, ok bool) {
	if r.expr != "" || r.cols == 0 || r.cols&(r.cols-1) != 0 {
		return "", "", nil, false
	}
	switch in := r.instr.(type) {
	case *ssa.If: // a boolean column
		op, cond := "=", in.Cond
		if not, ok := cond.(*ssa.UnOp); ok && not.Op == token.NOT {
			op, cond = "<>", not.X
		}
		return op, "TRUE", true, plain(cond)
	case *ssa.BinOp:
		if r.other == nil {
			return "", "", nil, false
		}
		column := in.X
		op = operators[in.Op]
		if r.other == in.X {
			column, op = in.Y, flipped[op]
		}
		if !plain(column) {
			return "", "", nil, false
		}
		if c, isConst := r.other.(*ssa.Const); isConst {
			if c.Value == nil {
				return "", "", nil, false
			}
			return op, sqlConstant(c.Value), goValue(c.Value), true
		}
		return op, "?", nil, len(f.labels[r.other]) == 0 && fixed(r.other, innermost(in.Block()))
	}
	return "", "", nil, false
}

var (
	operators = map[token.Token]string{
		token.EQL: "=", token.NEQ: "<>", token.LSS: "<", token.LEQ: "<=", token.GTR: ">", token.GEQ: ">=",
	}
	negated = map[string]string{"=": "<>", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
	flipped = map[string]string{"=": "=", "<>": "<>", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
)

// plain reports whether a value is a whole column and not a part of one, such as NullString.Valid, which is another
// expression in SQL.
func plain(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.UnOp:
		addr, ok := v.X.(*ssa.FieldAddr)
		return v.Op == token.MUL && !(ok && isColumnStruct(addr.X.Type()))
	case *ssa.Field:
		return !isColumnStruct(v.X.Type())
	case *ssa.Convert:
		return plain(v.X)
	case *ssa.ChangeType:
		return plain(v.X)
	case *ssa.Phi, *ssa.Parameter, *ssa.Lookup, *ssa.Extract:
		return true
	}
	return false
}

func isColumnStruct(t types.Type) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	return holdsOneValue(t)
}

// fixed reports whether v is the same in each turn of a loop.
func fixed(v ssa.Value, around *loop) bool {
	switch v := v.(type) {
	case *ssa.Const, *ssa.Parameter, *ssa.FreeVar, *ssa.Global, *ssa.Alloc:
		return true
	case *ssa.UnOp:
		if v.Op != token.MUL || !fixed(v.X, around) {
			return outside(v, around)
		}
		for _, ref := range referrersOf(v.X) {
			if store, ok := ref.(*ssa.Store); ok && store.Addr == v.X && (around == nil || around.blocks[store.Block()]) {
				return false
			}
		}
		return true
	case *ssa.FieldAddr:
		return fixed(v.X, around)
	case *ssa.Field:
		return fixed(v.X, around)
	case *ssa.Convert:
		return fixed(v.X, around)
	case *ssa.ChangeType:
		return fixed(v.X, around)
	}
	return outside(v, around)
}

func referrersOf(v ssa.Value) []ssa.Instruction {
	if refs := v.Referrers(); refs != nil {
		return *refs
	}
	return nil
}

func outside(v ssa.Value, around *loop) bool {
	in, ok := v.(ssa.Instruction)
	return ok && around != nil && !around.blocks[in.Block()]
}

func goValue(v constant.Value) any {
	switch v.Kind() {
	case constant.String:
		return constant.StringVal(v)
	case constant.Bool:
		return constant.BoolVal(v)
	case constant.Int:
		n, _ := constant.Int64Val(v)
		return n
	}
	return nil
}
