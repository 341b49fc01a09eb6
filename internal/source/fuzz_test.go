package source_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
)

// No look-up panics, whatever a file has and wherever the frames point. Without the go command only the syntax is read.
func FuzzFinder(f *testing.F) {
	f.Setenv("PATH", "")
	names, err := filepath.Glob("testdata/shapes/*.go")
	if err != nil || len(names) == 0 {
		f.Fatalf("no shapes: %v", err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text), "F.func1", 20, 30)
	}
	for _, text := range []string{
		"", "package", "func F() { for", "func F() { for { x = func() { x() }; x() } }", "func F(a) { for a := range a[a] { a(&a.b.c, a...) } }",
		"func (F) F() {\n for range <-c { defer func() {\n go F() }() } }", "func F() { switch x := x.(type) { case x: x.x, _ = x } }",
	} {
		for _, function := range []string{"F", "F.func1", "F-range1", "F.func1.2"} {
			f.Add(text, function, 2, 3)
		}
	}
	f.Fuzz(func(t *testing.T, text, function string, line, other int) {
		finder := embedded(text)
		defer finder.Close()
		root := at("main", 1)
		parent := []analysis.Frame{at(function, other), root}
		for _, child := range [][]analysis.Frame{
			{at(function, line), root},
			{at("F", other), at(function, line), root},
			{at("F.func1", line), {Function: "lib.Each", File: "/nowhere/pkg/mod/lib.go", Line: line}, at("F", line), root},
		} {
			loops, _ := finder.Loops(child)
			loop, _, _ := loopOf(finder, child)
			for _, l := range append(loops, []analysis.Loop{loop, {Position: finding.Position{Line: line}}, {Frame: 1, Helper: "lib.Each", Position: finding.Position{Line: line}}}...) {
				finder.Flows(parent, child, l)
				finder.Snippet(child, l, other)
			}
			finder.Function(child[0])
			finder.Line(child[0].File, line)
		}
	})
}
