package source_test

import (
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/internal/analysis"
)

// Proves that a line forwards if it only calls a function that its function, or one around it, was given.
func TestForwards(t *testing.T) {
	const text = `package store

func Hook(query string, op func() error) error {
	println(query) // prints
	return op() // forwards
}

func Retry(op func() error, log func(string)) error {
	run := func() error {
		return op() // around
	}
	return run() // a variable
}

func Load(op func() error) error {
	defer println()
	return load(op) // passes it on
}

func load(op func() error) error { return op() } // inline

func Both(op func() error) error { return join(op(), load(op)) } // both

func join(a, b error) error { return a }
`
	for _, tt := range []struct {
		function, at string
		want         bool
	}{
		{"Hook", "// prints", false}, {"Hook", "// forwards", true}, {"Retry.func1", "// around", true}, {"Retry", "// a variable", false},
		{"Load", "// passes it on", false}, {"load", "// inline", true}, {"Both", "// both", false},
	} {
		line := strings.Count(text[:strings.Index(text, tt.at)], "\n") + 1
		fr := analysis.Frame{Function: "example.com/shop/store." + tt.function, File: "store/store.go", Line: line}
		if got := shop(t, text).Forwards(fr); got != tt.want {
			t.Errorf("%s forwards at %s: %v, want %v", tt.function, tt.at, got, tt.want)
		}
	}
}

// Proves that a function passes on a statement if both its text and the list of its values are the function's own parameters.
func TestPassesOn(t *testing.T) {
	const text = `package store

type db struct{}

func (db) Query(query string, args ...any) error { return nil }

type logged struct{ db }

func (l logged) Query(query string, args ...any) error {
	println(query) // prints
	return l.db.Query(query, args...) // both
}

func (l logged) QueryList(query string, args []interface{}) error {
	return l.db.Query(query, args...) // a slice
}

func (l logged) Where(condition string, args ...any) error {
	return l.db.Query("SELECT id FROM orders WHERE "+condition, args...) // a part
}

func (l logged) ByName(name string) error {
	return l.db.Query("SELECT id FROM orders WHERE name = ?", name) // a value
}

func (l logged) Fixed(query string, id int) error {
	return l.db.Query(query, id) // one value
}

func (l logged) Retry(query string, args ...any) error {
	run := func() error {
		return l.db.Query(query, args...) // of the function around
	}
	return run()
}
`
	for _, tt := range []struct {
		function, at string
		want         bool
	}{
		{"logged.Query", "// prints", false}, {"logged.Query", "// both", true}, {"logged.QueryList", "// a slice", true}, {"logged.Where", "// a part", false},
		{"logged.ByName", "// a value", false}, {"logged.Fixed", "// one value", false}, {"logged.Retry.func1", "// of the function around", false},
	} {
		line := strings.Count(text[:strings.Index(text, tt.at)], "\n") + 1
		fr := analysis.Frame{Function: "example.com/shop/store." + tt.function, File: "store/store.go", Line: line}
		if got := shop(t, text).PassesOn(fr); got != tt.want {
			t.Errorf("%s passes a statement on at %s: %v, want %v", tt.function, tt.at, got, tt.want)
		}
	}
}

// Proves that a loop passes its element on if the call gets it or a field of it as its only text, also trimmed, and not if the call gets a
// text that is made of it, or another text: then the element may be a value for it.
func TestPasses(t *testing.T) {
	const text = `package store

import "strings"

type script struct{ text string }

func load(run func(string), with func(string, ...any), find func(string, string), texts []string, scripts []script) {
	for _, q := range texts {
		run(q) // the element
	}
	for _, q := range texts {
		q = strings.TrimSpace(q)
		if q != "" {
			run(q) // trimmed
		}
	}
	for _, s := range scripts {
		run(s.text) // a field
	}
	for _, name := range texts {
		run("DELETE FROM " + name) // a part
	}
	for _, name := range texts {
		run(remove(name)) // made of it
	}
	for i := range texts {
		run(texts[i]) // by index
	}
	for _, q := range texts {
		with(q) // without values
	}
	for _, q := range texts {
		with("DELETE FROM names WHERE name = $1", q) // a value
	}
	for _, q := range texts {
		find("SELECT name FROM names WHERE name = $1", q) // another text
	}
}

func remove(name string) string { return "DELETE FROM " + name }
`
	for at, want := range map[string]bool{"the element": true, "trimmed": true, "a field": true, "a part": false, "made of it": false, "by index": false,
		"without values": true, "a value": false, "another text": false} {
		line := strings.Count(text[:strings.Index(text, "// "+at+"\n")], "\n") + 1
		stack := []analysis.Frame{{Function: "example.com/shop/store.load", File: "store/store.go", Line: line}}
		if loops, _ := shop(t, text).Loops(stack); len(loops) != 1 || loops[0].Passes != want {
			t.Errorf("%s: %+v, want one loop that passes it on: %v", at, loops, want)
		}
	}
}

// Proves that two lines exclude each other only if they are in branches of one statement, and no loop is around it.
func TestExclusive(t *testing.T) {
	const text = `package store

func F(kind int, n int) {
	switch kind {
	case 1:
		println("a") // first
	case 2:
		println("b") // second
		println("c") // second again
	}
	if kind == 3 {
		println("d") // then
	} else {
		println("e") // else
	}
	for range n {
		switch kind {
		case 1:
			println("f") // first in a loop
		default:
			println("g") // second in a loop
		}
	}
}
`
	line := func(at string) int { return strings.Count(text[:strings.Index(text, at+"\n")], "\n") + 1 }
	fr := analysis.Frame{Function: "example.com/shop/store.F", File: "store/store.go", Line: 5}
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"// first", "// second", true}, {"// second", "// second again", false}, {"// then", "// else", true}, {"// first", "// then", false},
		{"// first in a loop", "// second in a loop", false},
	} {
		if got := shop(t, text).Exclusive(fr, line(tt.a), line(tt.b)); got != tt.want {
			t.Errorf("%s and %s are exclusive: %v, want %v", tt.a, tt.b, got, tt.want)
		}
		if got := shop(t, text).Exclusive(fr, line(tt.b), line(tt.a)); got != tt.want {
			t.Errorf("%s and %s are exclusive: %v, want %v", tt.b, tt.a, got, tt.want)
		}
	}
}
