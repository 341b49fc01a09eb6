package source_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/source"
	"github.com/nplusgone/nplusgone/internal/source/testdata/shapes"
)

// all writes down what Loops returns, a line a loop, and whether there may be more.
func all(loops []analysis.Loop, complete bool) string {
	var lines []string
	for _, l := range loops {
		s := describe(l, true, true)
		for _, flag := range []struct {
			name string
			set  bool
		}{{"returns", l.Returns}, {"retries", l.Retries}, {"library", l.Library}} {
			if flag.set {
				s += ", " + flag.name
			}
		}
		lines = append(lines, s)
	}
	if !complete {
		lines = append(lines, "perhaps more")
	}
	return strings.Join(lines, "\n")
}

// lib is a frame of a library in the module cache.
func lib(function string, line int) analysis.Frame {
	pkg, _, _ := strings.Cut(function, ".F")
	pkg = strings.TrimSuffix(pkg, ".")
	return analysis.Frame{Function: function, File: "/nowhere/pkg/mod/" + pkg + "@v1.0.0/lib.go", Line: line}
}

var (
	tested = analysis.Frame{Function: "testing.tRunner", File: "/usr/local/go/src/testing/testing.go", Line: 1}
	exit   = analysis.Frame{Function: "runtime.goexit", File: "/usr/local/go/src/runtime/asm.s", Line: 1}
	served = analysis.Frame{Function: "net/http.(*conn).serve", File: "/usr/local/go/src/net/http/server.go", Line: 1}
)

// Proves that all loops around a statement are found, the innermost first, and when others may be hidden.
func TestLoops(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		stack      []analysis.Frame
		want       []string
	}{
		{
			"two loops in one function and one in its caller", "func F() {\n for _, p := range a() {\n  for i := 0; i < 3; i++ {\n   db.Exec(p) } } }\nfunc G() {\n for {\n  F() } }",
			[]analysis.Frame{at("F", 5), at("G", 8), tested},
			[]string{"counter: store.F: for i := 0; i < 3; i++, constant", "range: store.F: for _, p := range a()", "forever: store.G: for"},
		},
		{
			"a loop that returns behind the statement", "func F() {\n for _, p := range a() {\n  if p {\n   db.Exec(p)\n   return\n  } } }",
			[]analysis.Frame{at("F", 5), tested}, []string{"range: store.F: for _, p := range a(), returns"},
		},
		{
			"a loop that breaks out of a switch behind the statement", "func F() {\n for _, p := range a() {\n  switch p {\n  case 1:\n   db.Exec(p)\n   break\n  } } }",
			[]analysis.Frame{at("F", 6), tested}, []string{"range: store.F: for _, p := range a()"},
		},
		{
			"a loop that may go on behind the statement", "func F() {\n for _, p := range a() {\n  err := db.Exec(p)\n  if p {\n   continue\n  }\n  return err\n } }",
			[]analysis.Frame{at("F", 4), tested}, []string{"range: store.F: for _, p := range a(), retries"},
		},
		{
			"a statement that is returned", "func F() {\n for _, p := range a() {\n  return db.Exec(p)\n } }",
			[]analysis.Frame{at("F", 4), tested}, []string{"range: store.F: for _, p := range a(), returns, retries"},
		},
		{
			"a loop that ends at the first success", "func F() {\n for i := range 3 {\n  if err := db.Exec(i); err == nil {\n   break\n  } } }",
			[]analysis.Frame{at("F", 4), tested}, []string{"counter: store.F: for i := range 3, constant, retries"},
		},
		{
			"a search by which error it is", "func F() string {\n for {\n  c := code()\n  err := db.Get(c)\n  if err == sql.ErrNoRows {\n   return c\n  } } }",
			[]analysis.Frame{at("F", 5), tested}, []string{"forever: store.F: for, searches"},
		},
		{
			"no search: the error of another call", "func F() error {\n for {\n  rec, err := in.Read()\n  if err == io.EOF {\n   return nil\n  }\n  if err := db.Exec(rec); err != nil {\n   return err\n  } } }",
			[]analysis.Frame{at("F", 8), tested}, []string{"forever: store.F: for"},
		},
		{"no loop", "func F() {\n db.Exec() }", []analysis.Frame{at("F", 3), tested}, nil},
		{"no loop, in a goroutine of unknown origin", "func F() {\n db.Exec() }", []analysis.Frame{at("F", 3), exit}, []string{"perhaps more"}},
		{"no loop, in a request", "func F() {\n db.Exec() }", []analysis.Frame{at("F", 3), served, exit}, nil},
		{
			"a file that cannot be read", "func F() {\n for {\n  other.G() } }",
			[]analysis.Frame{{Function: "shop/other.G", File: "/nowhere/other/other.go", Line: 3}, at("F", 4), tested},
			[]string{"forever: store.F: for", "perhaps more"},
		},
		{
			"a function that starts a goroutine, called in a loop", "func F() {\n for _, p := range a() {\n  begin(p) } }\nfunc begin(p int) {\n go work(p) }\nfunc work(p int) {\n db.Exec(p) }",
			[]analysis.Frame{at("work", 8), exit}, []string{"range: store.F: for _, p := range a()", "perhaps more"},
		},
		{
			"a function that starts a literal, called in a loop", "func F() {\n for _, p := range a() {\n  s.begin(p) } }\nfunc (s S) begin(p int) {\n go func() {\n  db.Exec(p) }() }",
			[]analysis.Frame{at("S.begin.func1", 7), exit}, []string{"range: store.F: for _, p := range a()", "perhaps more"},
		},
		{
			"a function that starts a goroutine, called in two places", "func F() {\n for _, p := range a() {\n  begin(p) } }\nfunc G(p int) {\n begin(p) }\nfunc begin(p int) {\n go work(p) }\nfunc work(p int) {\n db.Exec(p) }",
			[]analysis.Frame{at("work", 10), exit}, []string{"perhaps more"},
		},
		{
			"a function that starts a goroutine, handed over in a loop", "func F() {\n for _, p := range a() {\n  later(p, begin) } }\nfunc begin(p int) {\n go work(p) }\nfunc work(p int) {\n db.Exec(p) }",
			[]analysis.Frame{at("work", 8), exit}, []string{"perhaps more"},
		},
		{
			"an exported function that starts a goroutine", "func F() {\n for _, p := range a() {\n  Begin(p) } }\nfunc Begin(p int) {\n go work(p) }\nfunc work(p int) {\n db.Exec(p) }",
			[]analysis.Frame{at("work", 8), exit}, []string{"perhaps more"},
		},
		{
			"a named function that a loop starts", "func F() {\n for _, p := range a() {\n  go work(p) } }\nfunc work(p int) {\n db.Exec(p) }",
			[]analysis.Frame{at("work", 6), exit}, []string{"range: store.F: for _, p := range a()", "perhaps more"},
		},
		{
			"a method that a loop starts", "func F() {\n for _, p := range a() {\n  go (&job{p}).run() } }\nfunc (j *job) run() {\n db.Exec(j) }",
			[]analysis.Frame{at("(*job).run", 6), exit}, []string{"range: store.F: for _, p := range a()", "perhaps more"},
		},
		{
			"a method value that a loop hands to a pool", "func F() {\n for _, p := range a() {\n  pool.Submit((&job{p}).run) } }\nfunc (j *job) run() {\n db.Exec(j) }",
			[]analysis.Frame{at("(*job).run", 6), lib("example.com/pool.Frun", 1), exit}, []string{"range: store.F: for _, p := range a()", "perhaps more"},
		},
		{
			"a named function that is started in two places", "func F() {\n for _, p := range a() {\n  go work(p) } }\nfunc G() {\n go work(1) }\nfunc work(p int) {\n db.Exec(p) }",
			[]analysis.Frame{at("work", 8), exit}, []string{"perhaps more"},
		},
		{
			"a task that a loop hands to a pool", "func F() {\n for _, p := range a() {\n  pool.Submit(func() {\n   db.Exec(p)\n  }) } }",
			[]analysis.Frame{at("F.func1", 5), lib("example.com/pool.Frun", 1), exit}, []string{"range: store.F: for _, p := range a()", "perhaps more"},
		},
		{
			"a task that is gathered in a loop", "func F() {\n for _, p := range a() {\n  tasks = append(tasks, func() {\n   db.Exec(p)\n  }) } }",
			[]analysis.Frame{at("F.func1", 5), exit}, []string{"range: store.F: for _, p := range a()", "perhaps more"},
		},
		{
			"a handler that is registered in a loop", "func F() {\n for _, p := range a() {\n  mux.Handle(p, func() {\n   db.Exec(p)\n  }) } }",
			[]analysis.Frame{at("F.func1", 5), served, exit}, nil,
		},
		{
			"a callback of a library without source, registered in a loop", "func F() {\n for _, p := range a() {\n  bus.On(p, func(m msg) {\n   db.Exec(m)\n  }) } }",
			[]analysis.Frame{at("F.func1", 5), lib("example.com/bus.Frun", 1), exit}, []string{"perhaps more"},
		},
		{
			"a literal in a variable that go starts", "func F() {\n for i := range a() {\n  f := func(i int) {\n   db.Exec(i)\n  }\n  go f(i) } }",
			[]analysis.Frame{at("F.func1", 5), exit}, []string{"range: store.F: for i := range a()", "perhaps more"},
		},
		{
			"a library between two functions, of templates", "func F() {\n db.Exec() }\nfunc G() {\n tmpl.Execute() }",
			[]analysis.Frame{at("F", 3), lib("github.com/flosch/pongo2/v6.FExecute", 1), at("G", 5), tested}, []string{"perhaps more"},
		},
		{
			"a resolver below a server", "func F() {\n db.Exec() }",
			[]analysis.Frame{at("F", 3), lib("github.com/99designs/gqlgen/graphql.Fexec", 1), served, exit}, []string{"perhaps more"},
		},
		{
			"a resolver", "func F() {\n db.Exec() }",
			[]analysis.Frame{at("F", 3), lib("github.com/graph-gophers/graphql-go.Fexec", 1), exit}, []string{"perhaps more"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := all(embedded(tt.text).Loops(tt.stack))
			if diff := cmp.Diff(strings.Join(tt.want, "\n"), got); diff != "" {
				t.Errorf("Loops (-want +got):\n%s", diff)
			}
		})
	}
}

// Proves that loops in libraries count at the application's call of them: those that issue the statement and those that
// call back, but none of routers.
func TestLoopsOfLibraries(t *testing.T) {
	const loader = "package loader\nfunc FWith() {\n for _, p := range parents() {\n  fill(p)\n } }\nfunc fill(p any) {\n db.Query(p) }\n" +
		"func FEach(list []int, do func(int)) {\n for _, v := range list {\n  do(v)\n } }\n"
	const router = "package router\nfunc FNext() {\n for _, h := range chain {\n  h()\n } }\n"
	finder := source.New(
		source.WithFS("shop/store", fstest.MapFS{"store.go": {Data: []byte("package store\nfunc F() {\n loader.FWith()\n}\nfunc G() {\n loader.FEach(list(), func(n int) {\n  db.Exec(n)\n })\n}\nfunc H() {\n db.Exec()\n}\nfunc I() {\n loader.FEach(list(), hook)\n}\nfunc hook(n int) {\n db.Exec(n)\n}\n")}}),
		source.WithFS("example.org/loader", fstest.MapFS{"lib.go": {Data: []byte(loader)}}),
		source.WithFS("example.org/router", fstest.MapFS{"lib.go": {Data: []byte(router)}}),
		source.WithFS("github.com/gin-gonic/gin", fstest.MapFS{"lib.go": {Data: []byte(strings.ReplaceAll(router, "router", "gin"))}}),
	)
	for _, tt := range []struct {
		name  string
		stack []analysis.Frame
		want  string
	}{
		{
			"a library that issues the statement",
			[]analysis.Frame{
				{Function: "example.org/loader.fill", File: "/nowhere/pkg/mod/example.org/loader@v1.0.0/lib.go", Line: 7},
				lib("example.org/loader.FWith", 4), at("F", 3), tested,
			},
			"range: store.F: loader.FWith(), calls back from loader.FWith, library",
		},
		{
			"a library that calls a literal back", []analysis.Frame{at("G.func1", 7), lib("example.org/loader.FEach", 10), at("G", 6), tested},
			"range: store.G: loader.FEach(list(), func(n int), calls back from loader.FEach",
		},
		{
			"a library that calls a declared function back", []analysis.Frame{at("hook", 17), lib("example.org/loader.FEach", 10), at("I", 14), tested},
			"range: store.I: loader.FEach(list(), hook), calls back from loader.FEach, library",
		},
		{
			"a known router", []analysis.Frame{at("H", 11), lib("github.com/gin-gonic/gin.FNext", 4), at("F", 3), tested}, "",
		},
		{
			"an unknown router, between middleware and handler",
			[]analysis.Frame{at("H", 11), lib("example.org/router.FNext", 4), at("F", 3), lib("example.org/router.FNext", 4), served, exit}, "",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := all(finder.Loops(tt.stack)); got != tt.want {
				t.Errorf("Loops = %s\nwant    %s", got, tt.want)
			}
		})
	}
}

// A loop in a generated file is reported at the call in handwritten code that led there, or else at the one that it led
// to.
func TestLoopsOfGeneratedFiles(t *testing.T) {
	finder := source.New(source.WithFS("shop/page", fstest.MapFS{
		"list_templ.go": {Data: []byte("// Code generated by templ - DO NOT EDIT.\n\npackage page\nfunc list() {\n for _, n := range notes {\n  n.Poster()\n } }")},
		"page.go":       {Data: []byte("package page\n\nfunc (n *Note) Poster() {\n db.Query()\n}\nfunc Render() {\n list()\n}\n")},
	}))
	in := func(function, file string, line int) analysis.Frame {
		return analysis.Frame{Function: "shop/page." + function, File: "/nowhere/page/" + file, Line: line}
	}
	inner, loop := in("(*Note).Poster", "page.go", 4), in("list", "list_templ.go", 6)
	if got, want := all(finder.Loops([]analysis.Frame{inner, loop, in("Render", "page.go", 7), tested})), "range: page.Render: list(), calls back from page.list"; got != want {
		t.Errorf("with a caller: Loops = %s\nwant %s", got, want)
	}
	if got, want := all(finder.Loops([]analysis.Frame{inner, loop, exit})), "range: page.(*Note).Poster: db.Query(), calls back from page.list\nperhaps more"; got != want {
		t.Errorf("without a caller: Loops = %s\nwant %s", got, want)
	}
}

// The loop that Loop returns is one of Loops.
func TestLoopIsOneOfLoops(t *testing.T) {
	finder := source.New()
	for _, run := range []func(*shapes.DB){
		shapes.Range, shapes.Nested, shapes.Callback, shapes.SortInterface, shapes.GoMethod, shapes.RetryInLoop, shapes.Worker,
		shapes.GenericMethod, shapes.NestedRangeOverFunc, shapes.PackageVariable,
	} {
		all := stacks(run, "child")
		stack := all[len(all)-1]
		one, found, _ := loopOf(finder, stack)
		loops, _ := finder.Loops(stack)
		has := false
		for _, l := range loops {
			has = has || l.Position == one.Position && l.Frame == one.Frame
		}
		if !found || !has {
			t.Errorf("Loop = %+v, found %t, is not among %+v", one, found, loops)
		}
	}
}

// Proves that a break leaves the inner loop only, so that the outer one still repeats the statement.
func TestABreakLeavesTheInnerLoop(t *testing.T) {
	all, _ := source.New().Loops(stacks(shapes.FirstRowOnly, "child")[0])
	if len(all) < 2 || !all[0].Returns || all[1].Returns {
		t.Errorf("loops are %+v, want an inner one that each turn leaves, and an outer one that goes on", all)
	}
}
