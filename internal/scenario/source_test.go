package scenario

import (
	"fmt"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/internal/analysis"
)

// frames reads a stack as the detector sees it.
func frames(t *testing.T, text string) []analysis.Frame {
	t.Helper()
	calls, err := parseStack(text)
	if err != nil {
		t.Fatal(err)
	}
	var list []analysis.Frame
	for _, f := range calls {
		list = append(list, analysis.Frame{Function: f.Function, File: f.File, Line: f.Line})
	}
	return list
}

// Proves that a function belongs to the package of its file's folder: the shop's, or a library's.
func TestFunctionsHavePackages(t *testing.T) {
	for text, want := range map[string]string{
		"store.go:1 All":                               "example.com/shop.All",
		"store/post.go:1 (*DAO).All":                   "example.com/shop/store.(*DAO).All",
		"net/http/server.go:1 (*conn).serve":           "net/http.(*conn).serve",
		"gorm.io/gorm@v1.25.0/callbacks/query.go:1 Do": "gorm.io/gorm/callbacks.Do",
	} {
		if got := frames(t, text)[0].Function; got != want {
			t.Errorf("%s is in %s, want %s", text, got, want)
		}
	}
}

// Proves that the scripted source returns the same as one that reads files would.
func TestLoop(t *testing.T) {
	const script = `outer handler.go:10-30 range
inner handler.go:14-20 counter constant
retry store.go:5-9 counter retries
tests handler_test.go:3-8 range`
	s := new(source)
	for line := range strings.Lines(script) {
		_, text, _ := strings.Cut(strings.TrimSpace(line), " ")
		l, err := parseLoop(text)
		if err != nil {
			t.Fatal(err)
		}
		s.loops = append(s.loops, l)
	}
	for _, tt := range []struct{ name, stack, want string }{
		{"in the inner loop", "handler.go:15 List", "14 constant"},
		{"on the line of the inner loop", "handler.go:14 List", "10"},
		{"on the line of the outer loop", "handler.go:10 List", "none"},
		{"behind the inner loop", "handler.go:21 List", "10"},
		{"in a function literal", "store.go:30 All < handler.go:22 List.func1", "10"},
		{"in another file", "store.go:15 All", "none"},
		{"a retry", "store.go:6 All", "5"},
		{"a retry within a loop", "store.go:6 All < handler.go:21 List", "10"},
		{"no code of the user's", "net/http/server.go:20 (*conn).serve", "unknown"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			loops, complete := s.Loops(frames(t, tt.stack))
			got := "none"
			var loop analysis.Loop
			for i, l := range loops {
				if loop = l; !l.Retries || i == len(loops)-1 {
					got = fmt.Sprint(l.Line) // a loop that only retries gives way to one further out
					break
				}
			}
			if len(loops) == 0 && !complete {
				got = "unknown"
			}
			if loop.Constant {
				got += " constant"
			}
			if got != tt.want {
				t.Errorf("loop %s, want %s", got, tt.want)
			}
		})
	}
}
