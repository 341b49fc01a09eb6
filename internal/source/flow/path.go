package flow

import "strconv"

// A path says which part of a value is wanted. It is a sequence of elements, from the value inwards: a field, an element
// of a collection or channel, or a key of a map. A pointer and what it points to are one. anything at its end stands for
// any further elements, or none.
//
// It is a string so that steps can be compared.
const (
	anything = "*"
	element  = "[]"
	mapKey   = "[k]"
)

func fieldElement(i int) string { return "." + strconv.Itoa(i) }

// maxPath bounds the length of a path in bytes, so that a structure that holds itself comes to an end.
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
