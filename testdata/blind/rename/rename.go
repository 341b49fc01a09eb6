package main

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"os"
	"slices"
	"strings"
)

// A class is one of the kinds of names of which one decision holds for a whole application.
type class string

const (
	value  class = "value"  // functions, variables, constants, labels
	typ    class = "type"   // types and type parameters
	member class = "member" // fields and methods
)

// A key is a name of an application. All objects with one key keep their name, or all are renamed, so that types that
// satisfy an interface of the application, and structs that are converted, stay alike.
type key struct {
	app   string
	class class
	name  string
}

// keyOf returns the key of an object of a program. It returns false for objects that are never renamed.
func keyOf(obj types.Object) (key, bool) {
	if obj == nil || obj.Pkg() == nil || obj.Name() == "_" {
		return key{}, false
	}
	app, ok := appOf(obj.Pkg().Path())
	if !ok {
		return key{}, false
	}
	k := key{app, value, obj.Name()}
	switch obj := obj.(type) {
	case *types.PkgName:
		return key{}, false
	case *types.TypeName:
		k.class = typ
	case *types.Func:
		if obj.Signature().Recv() != nil {
			k.class = member
		} else if obj.Parent() == obj.Pkg().Scope() && slices.Contains([]string{"Cases", "init", "main"}, obj.Name()) {
			return key{}, false
		}
	case *types.Var:
		switch {
		case obj.Embedded():
			return keyOf(typeNameOf(obj.Type())) // an embedded field has the name of its type
		case obj.IsField():
			k.class = member
		}
	}
	return k, true
}

// typeNameOf returns the name of a type or of what it points to, or nil.
func typeNameOf(t types.Type) types.Object {
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	if n, ok := t.(interface{ Obj() *types.TypeName }); ok {
		return n.Obj()
	}
	return nil
}

// An ident is one place in a file that has a name.
type ident struct {
	key key
	pos token.Position
}

// idents returns each identifier of the programs that could be renamed, once.
func (l *loading) idents() []ident {
	found := map[token.Pos]key{}
	for _, p := range l.programs {
		for id, obj := range p.TypesInfo.Defs {
			if k, ok := keyOf(obj); ok {
				found[id.Pos()] = k
			}
		}
		for id, obj := range p.TypesInfo.Uses {
			if k, ok := keyOf(obj); ok {
				found[id.Pos()] = k
			}
		}
		p.inspect(func(n ast.Node) {
			// The x of switch x := y.(type) declares an object in each clause, and none itself.
			if s, ok := n.(*ast.TypeSwitchStmt); ok {
				if assign, ok := s.Assign.(*ast.AssignStmt); ok {
					if x := assign.Lhs[0].(*ast.Ident); x.Name != "_" {
						found[x.Pos()] = key{p.app, value, x.Name}
					}
				}
			}
		})
	}
	var all []ident
	for pos, k := range found {
		all = append(all, ident{k, l.fset.Position(pos)})
	}
	slices.SortFunc(all, func(a, b ident) int {
		return cmp.Or(cmp.Compare(a.pos.Filename, b.pos.Filename), cmp.Compare(a.pos.Offset, b.pos.Offset))
	})
	return all
}

// rename writes the files of the programs with new names, and returns a line about what it did. A name gets one new
// name in all programs; it stays exported if it was.
func (l *loading) rename(words []string) (string, error) {
	idents := l.idents()
	kept := l.kept(idents)
	names := newNames(idents, words)
	renamed, places := map[key]bool{}, 0
	files := map[string][]ident{}
	for _, id := range idents {
		if _, keep := kept[id.key]; !keep {
			renamed[id.key] = true
			places++
			files[id.pos.Filename] = append(files[id.pos.Filename], id)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		text, err := os.ReadFile(name)
		if err != nil {
			return "", err
		}
		var out bytes.Buffer
		at := 0
		for _, id := range files[name] {
			end := id.pos.Offset + len(id.key.name)
			if string(text[id.pos.Offset:end]) != id.key.name {
				return "", fmt.Errorf("%s: no %s there", id.pos, id.key.name)
			}
			out.Write(text[at:id.pos.Offset])
			out.WriteString(names[id.key.name])
			at = end
		}
		out.Write(text[at:])
		if err := os.WriteFile(name, out.Bytes(), 0o666); err != nil {
			return "", err
		}
	}
	var why []string
	reasons := map[reason]int{}
	for _, r := range kept {
		reasons[r]++
	}
	for _, r := range slices.Sorted(maps.Keys(reasons)) {
		why = append(why, fmt.Sprintf("%d %s", reasons[r], r))
	}
	return fmt.Sprintf("renamed %d names at %d places in %d files; kept %d names: %s\n",
		len(renamed), places, len(files), len(kept), strings.Join(why, ", ")), nil
}

// newNames returns a new name for each name: a word and a number that no other name has.
func newNames(idents []ident, words []string) map[string]string {
	names := map[string]string{}
	for _, id := range idents {
		names[id.key.name] = ""
	}
	for i, name := range slices.Sorted(maps.Keys(names)) {
		word := words[i%len(words)]
		first := strings.ToLower(word[:1])
		if token.IsExported(name) {
			first = strings.ToUpper(first)
		}
		names[name] = fmt.Sprintf("%s%s%04d", first, word[1:], i)
	}
	return names
}
