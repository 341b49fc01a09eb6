package flow

import (
	"go/types"
	"reflect"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/nplusgone/nplusgone/internal/layers"
)

// An escape is a value that may be used for anything. With a tag, it is only encoded.
type escape struct {
	t   types.Type
	tag string // key of the tags of the fields that an encoder reads; empty if any field may be read
}

// encodes follows a value into a function that encodes it. It returns false for other functions.
func (f *flow) encodes(v ssa.Value, l label, call ssa.CallInstruction) bool {
	if l.kind != one && l.kind != many && l.kind != holder {
		return false
	}
	path, name := calledPath(call), ""
	if common := call.Common(); common.IsInvoke() {
		name = interfaceName(common.Value.Type()) + "." + common.Method.Name()
	} else if fn := common.StaticCallee(); fn != nil {
		_, name = declaredAs(fn)
	}
	tag := layers.EncoderOf(path, name)
	if tag == "" {
		return false
	}
	f.encoding = tag
	f.escape(unboxed(v).Type(), l)
	f.encoding = ""
	return true
}

// encodedIn calls do with every field that an encoder reads of a value of type t: exported ones whose tag is not "-", in structs
// that are reachable by such fields. A type that encodes itself may read any field. It reports whether interfaces are reachable, and
// whether type parameters are.
func encodedIn(t types.Type, tag string, do func(of string, field int)) (boxes, any bool) {
	seen := map[types.Type]bool{}
	var walk func(t types.Type)
	walk = func(t types.Type) {
		if seen[t] || len(seen) > 256 {
			return
		}
		seen[t] = true
		if encodesItself(t) {
			b, a := structsIn(t, func(name string) { do(name, whole) })
			boxes, any = boxes || b, any || a
			return
		}
		switch u := t.Underlying().(type) {
		case *types.Pointer:
			walk(u.Elem())
		case *types.Slice:
			walk(u.Elem())
		case *types.Array:
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
			name := slotName(t)
			for i := range u.NumFields() {
				field := u.Field(i)
				if !field.Exported() && !field.Embedded() || reflect.StructTag(u.Tag(i)).Get(tag) == "-" {
					continue
				}
				do(name, i)
				walk(field.Type())
			}
		}
	}
	walk(t)
	return boxes, any
}

// encodesItself reports whether an encoder calls methods of a type to encode it.
func encodesItself(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || types.IsInterface(named) {
		return false
	}
	methods := types.NewMethodSet(types.NewPointer(named))
	for i := range methods.Len() {
		if strings.HasPrefix(methods.At(i).Obj().Name(), "Marshal") {
			return true
		}
	}
	return false
}
