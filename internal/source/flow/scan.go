package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/analysis"
)

// method says what a method of rows, or of a row, does.
func (f *flow) method(m *types.Func, l label, args []ssa.Value, call ssa.CallInstruction) {
	switch m.Name() {
	case "Close", "Err":
	case "Next":
		f.nexts = append(f.nexts, call)
	case "Scan":
		f.scans = append(f.scans, call)
		f.filled[call] = true
		f.scan(args)
	case "StructScan":
		f.scans = append(f.scans, call)
		f.filled[call] = true
		if len(args) == 1 {
			f.destination(args[0])
		}
	default:
		f.lost = true
	}
}

// scan labels what the columns of a row are read into.
func (f *flow) scan(args []ssa.Value) {
	dests, ok := elements(args)
	if !ok {
		f.lost = true
		return
	}
	for i, dest := range dests {
		if dest == nil {
			f.lost = true
			continue
		}
		dest = unboxed(dest)
		l := label{kind: cell, cols: f.column(analysis.Column{Index: i, Name: nameOf(dest)})}
		switch d := dest.(type) {
		case *ssa.FieldAddr:
			_, name := structOf(d.X.Type())
			f.fills(slot{name, d.Field}, l.cols)
			f.holds(d.X, label{kind: one})
		case *ssa.IndexAddr:
			f.holds(d.X, label{kind: many, of: &l, part: true})
		case *ssa.Call: // pq.Array(&list), and its like
			for _, arg := range d.Call.Args {
				f.holds(unboxed(arg), l)
			}
		case *ssa.Const:
		default:
			f.holds(dest, l)
		}
	}
}

// elements returns the values of a variadic call, ok is false when it is given a slice instead.
func elements(args []ssa.Value) (values []ssa.Value, ok bool) {
	if len(args) != 1 {
		return nil, len(args) == 0
	}
	s, isSlice := args[0].(*ssa.Slice)
	if !isSlice {
		return nil, isNil(args[0])
	}
	array, isAlloc := s.X.(*ssa.Alloc)
	if !isAlloc {
		return nil, false
	}
	t, isArray := array.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Array)
	if !isArray {
		return nil, false
	}
	values = make([]ssa.Value, t.Len())
	for _, ref := range *array.Referrers() {
		at, ok := ref.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		i, ok := at.Index.(*ssa.Const)
		if !ok {
			return nil, false
		}
		for _, ref := range *at.Referrers() {
			if store, ok := ref.(*ssa.Store); ok && store.Addr == at {
				values[i.Int64()] = store.Val
			}
		}
	}
	return values, true
}

// unboxed returns the value that an interface was made of.
func unboxed(v ssa.Value) ssa.Value {
	for {
		switch b := v.(type) {
		case *ssa.MakeInterface:
			v = b.X
		case *ssa.ChangeInterface:
			v = b.X
		case *ssa.ChangeType:
			v = b.X
		default:
			return v
		}
	}
}

// nameOf returns what the source calls a variable or field.
func nameOf(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.FieldAddr:
		if s, _ := structOf(v.X.Type()); s != nil {
			return s.Field(v.Field).Name()
		}
	case *ssa.Alloc:
		return v.Comment
	}
	return ""
}
