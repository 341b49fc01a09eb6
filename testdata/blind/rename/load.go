package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"strings"

	"golang.org/x/tools/go/packages"
)

// A program is one of the loaded packages of the copy.
type program struct {
	*packages.Package
	app string // folder of the application that the package belongs to, such as a/clinic
}

// A loading is the copied module with all its dependencies.
type loading struct {
	fset     *token.FileSet
	programs []program
	foreign  []*packages.Package
}

// load type-checks the programs in dir and all that they import, from source, so that the interfaces of every
// dependency can be seen.
func load(dir string) (*loading, error) {
	l := &loading{fset: token.NewFileSet()}
	var patterns []string
	for _, p := range programs {
		patterns = append(patterns, "./"+p+"/...")
	}
	loaded, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports |
			packages.NeedDeps | packages.NeedTypes | packages.NeedSyntax | packages.NeedTypesInfo,
		Dir:  dir,
		Fset: l.fset,
	}, patterns...)
	if err != nil {
		return nil, err
	}
	for p := range packages.Postorder(loaded) {
		app, ok := appOf(p.PkgPath)
		if !ok {
			l.foreign = append(l.foreign, p)
			continue
		}
		if len(p.Errors) > 0 {
			return nil, fmt.Errorf("%s: %v", p.PkgPath, p.Errors[0])
		}
		l.programs = append(l.programs, program{p, app})
	}
	return l, nil
}

// appOf returns the application that a package belongs to. It returns false for a package that is not a program: a
// dependency, or one that declares the type Case.
func appOf(pkgPath string) (string, bool) {
	rel, ok := strings.CutPrefix(pkgPath, module+"/")
	if !ok {
		return "", false
	}
	parts := strings.SplitN(rel, "/", 3)
	if len(parts) < 2 {
		return "", false
	}
	return path.Join(parts[0], parts[1]), true
}

// inspect calls fn for each node of the program.
func (p program) inspect(fn func(ast.Node)) {
	for _, file := range p.Syntax {
		ast.Inspect(file, func(n ast.Node) bool {
			if n != nil {
				fn(n)
			}
			return true
		})
	}
}

// interfaces returns the interfaces that the packages declare, by name or in place, and that have methods.
func interfaces(pkgs []*packages.Package) []*types.Interface {
	var found []*types.Interface
	for _, p := range pkgs {
		for _, file := range p.Syntax {
			ast.Inspect(file, func(n ast.Node) bool {
				if expr, ok := n.(*ast.InterfaceType); ok {
					if i, ok := p.TypesInfo.TypeOf(expr).(*types.Interface); ok && i.NumMethods() > 0 {
						found = append(found, i)
					}
				}
				return true
			})
		}
	}
	return found
}
