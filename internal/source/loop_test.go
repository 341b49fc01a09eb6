package source_test

import (
	"slices"
	"testing"
	"testing/fstest"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/source"
	"github.com/nplusgone/nplusgone/internal/source/testdata/shapes"
)

// embedded makes a Finder for package shop/store with one file that is not on disk.
func embedded(text string) *source.Finder {
	return source.New(source.WithFS("shop/store", fstest.MapFS{"store.go": {Data: []byte("package store\n" + text)}}))
}

// at is a frame of that file. Line 1 is the package clause.
func at(function string, line int) analysis.Frame {
	return analysis.Frame{Function: "shop/store." + function, File: "/nowhere/store/store.go", Line: line}
}

// What no running shape shows: code that gofmt would not leave alone, and stacks that are cut off or do not fit.
func TestLoopInText(t *testing.T) {
	library := func(function, file string) analysis.Frame {
		return analysis.Frame{Function: function, File: file, Line: 1}
	}
	for _, tt := range []struct {
		name, text string
		stack      []analysis.Frame
		want       string
	}{
		{
			"a body on the line of its loop", `func F() { for _, p := range list() { db.Query(p) } }`,
			[]analysis.Frame{at("F", 2)}, `range: store.F: func F() { for _, p := range list() { db.Query(p) } }`,
		},
		{
			"a range expression on the line of its body", `func F() { for _, p := range db.Query() { use(p) } }`,
			[]analysis.Frame{at("F", 2)}, "none",
		},
		{
			"a range expression on the line of its body, known by the next frame", `func F() { for _, p := range load() { use(p) } }`,
			[]analysis.Frame{at("load", 3), at("F", 2)}, "unknown",
		},
		{
			"two calls of which one repeats, and it is not known which", "func F() { for _, p := range a() { b(p) } }\nfunc c() {\n x() }",
			[]analysis.Frame{at("c", 4), at("F", 2)}, "none",
		},
		{
			"the right one of two literals on a line", "func F() { with(func() { n++ }, func() { for { db.Exec() } }) }",
			[]analysis.Frame{at("F.func2", 2)}, "forever: store.F: func F() { with(func() { n++ }, func() { for { db.Exec() } }) }",
		},
		{
			"a loop around a call of the same line as its literal", "func F() {\n for _, p := range list() { each(func() {\n  db.Exec(p)\n }) } }\nfunc each(f func()) {\n f() }",
			[]analysis.Frame{at("F.func1", 4), at("each", 7), at("F", 3)}, "range: store.F: for _, p := range list() { each(func()",
		},
		{
			"the head of a loop over rows", "func F() {\n for _, p := range list() {\n  for rows.Next() {\n   use(p) } } }",
			[]analysis.Frame{at("F", 4)}, "range: store.F: for _, p := range list()",
		},
		{
			"a Next of the user's own", "func F() {\n for it.Next() {\n  use() } }\nfunc (i *it) Next() bool {\n return i.Query() }",
			[]analysis.Frame{at("(*it).Next", 6), at("F", 3)}, "while: store.F: for it.Next()",
		},
		{
			"a deferred call at a return in a loop", "func F() {\n defer done()\n for _, p := range list() {\n  if p {\n   return\n  } } }\nfunc done() {\n db.Exec() }",
			[]analysis.Frame{at("done", 9), at("F", 6)}, "none",
		},
		{
			"a deferred call after a loop", "func F() {\n for _, p := range list() {\n  defer db.Exec(p)\n }\n}",
			[]analysis.Frame{at("F", 6)}, "none",
		},
		{
			"a function that the file does not have at that line", "func F() {\n for {\n  db.Exec()\n } }",
			[]analysis.Frame{at("G", 4)}, "unknown",
		},
		{
			"a missing file", "",
			[]analysis.Frame{{Function: "shop/other.F", File: "/nowhere/other/other.go", Line: 3}}, "unknown",
		},
		{
			"a missing file inside a loop", "func F() {\n for {\n  other.F()\n } }",
			[]analysis.Frame{{Function: "shop/other.F", File: "/nowhere/other/other.go", Line: 3}, at("F", 4)}, "forever: store.F: for",
		},
		{
			"a broken file", "func F() {\n for {\n  db.Exec()\n }\n}\nfunc G( {",
			[]analysis.Frame{at("F", 4)}, "forever: store.F: for",
		},
		{
			"a line comment", "//line other.go:100\nfunc F() {\n for {\n  db.Exec()\n }\n}",
			[]analysis.Frame{at("F", 5)}, "forever: store.F: for",
		},
		{
			"a literal in a table of the package", "var routes = []route{\n {\"/\", func() {\n  for {\n   db.Exec()\n  } } },\n}",
			[]analysis.Frame{at("init.func1", 5)}, "forever: store.init: for",
		},
		{
			"a loop of requests, each with a scope", "func F() {\n db.Exec() }\nfunc G() {\n for {\n  serve() } }",
			[]analysis.Frame{
				at("F", 3),
				library("github.com/nplusgone/nplusgone.(*Watcher).Middleware.func1", "/nowhere/nplusgone/watcher.go"),
				at("G", 6),
			}, "none",
		},
		{
			"a handler between a middleware and its router", "func Handler() {\n db.Exec() }\nfunc Middleware() {\n next.ServeHTTP() }",
			[]analysis.Frame{
				at("Handler", 3),
				library("example.com/mux.(*Router).Next", "/nowhere/pkg/mod/example.com/mux@v1.0.0/mux.go"),
				library("example.com/mux.(*Router).ServeHTTP", "/nowhere/pkg/mod/example.com/mux@v1.0.0/mux.go"),
				at("Middleware", 5),
			}, "none",
		},
		{
			"a callback of a library without source", "func F() {\n lib.Each(list(), func() {\n  db.Exec() }) }",
			[]analysis.Frame{
				at("F.func1", 4),
				library("example.com/lib.Each", "/nowhere/pkg/mod/example.com/lib@v1.0.0/lib.go"),
				at("F", 3),
			}, "unknown",
		},
		{"no frame", "", nil, "unknown"},
		{"no frame of the user's", "", []analysis.Frame{library("example.com/lib.Each", "/nowhere/pkg/mod/example.com/lib@v1.0.0/lib.go")}, "unknown"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			stack := append(slices.Clone(tt.stack), analysis.Frame{Function: "runtime.main"}) // nothing is further out
			if got := describe(loopOf(embedded(tt.text), stack)); got != tt.want {
				t.Errorf("Loop = %s\nwant   %s", got, tt.want)
			}
		})
	}
}

// A helper that calls back in goroutines is known by the literal that was handed to it.
func TestLoopOfParallelHelper(t *testing.T) {
	helper := func(function string, line int) analysis.Frame {
		return analysis.Frame{Function: "example.com/par." + function, File: "/nowhere/pkg/mod/example.com/par@v1.0.0/par.go", Line: line}
	}
	finder := source.New(
		source.WithFS("shop/store", fstest.MapFS{"store.go": {Data: []byte("package store\nfunc F() {\n" +
			" par.ForEach(list(), func(p Post) {\n  db.Exec(p)\n })\n" +
			" par.Submit(func() {\n  db.Exec()\n })\n}\n")}}),
		source.WithFS("example.com/par", fstest.MapFS{"par.go": {Data: []byte("package par\n" +
			"func ForEach(list []any, do func(any)) {\n for _, v := range list {\n  go func() {\n   do(v)\n  }()\n } }\n" +
			"func Submit(do func()) {\n tasks <- do\n go func() {\n  for do := range tasks {\n   do()\n  } }() }\n")}}),
	)
	for _, tt := range []struct {
		name  string
		stack []analysis.Frame
		want  string
	}{
		{
			"a goroutine for each value", []analysis.Frame{at("F.func1", 4), helper("ForEach.func1", 5)},
			"range: store.F: par.ForEach(list(), func(p Post), calls back from par.ForEach",
		},
		{"a task of a pool", []analysis.Frame{at("F.func2", 7), helper("Submit.func1", 12)}, "unknown"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := describe(loopOf(finder, tt.stack)); got != tt.want {
				t.Errorf("Loop = %s\nwant   %s", got, tt.want)
			}
		})
	}
}

// A loop in a test is found where the code within has none of its own.
func TestLoopOfTest(t *testing.T) {
	finder := source.New()
	inner := func(db *shapes.DB) {
		for range 2 {
			shapes.Range(db)
		}
	}
	alone := func(db *shapes.DB) {
		for range 2 {
			shapes.AfterTheLoop(db)
		}
	}
	for _, tt := range []struct {
		name string
		run  func(*shapes.DB)
		want string
	}{
		{"around another loop", inner, "range: Range: for _, p := range posts()"},
		{"alone", alone, "counter: source_test.TestLoopOfTest: for range 2, constant, test"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := describe(loopOf(finder, stacks(tt.run, "child")[0])); got != tt.want {
				t.Errorf("Loop = %s\nwant   %s", got, tt.want)
			}
		})
	}
}

// A loop's file is relative to the module's root, and its frame is that of its function.
func TestLoopPlace(t *testing.T) {
	stack := stacks(shapes.Funnel, "child")[0]
	loop, found, _ := loopOf(source.New(), stack)
	if !found {
		t.Fatal("no loop found")
	}
	if got, want := loop.File, "internal/source/testdata/shapes/functions.go"; got != want {
		t.Errorf("File = %q, want %q", got, want)
	}
	if got, want := stack[loop.Frame].Function, shapesPath+".Funnel"; got != want {
		t.Errorf("the frame's function = %q, want %q", got, want)
	}
}

const shapesPath = "github.com/nplusgone/nplusgone/internal/source/testdata/shapes"
