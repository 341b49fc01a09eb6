package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// related returns the label of what a call returns or fills, for the rows of a relation of it: they are in fields of the rows that l
// describes.
func (f *flow) related(l label) label {
	switch {
	case !f.relation:
		return l
	case l.kind == one:
		return label{kind: parent}
	case l.kind == many && l.of != nil:
		of := f.related(*l.of)
		l.of = &of
	}
	return l
}

// ofParents reports whether a label describes a collection of rows whose relations are followed: it says nothing about the number
// of the relation's rows.
func ofParents(l label) bool {
	return l.kind == many && l.of != nil && (l.of.kind == parent || ofParents(*l.of))
}

// relationOf follows a row to a field that may hold rows of its relations: a list of structs, a struct or a pointer to one. A
// relation may have relations itself.
func (f *flow) relationOf(to ssa.Value, s *types.Struct, at slot) {
	field := s.Field(at.field)
	if _, column := columnName(field, s.Tag(at.field)); column {
		return
	}
	t := field.Type()
	l, rows := f.labelOf(t)
	if !rows || l.kind == one && l.of == nil && types.IsInterface(t) {
		if inner, _ := structOf(t); inner != nil {
			f.mark(to, label{kind: parent}) // the struct that ent keeps its edges in
		}
		return
	}
	f.touched[at] = true
	f.toOne = l.kind == one
	f.mark(to, l)
	f.mark(to, f.related(l))
}
