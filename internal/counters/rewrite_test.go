package counters

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A place is a token of a file and where it is, as the compiler and the runtime see it.
type place struct {
	token string
	at    token.Position
}

// places returns the tokens of a file, without those that Rewrite has added: those behind the text of the original, and those before a
// comment that restores the position.
func places(t *testing.T, name, text string) (all []place) {
	t.Helper()
	fset := token.NewFileSet()
	file := fset.AddFile(name, -1, len(text))
	var s scanner.Scanner
	s.Init(file, []byte(text), nil, scanner.ScanComments)
	for {
		pos, tok, literal := s.Scan()
		if tok == token.EOF {
			return all
		}
		if literal == "" || literal == "\n" {
			literal = tok.String()
		}
		at := fset.Position(pos)
		at.Offset = 0
		all = append(all, place{literal, at})
	}
}

// Proves that all tokens of the original are at their positions in the rewritten file.
func TestPositionsStay(t *testing.T) {
	files, err := filepath.Glob("testdata/*.go.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files, error %v", err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		name, _ = filepath.Abs(strings.TrimSuffix(name, ".txt"))
		out, loops := Rewrite(name, text)
		if want := strings.Count(string(text), "// counted"); loops != want {
			t.Errorf("%s: %d loops have a counter, want %d", name, loops, want)
		}
		if loops == 0 {
			continue
		}
		got := places(t, name, string(out))
		at := 0
		for _, want := range places(t, name, string(text)) {
			for at < len(got) && got[at] != want {
				at++
			}
			if at == len(got) {
				t.Fatalf("%s: %q is not at %v in the rewritten file:\n%s", name, want.token, want.at, out)
			}
			at++
		}
	}
}

// Proves that files of the standard library, which have all of the syntax, stay correct: the rewritten file has the same functions, at
// the same positions.
func TestStandardLibrary(t *testing.T) {
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	root := filepath.Join(strings.TrimSpace(string(out)), "src")
	total := 0
	for _, dir := range []string{"go/types", "net/http", "encoding/json", "slices", "iter", "cmd/compile/internal/syntax"} {
		files, err := filepath.Glob(filepath.Join(root, dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			out, loops := Rewrite(name, text)
			total += loops
			if diff := cmp.Diff(functions(t, name, text), functions(t, name, out)); diff != "" {
				t.Errorf("%s (-original +rewritten):\n%s", name, diff)
			}
		}
	}
	if total < 500 {
		t.Errorf("%d loops, want more", total)
	}
}

// functions returns the positions of the functions and loops of a file.
func functions(t *testing.T, name string, text []byte) (all []token.Position) {
	t.Helper()
	fset := token.NewFileSet()
	tree, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	ast.Inspect(tree, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.FuncDecl, *ast.FuncLit, *ast.ForStmt, *ast.RangeStmt, *ast.ReturnStmt:
			p := fset.Position(n.Pos())
			p.Offset = 0
			all = append(all, p)
		}
		return true
	})
	return all
}

// Proves that a file that cannot be rewritten safely is returned as it is.
func TestFilesThatStay(t *testing.T) {
	for name, text := range map[string]string{
		"cgo":            "package a\n\nimport \"C\"\n\nfunc f() { for { g() } }\n",
		"a syntax error": "package a\n\nfunc f() { for { g() }\n",
		"no loop":        "package a\n\nfunc f() { g() }\n",
		"no call":        "package a\n\nfunc f(x []int) (n int) { for _, i := range x { n += len(string(rune(i))) }; return }\n",
		"nosplit":        "package a\n\n//go:nosplit\nfunc f() { for { g() } }\n",
		"a mark":         "\ufeffpackage a\n\nfunc f() { for { g() } }\n",
		"one line":       "package a\n\nfunc f() { for { g() }; for { g() } }\n",
		"a goto":         "package a\n\nfunc f() {\nagain:\n\tfor { g(); goto again } }\n",
	} {
		if out, loops := Rewrite("/a/a.go", []byte(text)); loops != 0 || string(out) != text {
			t.Errorf("%s: %d loops have a counter:\n%s", name, loops, out)
		}
	}
}
