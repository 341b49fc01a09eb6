package analysis

import (
	"fmt"
	"testing"
)

// Proves where two stacks part: in the innermost function of the user's that both went through.
func TestDiverge(t *testing.T) {
	call := func(pkg, name string, line int) Frame {
		return Frame{Function: pkg + "." + name, File: name + ".go", Line: line}
	}
	user := func(name string, line int) Frame { return call("example.com/shop", name, line) }
	root := Frame{Function: "net/http.(*conn).serve", File: "net/http/server.go", Line: 2109}
	for _, tt := range []struct {
		name string
		a, b []Frame // innermost first
		want string
	}{
		{"on two lines of one function", []Frame{user("load", 3), user("page", 10), root}, []Frame{user("load", 3), user("page", 14), root}, "page 10 and 14"},
		{"by two ways to one function", []Frame{user("load", 3), user("auth", 5), user("page", 10), root}, []Frame{user("load", 3), user("page", 14), root}, "page 10 and 14"},
		{"at the statement itself", []Frame{user("page", 10)}, []Frame{user("page", 11)}, "page 10 and 11"},
		{"nowhere: one stack", []Frame{user("page", 10), root}, []Frame{user("page", 10), root}, "nowhere"},
		{"nowhere: one stack is the end of the other", []Frame{user("page", 10), root}, []Frame{root}, "nowhere"},
		{"nowhere: other functions from the root on", []Frame{user("list", 10)}, []Frame{user("show", 11)}, "nowhere"},
		{"nowhere: two handlers below a library", []Frame{user("list", 10), root}, []Frame{user("show", 11), root}, "nowhere"},
		{"nowhere: in a library", []Frame{user("list", 10), call("net/http", "serve", 1)}, []Frame{user("list", 10), call("net/http", "serve", 2)}, "nowhere"},
		{"nowhere: no stack", nil, []Frame{root}, "nowhere"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, b := &trace{frames: tt.a}, &trace{frames: tt.b}
			got := "nowhere"
			if i, j, ok := diverge(a, b); ok {
				got = fmt.Sprintf("%s %d and %d", tt.a[i].Function[len("example.com/shop."):], tt.a[i].Line, tt.b[j].Line)
			}
			if got != tt.want {
				t.Errorf("the stacks part at %s, want %s", got, tt.want)
			}
		})
	}
}
