// Package examples has a bad and a good example for each rule, on database/sql and on GORM. The command and the page
// about rules show them. They are code that compiles.
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
	// This module does not depend on GORM: another one, testdata/layers, compiles this file.
	//go:embed gorm.go.txt
	gormSource string
)

// An Example is code that a rule is about, and code to write instead.
type Example struct {
	Layer string // database/sql or GORM
	Bad   string // Go source
	Good  string
}

// Of returns the examples of a rule, one for each layer. An unknown rule has none.
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

// Accept says how to accept findings of a rule.
func Accept(rule string) string {
	return fmt.Sprintf("Write a comment at the loop, at the call or above the function: //nplusgone:ignore %s REASON. With max=N before the reason, "+
		"it accepts up to N statements. nplusgone.WithException does the same by function, table or fingerprint. nplusgone.Ignore runs code whose statements "+
		"are not recorded. nplusgone.WithoutRules(%q) turns the rule off, for a test or a service.", rule, rule)
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
		return found // TestEveryRuleHasExamples fails then
	}
	for _, decl := range file.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok {
			text := src[set.Position(fn.Pos()).Offset:set.Position(fn.End()).Offset]
			found[fn.Name.Name] = strings.ReplaceAll(text, "\t", "    ")
		}
	}
	return found
}
