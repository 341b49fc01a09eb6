package flow

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

func (f *flow) uses(v ssa.Value, l label) {
	refs := v.Referrers()
	if refs == nil {
		return
	}
	for _, ref := range *refs {
		if f.free != nil && f.free(ref.Block()) {
			continue
		}
		f.use(v, l, ref)
	}
}

// use follows an operand into an instruction.
func (f *flow) use(v ssa.Value, l label, ref ssa.Instruction) {
	switch ref := ref.(type) {
	case *ssa.DebugRef:
	case *ssa.UnOp:
		if ref.Op == token.ARROW {
			f.received(ref, l)
			return
		}
		f.mark(ref, l)
	case *ssa.Send:
		f.sent(v, ref.X, ref.Chan, l)
	case *ssa.Select:
		f.selected(v, l, ref)
	case *ssa.Field:
		f.fieldOf(ref, v, ref.Field, l)
	case *ssa.FieldAddr:
		f.fieldOf(ref, v, ref.Field, l)
	case *ssa.IndexAddr:
		f.elementOf(ref, v == ref.X, l, ref)
	case *ssa.Index:
		f.elementOf(ref, v == ref.X, l, ref)
	case *ssa.Lookup:
		f.elementOf(ref, v == ref.X, l, ref)
	case *ssa.Range:
		f.mark(ref, l)
	case *ssa.Next:
		f.mark(ref, l)
	case *ssa.Extract:
		switch ref.Tuple.(type) {
		case *ssa.Next:
			if ref.Index == 2 && l.of != nil {
				f.mark(ref, *l.of)
			}
		case *ssa.Lookup, *ssa.TypeAssert, *ssa.UnOp: // v, ok := <-ch
			if ref.Index == 0 {
				f.mark(ref, l)
			}
		default:
			f.escape(v.Type(), l)
		}
	case *ssa.Slice:
		if l.kind == many {
			_, array := v.Type().Underlying().(*types.Pointer)
			l.part = l.part || !array && (ref.Low != nil || ref.High != nil)
			f.mark(ref, l)
			return
		}
		f.consume(v, l, ref)
	case *ssa.Phi:
		f.merge(v, l, ref)
	case *ssa.MakeInterface:
		if l.kind != cell {
			f.boxed = append(f.boxed, v)
		}
		if l.kind.dispatches() {
			l.dyn = v.Type()
		}
		f.mark(ref, l)
	case *ssa.ChangeType, *ssa.Convert, *ssa.MultiConvert, *ssa.ChangeInterface, *ssa.TypeAssert:
		f.mark(ref.(ssa.Value), l)
	case *ssa.BinOp:
		f.operate(v, l, ref)
	case *ssa.Store:
		if ref.Val != v {
			return
		}
		if l.kind == cell {
			if old := pickedInto(ref); old != nil {
				f.readCell(l, readPick, ref, old)
				return
			}
		}
		f.store(v, ref.Addr, l)
	case *ssa.MapUpdate:
		if ref.Value == v {
			f.gathered = true
			f.holds(ref.Map, label{kind: many, of: &l, part: true})
		}
		switch {
		case ref.Key != v:
		case l.kind == cell && l.expr == "" && grouped(ref.Map):
			f.readCell(l, readKey, ref, nil)
		default:
			f.consume(v, l, ref)
		}
	case *ssa.Return:
		f.returned(v, l, ref)
	case *ssa.If:
		if l.kind == cell && !f.fillsBy(ref, l.cols) {
			f.readCell(l, readCond, ref, nil)
		}
	case *ssa.MakeClosure:
		for i, b := range ref.Bindings {
			if b == v {
				f.mark(ref.Fn.(*ssa.Function).FreeVars[i], l)
			}
		}
		f.mark(ref, label{kind: function, fn: ref.Fn.(*ssa.Function)})
	case *ssa.MakeSlice, *ssa.MakeMap, *ssa.MakeChan: // a capacity
		f.consume(v, label{kind: number}, ref)
	case ssa.CallInstruction:
		f.call(v, l, ref)
	default:
		f.escape(v.Type(), l)
	}
}

// fillsBy records the columns of a condition for the fields of a row that are only stored if it holds: if v.Valid { row.F = &v.X }.
// It returns false if the branch does something else.
func (f *flow) fillsBy(test *ssa.If, cols columns) bool {
	for i, b := range test.Block().Succs {
		join := test.Block().Succs[1-i]
		if len(b.Preds) != 1 || len(b.Succs) != 1 || b.Succs[0] != join {
			continue
		}
		if _, phi := join.Instrs[0].(*ssa.Phi); phi {
			return false
		}
		var stores []*ssa.FieldAddr
		for _, in := range b.Instrs {
			switch in := in.(type) {
			case *ssa.FieldAddr, *ssa.Field, *ssa.Convert, *ssa.ChangeType, *ssa.Jump, *ssa.DebugRef:
			case *ssa.UnOp:
				if in.Op != token.MUL {
					return false
				}
			case *ssa.Store:
				at, ok := in.Addr.(*ssa.FieldAddr)
				if _, row := f.rowAt(at); !ok || !row {
					return false
				}
				stores = append(stores, at)
			default:
				return false
			}
		}
		for _, at := range stores {
			s, _ := f.rowAt(at)
			f.fills(s, cols)
		}
		return len(stores) > 0
	}
	return false
}

// rowAt returns the field of a struct that holds a row.
func (f *flow) rowAt(at *ssa.FieldAddr) (s slot, ok bool) {
	if at == nil {
		return slot{}, false
	}
	for _, set := range []map[ssa.Value]map[string]label{f.labels, f.before} {
		for _, l := range set[at.X] {
			if l.kind == one {
				_, name := structOf(at.X.Type())
				return slot{name, at.Field}, true
			}
		}
	}
	return slot{}, false
}

// consume records a use of the value itself, of which no part is followed.
func (f *flow) consume(v ssa.Value, l label, at ssa.Instruction) {
	if l.kind == cell {
		f.readCell(l, readOther, at, nil)
		return
	}
	f.escape(v.Type(), l)
}

// fieldOf follows a value to a field, or to its address.
func (f *flow) fieldOf(to, v ssa.Value, field int, l label) {
	switch l.kind {
	case one:
		s, name := structOf(v.Type())
		if s == nil {
			return
		}
		if cols := f.fields[slot{name, field}]; cols != 0 {
			if f.raised[slot{name, field}] != opaque {
				f.mark(to, label{kind: cell, cols: cols})
			}
			if expr, ok := f.raised[slot{name, field}]; ok {
				f.mark(to, label{kind: cell, cols: cols, expr: expr})
			}
		}
		if _, nested := structOf(s.Field(field).Type()); nested != "" && f.maps(nested) {
			f.mark(to, l)
		}
		f.other = f.other || l.model && f.fields[slot{name, field}] == 0
	case parent:
		if s, name := structOf(v.Type()); s != nil {
			f.relationOf(to, s, slot{name, field})
		}
	case handle, single: // sqlx.Rows holds *sql.Rows
		if s, _ := structOf(v.Type()); s != nil && rowsType(s.Field(field).Type()) != 0 {
			f.mark(to, l)
		}
	case cell: // a field of a type such as sql.NullString
		f.mark(to, l)
	case holder:
		if l.field == field {
			f.mark(to, *l.of)
		}
	case outcome:
		if s, _ := structOf(v.Type()); s != nil && s.Field(field).Name() == "RowsAffected" {
			f.number(to, event{to.Pos(), to.Parent()})
		}
	}
}

// maps reports whether a column is read into a field of the struct type with that name.
func (f *flow) maps(name string) bool {
	for s := range f.fields {
		if s.of == name {
			return true
		}
	}
	return false
}

// indexOf returns the index that selects an element; nil for a key.
func indexOf(element ssa.Value) ssa.Value {
	switch e := element.(type) {
	case *ssa.IndexAddr:
		return e.Index
	case *ssa.Index:
		return e.Index
	}
	return nil
}

// elementOf follows a collection to an element.
func (f *flow) elementOf(to ssa.Value, collection bool, l label, at ssa.Instruction) {
	switch {
	case collection && l.kind == many && f.ends && isEnd(indexOf(to)) && l.of != nil && l.of.kind != many:
		f.ended++
	case collection && l.kind == many:
		if l.of != nil {
			of := *l.of
			of.part = of.kind == many
			f.mark(to, of)
		}
	case l.kind == number:
	default: // an index, a key, or a byte of a string
		if l.kind == cell {
			as := readOther
			if look, ok := at.(*ssa.Lookup); ok && l.expr == "" && grouped(look.X) {
				as = readKey
			}
			f.readCell(l, as, at, nil)
			return
		}
		f.consume(to, l, at)
	}
}
