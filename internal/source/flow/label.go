package flow

import (
	"fmt"
	"go/types"
	"math/bits"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/analysis"
)

// A kind is the relation of a value to a statement's rows.
type kind uint8

const (
	handle   kind = iota + 1 // *sql.Rows
	single                   // *sql.Row
	many                     // a collection of rows or of their values, or its address
	one                      // a struct that a row was read into, or its address
	cell                     // the value of a column, a value computed from it, or the address of one
	number                   // the number of rows in a collection
	holder                   // a struct with such a value in a field, or its address
	function                 // a function literal that shares variables with such a value
	parent                   // a struct whose fields for relations hold rows, or its address
	outcome                  // the status that a data layer returns beside the rows
)

// columns is a set of columns, a bit for each index in flow.columns.
type columns uint64

const maxColumns = 64

// unknownColumn stands for columns that are not told apart.
var unknownColumn = analysis.Column{Index: -1}

// opaque is how a cell was computed that a function of a library returned: SQL does not have it.
const opaque = "…"

// A label describes a value. Labels are compared by key.
type label struct {
	kind  kind
	cols  columns // of a cell
	expr  string  // how a cell was computed, with its columns as {INDEX} or {NAME}; empty for the column itself
	of    *label  // of many: its elements; of a holder: the field's value
	field int     // of a holder

	in    *types.Named  // of a holder: the type of the struct, nil if it has no name
	dyn   types.Type    // the type of the value that an interface holds if it holds the rows; nil if it is not known
	fn    *ssa.Function // of a function
	model bool          // of one: a data layer maps its columns to the fields of whatever struct type it has
	part  bool          // of many: it may lack some rows, or have more elements
}

func (l label) key() string {
	of := ""
	if l.of != nil {
		of = l.of.key()
	}
	key := fmt.Sprint(l.kind, l.cols, l.expr, l.field, l.part, l.model, "(", of, ")")
	if l.in != nil {
		key += l.in.String()
	}
	if l.dyn != nil {
		key += " is " + l.dyn.String()
	}
	if l.fn != nil {
		key += fmt.Sprintf(" %p", l.fn)
	}
	return key
}

// deep reports whether labels nest n levels deep. It bounds the labels of recursive structures.
func (l label) deep(n int) bool { return n == 0 || l.of != nil && l.of.deep(n-1) }

// blob notes that a column is read into a value of type t, if that is a []byte.
func (f *flow) blob(cols columns, t types.Type) {
	if slice, ok := t.Underlying().(*types.Slice); ok {
		if b, ok := slice.Elem().Underlying().(*types.Basic); ok && b.Kind() == types.Byte {
			f.blobs |= cols
		}
	}
}

// column returns the set with the one column c.
func (f *flow) column(c analysis.Column) columns {
	for i, known := range f.columns {
		if known.Index == c.Index && (c.Index >= 0 || known.Name == c.Name) {
			return 1 << i
		}
	}
	if len(f.columns) == maxColumns-1 {
		c = unknownColumn // the last bit stands for all others
	}
	if len(f.columns) == maxColumns {
		return 1 << (maxColumns - 1)
	}
	f.columns = append(f.columns, c)
	return 1 << (len(f.columns) - 1)
}

// first returns the first column of a set.
func (f *flow) first(set columns) analysis.Column {
	if set == 0 {
		return analysis.Column{Index: -1}
	}
	return f.columns[bits.TrailingZeros64(uint64(set))]
}

// placeholder returns the column of a set as expressions have it.
func (f *flow) placeholder(set columns) string {
	c := f.first(set)
	if c.Index >= 0 {
		return fmt.Sprintf("{%d}", c.Index)
	}
	return "{" + c.Name + "}"
}

// A slot is a field of a struct type.
type slot struct {
	of    string // the type
	field int
}

// structOf returns the struct that t is or points to, and its name in slots.
func structOf(t types.Type) (*types.Struct, string) {
	for {
		p, ok := t.Underlying().(*types.Pointer)
		if !ok {
			break
		}
		t = p.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return nil, ""
	}
	return s, slotName(t)
}

// slotName returns the name of a struct type in slots. The instances of a generic type have the name of that type, because its
// methods are followed, and they are those of all instances.
func slotName(t types.Type) string {
	t = types.Unalias(t)
	if named, ok := t.(*types.Named); ok {
		t = named.Origin()
	}
	return types.TypeString(t, nil)
}

// structsIn calls do with the name of every struct type that is reachable from a value of type t. It reports whether
// interfaces are reachable, and whether type parameters are.
func structsIn(t types.Type, do func(name string)) (boxes, any bool) {
	seen := map[types.Type]bool{}
	var walk func(t types.Type)
	walk = func(t types.Type) {
		if seen[t] || len(seen) > 256 {
			return
		}
		seen[t] = true
		switch u := t.Underlying().(type) {
		case *types.Pointer:
			walk(u.Elem())
		case *types.Slice:
			walk(u.Elem())
		case *types.Array:
			walk(u.Elem())
		case *types.Chan:
			walk(u.Elem())
		case *types.Map:
			walk(u.Key())
			walk(u.Elem())
		case *types.Interface:
			if _, param := t.(*types.TypeParam); param {
				any = true
			} else {
				boxes = true
			}
		case *types.Struct:
			do(slotName(t))
			for f := range u.Fields() {
				walk(f.Type())
			}
		}
	}
	walk(t)
	return boxes, any
}
