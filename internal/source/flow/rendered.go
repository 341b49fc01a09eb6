package flow

import (
	"go/types"
	"slices"
	"text/template/parse"

	"golang.org/x/tools/go/ssa"
)

// A shape is what a value in a template may be: of a type, or a map that was made with constant keys.
type shape struct {
	t    types.Type
	keys *ssa.MakeMap // may be nil
}

type shapes []shape

// maxShapes bounds the shapes of one value, maxTemplates the templates that call one another.
const (
	maxShapes    = 64
	maxTemplates = 12
)

// shapeOf returns the shapes of a value that was put into an interface.
func (f *flow) shapeOf(v ssa.Value) shapes {
	v = unboxed(v)
	if types.IsInterface(v.Type()) {
		return f.anything()
	}
	if m, ok := v.(*ssa.MakeMap); ok && constantKeys(m) {
		return shapes{{v.Type(), m}}
	}
	return shapes{{t: v.Type()}}
}

// anything returns the shapes of the values of rows that were put into interfaces.
func (f *flow) anything() (all shapes) {
	for _, v := range f.boxed {
		if v := unboxed(v); !types.IsInterface(v.Type()) {
			all = append(all, f.shapeOf(v)...)
		}
	}
	return all
}

// constantKeys reports whether all keys of a map are constant, as far as its function shows.
func constantKeys(m *ssa.MakeMap) bool {
	for _, ref := range realReferrers(m) {
		switch ref := ref.(type) {
		case *ssa.MapUpdate:
			if _, ok := constantText(ref.Key); !ok || ref.Map != m {
				return false
			}
		case *ssa.MakeInterface, *ssa.ChangeType, *ssa.Lookup:
		default:
			return false
		}
	}
	return true
}

// An evaluation reads the fields that a template names.
type evaluation struct {
	*flow
	rendering
	vars  map[string]shapes
	depth int
	steps int
	lost  bool // a template is not known, or there are too many
}

// template evaluates the template with that name.
func (e *evaluation) template(name string, dot shapes) {
	tree := e.set.trees[name]
	if e.depth++; tree == nil || e.depth > maxTemplates {
		e.lost = true
	} else if tree.Root != nil {
		outer := e.vars
		e.vars = map[string]shapes{"$": dot}
		e.list(tree.Root, dot)
		e.vars = outer
	}
	e.depth--
}

func (e *evaluation) list(l *parse.ListNode, dot shapes) {
	if l == nil {
		return
	}
	for _, n := range l.Nodes {
		if e.steps++; e.steps > 1<<14 {
			e.lost = true
			return
		}
		switch n := n.(type) {
		case *parse.ActionNode:
			if s := e.pipe(n.Pipe, dot); len(n.Pipe.Decl) == 0 {
				e.print(s)
			}
		case *parse.IfNode:
			e.asks(e.pipe(n.Pipe, dot))
			e.list(n.List, dot)
			e.list(n.ElseList, dot)
		case *parse.WithNode:
			s := e.pipe(n.Pipe, dot)
			e.asks(s)
			e.list(n.List, s)
			e.list(n.ElseList, dot)
		case *parse.RangeNode:
			s := e.elements(e.pipe(n.Pipe, dot))
			for i, v := range n.Pipe.Decl {
				if e.vars[v.Ident[0]] = nil; i == len(n.Pipe.Decl)-1 {
					e.vars[v.Ident[0]] = s
				}
			}
			e.list(n.List, s)
			e.list(n.ElseList, dot)
		case *parse.TemplateNode:
			e.template(n.Name, e.pipe(n.Pipe, dot))
		}
	}
}

func (e *evaluation) pipe(p *parse.PipeNode, dot shapes) (s shapes) {
	if p == nil {
		return nil
	}
	for i, cmd := range p.Cmds {
		s = e.command(cmd, dot, s, i > 0)
	}
	for _, v := range p.Decl {
		e.vars[v.Ident[0]] = append(slices.Clone(s), e.vars[v.Ident[0]]...)
	}
	return s
}

// command evaluates a command of a pipeline, after whose arguments the value of the one before is one more.
func (e *evaluation) command(cmd *parse.CommandNode, dot, last shapes, piped bool) shapes {
	var args []shapes
	for _, a := range cmd.Args[1:] {
		args = append(args, e.argument(a, dot))
	}
	if piped {
		args = append(args, last)
	}
	fn, ok := cmd.Args[0].(*parse.IdentifierNode)
	if !ok { // a method may do anything with its arguments
		e.print(args...)
		return e.argument(cmd.Args[0], dot)
	}
	switch fn.Ident {
	case "len":
		for _, s := range args {
			if e.holdsRowsOf(s) {
				e.numbers = append(e.numbers, event{e.by.Pos(), e.by.Parent()})
			}
		}
		return nil
	case "and", "or":
		return slices.Concat(args...)
	case "not":
		for _, s := range args {
			e.asks(s)
		}
		return nil
	case "index", "slice":
		if len(args) == 0 {
			return nil
		}
		s := args[0]
		if fn.Ident == "index" {
			for range args[1:] {
				s = e.elements(s)
			}
		}
		return s
	}
	e.print(args...)
	return nil
}

func (e *evaluation) argument(n parse.Node, dot shapes) shapes {
	switch n := n.(type) {
	case *parse.DotNode:
		return dot
	case *parse.FieldNode:
		return e.access(dot, n.Ident)
	case *parse.VariableNode:
		return e.access(e.vars[n.Ident[0]], n.Ident[1:])
	case *parse.ChainNode:
		return e.access(e.argument(n.Node, dot), n.Field)
	case *parse.PipeNode:
		return e.pipe(n, dot)
	case *parse.IdentifierNode:
		return e.command(&parse.CommandNode{Args: []parse.Node{n}}, dot, nil, false)
	}
	return nil
}

// access reads a field of a field.
func (e *evaluation) access(s shapes, names []string) shapes {
	for _, name := range names {
		var next shapes
		for _, of := range s {
			next = append(next, e.field(of, name)...)
		}
		if s = next; len(s) > maxShapes {
			e.lost = true
			return nil
		}
	}
	return s
}

// field reads a field, a method or a key.
func (e *evaluation) field(of shape, name string) (s shapes) {
	t := of.t
	if types.IsInterface(t) {
		for _, o := range e.anything() {
			s = append(s, e.field(o, name)...)
		}
		return s
	}
	if m := methodOf(t, name); m != nil {
		e.escape(t, label{kind: one})
		for v := range m.Signature().Results().Variables() {
			return shapes{{t: v.Type()}}
		}
		return nil
	}
	if of.keys != nil {
		for _, ref := range realReferrers(of.keys) {
			if update, ok := ref.(*ssa.MapUpdate); ok {
				if key, _ := constantText(update.Key); key == name {
					s = append(s, e.shapeOf(update.Value)...)
				}
			}
		}
		return s
	}
	if m, ok := pointee(t).Underlying().(*types.Map); ok {
		return e.opened(m.Elem())
	}
	obj, index, _ := types.LookupFieldOrMethod(t, true, nil, name)
	field, ok := obj.(*types.Var)
	if !ok {
		return nil
	}
	for _, i := range index {
		str, named := structOf(t)
		if str == nil {
			return nil
		}
		if cols := e.fields[slot{named, i}]; cols != 0 {
			e.readCell(label{kind: cell, cols: cols}, readOther, e.by, nil)
		}
		t = str.Field(i).Type()
	}
	return e.opened(field.Type())
}

// opened returns the shapes of a value of type t.
func (e *evaluation) opened(t types.Type) shapes {
	if types.IsInterface(t) {
		return e.anything()
	}
	return shapes{{t: t}}
}

// elements returns the shapes of the elements of collections.
func (e *evaluation) elements(s shapes) (all shapes) {
	for _, of := range s {
		switch u := pointee(of.t).Underlying().(type) {
		case *types.Slice:
			all = append(all, e.opened(u.Elem())...)
		case *types.Array:
			all = append(all, e.opened(u.Elem())...)
		case *types.Chan:
			all = append(all, e.opened(u.Elem())...)
		case *types.Map:
			all = append(all, e.opened(u.Elem())...)
		case *types.Signature:
			e.lost = true
		case *types.Interface:
			all = append(all, e.elements(e.anything())...)
		}
	}
	if len(all) > maxShapes {
		e.lost = true
		return nil
	}
	return all
}

// print reads all of values: a template prints them, or a function gets them.
func (e *evaluation) print(values ...shapes) {
	for _, s := range values {
		for _, of := range s {
			if e.mapped(of.t) {
				e.escape(of.t, label{kind: one})
			}
		}
	}
}

// mapped reports whether columns are in a value of type t, as far as its type shows.
func (e *evaluation) mapped(t types.Type) (found bool) {
	boxes, params := structsIn(t, func(name string) { found = found || e.maps(name) })
	return found || boxes || params
}

// asks records that a template tests whether there are rows in a collection.
func (e *evaluation) asks(s shapes) {
	if e.holdsRowsOf(s) {
		e.exists = append(e.exists, event{e.by.Pos(), e.by.Parent()})
	}
}

// holdsRowsOf reports whether a value may be a list of rows.
func (e *evaluation) holdsRowsOf(s shapes) bool {
	return slices.ContainsFunc(s, func(of shape) bool {
		list, ok := pointee(of.t).Underlying().(*types.Slice)
		if !ok {
			return false
		}
		_, name := structOf(list.Elem())
		return name != "" && e.maps(name)
	})
}
