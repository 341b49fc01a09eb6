package flow

import (
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// opens notes that code that is not followed may call a function, with the same rows.
func (f *flow) opens(fn *ssa.Function) {
	if !f.open[fn] {
		f.open[fn] = true
		f.changed = true
	}
}

// callers returns the calls of a function if they are all known, as far as they have to do with the rows; nil if they are not.
func (f *flow) callers(fn *ssa.Function) []ssa.CallInstruction {
	if f.open[fn] {
		return nil
	}
	return f.returns[fn]
}

// exposes follows rows that are in a field of a struct which has escaped. Only the functions of its package read a field that is not
// exported, and other code may call them at any time. It returns false if other code can read the field.
func (f *flow) exposes(l label) bool {
	if l.in == nil || l.of.kind != handle && l.of.kind != single {
		return false
	}
	s, ok := l.in.Underlying().(*types.Struct)
	if !ok || s.Field(l.field).Exported() || s.Field(l.field).Embedded() {
		return false
	}
	p := f.declaring(l.in.Obj())
	if p == nil {
		return false
	}
	uses := p.fieldUses()
	if uses.pointers {
		return false
	}
	of := slot{slotName(l.in), l.field}
	if f.exposed[of] {
		return true
	}
	f.exposed[of] = true
	for _, use := range uses.of(of, s) {
		for fn := use.Parent(); fn != nil; fn = fn.Parent() { // a literal puts values into the variables of the function around it
			f.opens(fn)
		}
		f.mark(use, *l.of)
	}
	return true
}

// declaring returns the package of the application that declares a type, nil for other types.
func (f *flow) declaring(obj *types.TypeName) *pkg {
	if obj.Pkg() == nil || f.world == nil {
		return nil
	}
	file := f.world.fset.Position(obj.Pos()).Filename
	on := f.applicationFile(file, obj.Pkg().Path()+"."+obj.Name())
	if on == "" {
		return nil
	}
	return f.packageAt(on)
}

// structName returns the named type of the struct that t is or points to, nil if it has no name.
func structName(t types.Type) *types.Named {
	for {
		p, ok := t.Underlying().(*types.Pointer)
		if !ok {
			break
		}
		t = p.Elem()
	}
	named, _ := types.Unalias(t).(*types.Named)
	return named
}

// fieldUses are the reads of fields in a package, and of their addresses.
type fieldUses struct {
	bySlot   map[slot][]fieldUse
	types    map[string]*types.Struct
	pointers bool // it converts unsafe pointers: any field may be read
}

type fieldUse interface {
	ssa.Value
	Parent() *ssa.Function
}

// fieldUses returns the reads of fields in p.
func (p *pkg) fieldUses() *fieldUses {
	if p.uses != nil {
		return p.uses
	}
	p.uses = &fieldUses{bySlot: map[slot][]fieldUse{}, types: map[string]*types.Struct{}}
	all := p.funcs
	if len(all) > 0 && all[0].Pkg != nil {
		all = append(all[:len(all):len(all)], all[0].Pkg.Func("init"))
	}
	for _, fn := range all {
		if fn == nil {
			continue
		}
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				p.uses.add(in)
			}
		}
	}
	return p.uses
}

func (u *fieldUses) add(in ssa.Instruction) {
	note := func(use fieldUse, of types.Type, field int) {
		s, name := structOf(of)
		if s != nil {
			at := slot{name, field}
			u.bySlot[at] = append(u.bySlot[at], use)
			u.types[name] = s
		}
	}
	switch in := in.(type) {
	case *ssa.FieldAddr:
		note(in, in.X.Type(), in.Field)
	case *ssa.Field:
		note(in, in.X.Type(), in.Field)
	case *ssa.Convert:
		u.pointers = u.pointers || unsafePointer(in.Type()) || unsafePointer(in.X.Type())
	}
}

func unsafePointer(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Kind() == types.UnsafePointer
}

// of returns the reads of a field of a struct type, and of the same field of types that it can be converted to.
func (u *fieldUses) of(field slot, s *types.Struct) (found []fieldUse) {
	for _, name := range slices.Sorted(maps.Keys(u.types)) {
		if t := u.types[name]; name == field.of || types.IdenticalIgnoreTags(t, s) || t.String() == s.String() {
			found = append(found, u.bySlot[slot{name, field.field}]...)
		}
	}
	return found
}
