// Package examples holds a bad and a good example for each rule, on database/sql and on GORM, as code that compiles. The
// command and the page about rules show them.
package examples

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"sync"
)

var (
	//go:embed sql.go
	sqlSource string
	// GORM is no dependency of this module: testdata/layers, a module of its own, compiles this file.
	//go:embed gorm.go.txt
	gormSource string
)

// An Example is one way of doing something.
type Example struct {
	Layer string // database/sql or GORM
	Bad   string // Go source
	Good  string
}

// Of returns the examples of a rule, one for each layer; none for a rule that has none.
func Of(rule string) []Example {
	var name strings.Builder
	for word := range strings.SplitSeq(rule, "-") {
		name.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	var found []Example
	for _, layer := range []struct {
		name  string
		funcs map[string]string
	}{{"database/sql", sqlFuncs()}, {"GORM", gormFuncs()}} {
		bad, good := layer.funcs["Bad"+name.String()], layer.funcs["Good"+name.String()]
		if bad != "" && good != "" {
			found = append(found, Example{layer.name, bad, good})
		}
	}
	return found
}

// Silence says how to keep a rule quiet where what it finds is wanted.
func Silence(rule string) string {
	return fmt.Sprintf("At the loop, the call or the function, write the comment //nplusgone:ignore %s REASON, with max=N before the reason for up to N statements; "+
		"nplusgonetest.WithException does so by function, table or fingerprint. In code, run the statements within nplusgone.Ignore. For a test, give nplusgonetest.Test the option "+
		"WithoutRules(%q); for a service, New or Middleware. WithLevel(detector.Proven) leaves only what is proven.", rule, rule)
}

var (
	sqlFuncs  = sync.OnceValue(func() map[string]string { return functions(sqlSource) })
	gormFuncs = sync.OnceValue(func() map[string]string { return functions(gormSource) })
)

// functions returns the source of each function of a file, by name, with four spaces for a tab.
func functions(src string) map[string]string {
	found := map[string]string{}
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "", src, parser.SkipObjectResolution)
	if err != nil {
		return found // a test parses it
	}
	for _, decl := range file.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok {
			text := src[set.Position(fn.Pos()).Offset:set.Position(fn.End()).Offset]
			found[fn.Name.Name] = strings.ReplaceAll(text, "\t", "    ")
		}
	}
	return found
}
