package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/packages"
)

// A reason says why a name is kept.
type reason string

const (
	byInterface  reason = "that an interface asks for"
	byReflection reason = "that a library reads by reflection"
	byText       reason = "that a text names"
)

// A keeper collects the names of one application that cannot change without a change of what the program does.
type keeper struct {
	app      string
	programs []program
	imports  map[string]bool
	words    map[string]bool // words of the string literals, tags included
	kept     map[key]reason
}

// kept returns the keys that keep their names.
func (l *loading) kept(idents []ident) map[key]reason {
	kept := map[key]reason{}
	keepers := map[string]*keeper{}
	for _, p := range l.programs {
		k := keepers[p.app]
		if k == nil {
			k = &keeper{p.app, nil, map[string]bool{}, map[string]bool{}, kept}
			keepers[p.app] = k
		}
		k.programs = append(k.programs, p)
		for path := range p.Imports {
			k.imports[path] = true
		}
	}
	foreign := append(interfaces(l.foreign), types.Universe.Lookup("error").Type().Underlying().(*types.Interface))
	for _, k := range keepers {
		k.keepWords()
		k.keepReflected()
		k.keepMethods(foreign)
	}
	for _, id := range idents {
		k := keepers[id.key.app]
		if k.reflects() && id.key.class != value && token.IsExported(id.key.name) && k.words[k.fold(id.key.name)] {
			kept[id.key] = byText
		}
	}
	return kept
}

func (k *keeper) keep(obj types.Object, r reason) {
	if key, ok := keyOf(obj); ok && key.app == k.app {
		k.kept[key] = r
	}
}

// fold returns a name as texts spell it. Schemas of graph-gophers match names in any case.
func (k *keeper) fold(name string) string {
	if k.imports["github.com/graph-gophers/graphql-go"] {
		return strings.ToLower(name)
	}
	return name
}

var word = regexp.MustCompile(`[\pL_][\pL\pN_]*`)

// keepWords collects the words of all texts: templates, schemas, tags and arguments such as Preload("Lines") name
// fields, methods and types.
func (k *keeper) keepWords() {
	for _, p := range k.programs {
		p.inspect(func(n ast.Node) {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if text, err := strconv.Unquote(lit.Value); err == nil {
					for _, w := range word.FindAllString(text, -1) {
						k.words[k.fold(w)] = true
					}
				}
			}
		})
	}
}

// byName are libraries that find fields and methods by names in texts, besides the mappers.
var byName = []string{"text/template", "html/template", "github.com/graph-gophers/graphql-go"}

// reflects reports whether the application imports a library that finds fields, methods or types by name.
func (k *keeper) reflects() bool {
	return slices.ContainsFunc(byName, func(path string) bool { return k.imports[path] }) ||
		slices.ContainsFunc(mappers, k.uses)
}

// uses reports whether the application maps names with m.
func (k *keeper) uses(m mapper) bool {
	return k.imports[m.path] && (m.path != jsonPath || k.decodes())
}

// A mapper is a library that finds columns, keys or tables by the names of fields and types.
type mapper struct {
	path     string
	explicit func(reflect.StructTag) bool // the tag gives the column, so that the field's name does not matter
	types    bool                         // the name of a struct type matters
	named    bool                         // but not if the type has a method TableName
}

func tagged(name string) func(reflect.StructTag) bool {
	return func(tag reflect.StructTag) bool {
		v, _, _ := strings.Cut(tag.Get(name), ",")
		return v != ""
	}
}

func tagHas(name, part string) func(reflect.StructTag) bool {
	return func(tag reflect.StructTag) bool { return strings.Contains(tag.Get(name), part) }
}

func never(reflect.StructTag) bool { return false }

const jsonPath = "encoding/json"

var mappers = []mapper{
	{path: "gorm.io/gorm", explicit: tagHas("gorm", "column:"), types: true},
	{path: "xorm.io/xorm", explicit: tagHas("xorm", "'"), types: true, named: true},
	{path: "github.com/uptrace/bun", explicit: never, types: true},
	{path: "github.com/go-jet/jet/v2/qrm", explicit: never, types: true},
	{path: "github.com/go-jet/jet/v2/postgres", explicit: never, types: true},
	{path: "github.com/go-jet/jet/v2/sqlite", explicit: never, types: true},
	{path: "github.com/jmoiron/sqlx", explicit: tagged("db")},
	{path: "github.com/go-gorp/gorp/v3", explicit: tagged("db")},
	{path: "github.com/pocketbase/dbx", explicit: tagged("db"), types: true, named: true},
	{path: "github.com/graphql-go/graphql", explicit: tagged("json")},
	{path: jsonPath, explicit: tagged("json")},
}

// decodes reports whether the application reads JSON: what it writes may have other keys.
func (k *keeper) decodes() bool {
	for _, p := range k.programs {
		for _, obj := range p.TypesInfo.Uses {
			if fn, ok := obj.(*types.Func); ok && fn.Pkg() != nil && fn.Pkg().Path() == jsonPath && (fn.Name() == "Unmarshal" || fn.Name() == "Decode") {
				return true
			}
		}
	}
	return false
}

// keepReflected keeps the exported fields that libraries map by name, and the names of the types that have them.
func (k *keeper) keepReflected() {
	for _, m := range mappers {
		if !k.uses(m) {
			continue
		}
		for _, p := range k.programs {
			for _, obj := range p.TypesInfo.Defs {
				if t, ok := obj.(*types.TypeName); ok && m.types && mapped(t.Type()) && !(m.named && hasMethod(t, "TableName")) {
					k.keep(t, byReflection)
				}
			}
			p.inspect(func(n ast.Node) {
				expr, ok := n.(*ast.StructType)
				if !ok {
					return
				}
				s, ok := p.TypesInfo.TypeOf(expr).(*types.Struct)
				if !ok {
					return
				}
				for i := range s.NumFields() {
					if f := s.Field(i); f.Exported() && !m.explicit(reflect.StructTag(s.Tag(i))) {
						k.keep(f, byReflection)
					}
				}
			})
		}
	}
}

// mapped reports whether a type is a struct with an exported field, as rows are read into.
func mapped(t types.Type) bool {
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for f := range s.Fields() {
		if f.Exported() {
			return true
		}
	}
	return false
}

func hasMethod(t *types.TypeName, name string) bool {
	obj, _, _ := types.LookupFieldOrMethod(t.Type(), true, t.Pkg(), name)
	_, ok := obj.(*types.Func)
	return ok
}

// keepMethods keeps the methods with which types of the application satisfy foreign interfaces, and those of its own
// interfaces that foreign types satisfy.
func (k *keeper) keepMethods(foreign []*types.Interface) {
	var pkgs []*packages.Package
	outside := map[types.Type]bool{} // foreign types that expressions of the application have
	own := map[*types.TypeName]bool{}
	for _, p := range k.programs {
		pkgs = append(pkgs, p.Package)
		for _, obj := range p.TypesInfo.Defs {
			if t, ok := obj.(*types.TypeName); ok {
				own[t] = true
			}
		}
		for _, tv := range p.TypesInfo.Types {
			if t := typeNameOf(tv.Type); t != nil {
				if _, ok := keyOf(t); !ok {
					outside[t.Type()] = true
				}
			}
		}
	}
	keepAll := func(i *types.Interface, of types.Type) {
		for m := range i.Methods() {
			obj, _, _ := types.LookupFieldOrMethod(of, true, m.Pkg(), m.Name())
			k.keep(obj, byInterface)
			k.keep(m, byInterface)
		}
	}
	for t := range own {
		if _, isParam := t.Type().(*types.TypeParam); isParam {
			continue
		}
		methods := methodsOf(t.Type())
		for _, i := range foreign {
			if methods.satisfy(i) {
				keepAll(i, t.Type())
			}
		}
	}
	ownInterfaces := interfaces(pkgs)
	for t := range outside {
		methods := methodsOf(t)
		for _, i := range ownInterfaces {
			if methods.satisfy(i) {
				keepAll(i, t)
			}
		}
	}
}

// A methodSet is the methods of a type and of the pointer to it.
type methodSet struct {
	of  types.Type
	set *types.MethodSet
}

func methodsOf(t types.Type) methodSet {
	if types.IsInterface(t) {
		return methodSet{t, types.NewMethodSet(t)}
	}
	return methodSet{t, types.NewMethodSet(types.NewPointer(t))}
}

// satisfy reports whether the methods are those that i asks for. Where i or the type is generic, names decide.
func (s methodSet) satisfy(i *types.Interface) bool {
	generic := false
	for m := range i.Methods() {
		sel := s.set.Lookup(m.Pkg(), m.Name())
		if sel == nil {
			return false
		}
		generic = generic || mentionsParam(m.Type(), 0) || mentionsParam(sel.Type(), 0)
	}
	return generic || types.Implements(s.of, i) || types.Implements(types.NewPointer(s.of), i)
}

// mentionsParam reports whether a type has a type parameter in it.
func mentionsParam(t types.Type, depth int) bool {
	if depth > 8 {
		return true
	}
	switch t := t.(type) {
	case *types.TypeParam:
		return true
	case *types.Signature:
		return mentionsParam(t.Params(), depth+1) || mentionsParam(t.Results(), depth+1)
	case *types.Tuple:
		for v := range t.Variables() {
			if mentionsParam(v.Type(), depth+1) {
				return true
			}
		}
	case *types.Named:
		for arg := range t.TypeArgs().Types() {
			if mentionsParam(arg, depth+1) {
				return true
			}
		}
	case *types.Map:
		return mentionsParam(t.Key(), depth+1) || mentionsParam(t.Elem(), depth+1)
	case interface{ Elem() types.Type }:
		return mentionsParam(t.Elem(), depth+1)
	}
	return false
}
