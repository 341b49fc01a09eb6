package flow

import (
	"go/types"
	"strconv"
)

// A path says which part of a value is wanted. It is a sequence of elements, from the value inwards: a field, an element
// of a collection or channel, or a key of a map. A pointer is not distinguished from what it points to. anything at its end matches
// any further elements, or none.
//
// It is a string so that steps can be compared.
const (
	anything = "*"
	element  = "[]"
	mapKey   = "[k]"
)

func fieldElement(i int) string { return "." + strconv.Itoa(i) }

// maxPath bounds the length of a path in bytes, so that recursive structures are followed to an end.
const maxPath = 40

// into returns the path that begins with an element.
func into(element, path string) string {
	if len(path) > maxPath {
		return element + anything
	}
	return element + path
}

// below returns the rest of path if its first element is the one that is given, ok is false if it is another.
func below(path, first string) (rest string, ok bool) {
	switch {
	case path == anything:
		return anything, true
	case path == "":
		return "", true
	case len(path) >= len(first) && path[:len(first)] == first && (len(path) == len(first) || !digit(path[len(first)]) || first[0] != '.'):
		return path[len(first):], true
	}
	return "", false
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// ofOwnColumn reports whether a path leads to a field of a row itself that holds one value. t is a row, or a collection of rows.
func ofOwnColumn(t types.Type, path string) bool {
	for path != "" && path != anything {
		t = pointee(t)
		if elem := elementType(t); elem != nil {
			rest, ok := below(path, element)
			if !ok {
				return false
			}
			t, path = elem, rest
			continue
		}
		row, ok := t.Underlying().(*types.Struct)
		if !ok {
			return false
		}
		at := 0
		for ; at < row.NumFields(); at++ {
			if _, ok := below(path, fieldElement(at)); ok {
				break
			}
		}
		if at == row.NumFields() {
			return false
		}
		field := row.Field(at)
		if _, column := columnName(field, row.Tag(at)); column || !field.Embedded() {
			return column
		}
		t = field.Type()
		path, _ = below(path, fieldElement(at))
	}
	return false
}
