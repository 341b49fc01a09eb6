package analysis

import (
	"database/sql/driver"
	"fmt"
	"runtime"
	"testing"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/stack"
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
			a, b := &callStack{frames: tt.a}, &callStack{frames: tt.b}
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

// Proves which loop is chosen: the innermost one that turned at least twice for each time that it was entered, as the order of
// the scope's statements shows; and between loops that the order does not distinguish, the one that the arguments change with.
func TestTheLoopThatTurnedIsChosen(t *testing.T) {
	inner := Loop{Position: finding.Position{File: "list.go", Line: 20}, End: 24, Frame: 0}
	outer := Loop{Position: finding.Position{File: "page.go", Line: 50}, End: 60, Frame: 1}
	fixed := inner
	fixed.Constant = true
	leaving := inner
	leaving.Returns = true
	child := []Frame{call("list", 22), call("page", 55), call("serve", 90)}
	other := []Frame{call("tags", 5), call("page", 57), call("serve", 90)} // in the outer loop, outside of the inner one
	flows := func(want Loop) func([]Frame, Loop) Flow {
		return func(_ []Frame, l Loop) Flow {
			if l.Line == want.Line {
				return Flow{Turns: FlowShown}
			}
			return Flow{Turns: FlowExcluded}
		}
	}
	for _, tt := range []struct {
		name     string
		source   *fakeSource
		sequence string // c for the child, o for the other statement
		want     int    // line of the loop; 0 for none
		turns    int
	}{
		{"the inner one, which turned alone", &fakeSource{loops: []Loop{inner, outer}}, "ccc", 20, 3},
		{"the inner one, which turned twice for each turn of the outer one", &fakeSource{loops: []Loop{inner, outer}}, "ccoccocc", 20, 6},
		{"the outer one, because the inner one turned once each time", &fakeSource{loops: []Loop{inner, outer}}, "cococ", 50, 3},
		{"the outer one, because the inner one rarely turned twice", &fakeSource{loops: []Loop{inner, outer}}, "ccococ", 50, 3},
		{"the outer one, because the inner one returns after the statement", &fakeSource{loops: []Loop{leaving, outer}}, "ccc", 50, 3},
		{"the inner one, with which the arguments change", &fakeSource{loops: []Loop{inner, outer}, flow: flows(inner)}, "ccc", 20, 3},
		{"the outer one, with which alone the arguments change", &fakeSource{loops: []Loop{inner, outer}, flow: flows(outer)}, "ccc", 50, 3},
		{"a fixed one, if no other turned", &fakeSource{loops: []Loop{fixed, outer}}, "ccc", 20, 3},
		{"none in source that was read", &fakeSource{complete: true}, "ccc", 0, 0},
		{"none in source that was not read", &fakeSource{}, "ccc", 0, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, o := newGroup(child, "SELECT body FROM comments WHERE post_id = ?"), newGroup(other, "SELECT name FROM tags")
			p := passOf(tt.source, c, o)
			c.Count = 0
			for _, s := range tt.sequence {
				e := record.Event{Group: c.Position}
				if s == 'o' {
					e.Group = o.Position
				} else {
					c.Count++
				}
				p.frozen.Sequence = append(p.frozen.Sequence, e)
			}
			r := p.repeat(p.of(c))
			line := 0
			if r.loop != nil {
				line = r.loop.Line
			}
			if line != tt.want || r.turns != tt.turns {
				t.Errorf("the loop on line %d with %d turns, want line %d with %d", line, r.turns, tt.want, tt.turns)
			}
			if known := tt.want > 0 || tt.source.complete; r.source != known {
				t.Errorf("that there is no other loop is known: %v, want %v", r.source, known)
			}
		})
	}
}

// Proves that the loop in an iterator function, which turns together with the range statement over it, is not taken for a loop
// around that statement.
func TestTheLoopOfAnIteratorIsNotOutside(t *testing.T) {
	frames := []Frame{call("shop.List-range1", 22), call("shop.all.func1", 5), call("shop.List", 20), call("shop.Page", 50)}
	over := Loop{Position: finding.Position{Line: 20}, Frame: 0}
	for at, want := range map[int]bool{1: false, 2: true, 3: true} {
		if got := outside(frames, over, Loop{Frame: at}); got != want {
			t.Errorf("the loop in frame %d is outside: %v, want %v", at, got, want)
		}
	}
	if l := (Loop{Frame: 2, Library: true}); outside(frames, over, l) {
		t.Error("a library's loop is outside")
	}
}

// Proves that statements on goroutines of their own, which no known loop starts, are a suspect at most, and that statements on one such
// goroutine, on goroutines of a library and without the source are not.
func TestGoroutinesThatNoLoopStarts(t *testing.T) {
	own := []Frame{call("load", 22), call("work", 5), {Function: "runtime.goexit"}}
	library := []Frame{call("load", 22), {Function: "example.org/pool.(*Pool).run", File: "/go/pkg/mod/example.org/pool@v1.0.0/pool.go", Line: 9}, {Function: "runtime.goexit"}}
	for _, tt := range []struct {
		name       string
		frames     []Frame
		goroutines []uint32
		source     Source
		level      finding.Level
	}{
		{"each on its own", own, []uint32{1, 2, 3}, &fakeSource{}, finding.Suspect},
		{"on one", own, []uint32{1, 1, 1}, &fakeSource{}, finding.Likely},
		{"two on one", own, []uint32{1, 2, 1}, &fakeSource{}, finding.Likely},
		{"of a library", library, []uint32{1, 2, 3}, &fakeSource{}, finding.Likely},
		{"without source", own, []uint32{1, 2, 3}, nil, finding.Likely},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var named []runtime.Frame
			for _, f := range tt.frames {
				named = append(named, runtime.Frame{Function: f.Function, File: f.File, Line: f.Line})
			}
			s, db := record.New("TestJobs", 0), new(record.Database)
			for i, g := range tt.goroutines {
				s.Observe(&record.Statement{
					Parsed: fingerprint.Parse(fingerprint.SQLite, "SELECT name FROM tags WHERE id = ?"), Database: db,
					Stack: stack.Intern(named), Goroutine: g, Args: []driver.NamedValue{{Ordinal: 1, Value: int64(i)}},
				}, nil)
			}
			frozen, _ := s.End()
			p := NewPass(frozen, &Config{Threshold: 3, Rules: AllRules, Source: tt.source})
			found := p.Findings()
			if len(found) != 1 || found[0].Level != tt.level {
				t.Errorf("%+v, want one finding that is %v", found, tt.level)
			}
		})
	}
}
