package replay

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// read reads a file, and returns its scopes as "name: statements" with what the process says.
func read(t *testing.T, w *writer, key Key) (scopes []string, p Process) {
	t.Helper()
	p, err := Read(w.reader(), key, func(s Scope) {
		end := ""
		if !s.Complete {
			end = ", not ended"
		}
		scopes = append(scopes, fmt.Sprintf("%s: %d%s", s.Frozen.Name, s.Frozen.Stats.Statements, end))
	})
	if err != nil {
		t.Fatal(err)
	}
	return scopes, p
}

// Proves which scope a statement belongs to.
func TestScopeOfAStatement(t *testing.T) {
	const insert = "INSERT INTO logs (id) VALUES (?)"
	tests := []struct {
		name     string
		write    func(*writer)
		scopes   []string
		unscoped int
		outside  int
	}{
		{"the one of its goroutine", func(w *writer) {
			w.scope(1, 0, kindOfTest, "TestA")
			w.scope(2, 0, kindOfTest, "TestB")
			w.exec(2, 1, insert, 1)
			w.event(kindEnd, 1)
			w.event(kindEnd, 2)
		}, []string{"TestA: 0", "TestB: 1"}, 0, 0},
		{"that of its transaction", func(w *writer) {
			w.scope(1, 0, kindOfTest, "TestA")
			w.scope(2, 0, kindOfTest, "TestB")
			w.event(kindBegin, 5, 9, 1, 0)
			w.exec(0, 5, insert, 1)
			w.event(kindFinish, 5)
			w.exec(0, 5, insert, 2)
		}, []string{"TestA: 1, not ended", "TestB: 0, not ended"}, 1, 0},
		{"that of a transaction which SQL began", func(w *writer) {
			w.scope(1, 0, kindOfTest, "TestA")
			w.scope(2, 0, kindOfTest, "TestB")
			w.exec(2, 5, "BEGIN")
			w.exec(0, 5, insert, 1)
			w.exec(0, 5, "COMMIT")
			w.exec(0, 5, insert, 2)
		}, []string{"TestA: 0, not ended", "TestB: 3, not ended"}, 1, 0},
		{"the only test, if the others wait for it", func(w *writer) {
			w.scope(1, 0, kindOfTest, "TestA")
			w.scope(2, 1, kindOfTest, "TestA/sub")
			w.exec(0, 1, insert, 1)
			w.event(kindEnd, 2)
			w.exec(0, 1, insert, 2)
		}, []string{"TestA/sub: 1", "TestA: 1, not ended"}, 0, 0},
		{"none, before and after all tests, and of two tests", func(w *writer) {
			w.exec(0, 1, insert, 1)
			w.scope(1, 0, kindOfTest, "TestA")
			w.scope(2, 0, kindOfTest, "TestB")
			w.exec(0, 1, insert, 1)
			w.event(kindEnd, 1)
			w.event(kindEnd, 2)
			w.exec(1, 1, insert, 1)
		}, []string{"TestA: 0", "TestB: 0"}, 1, 2},
		{"the request within a test", func(w *writer) {
			w.scope(1, 0, kindOfTest, "TestA")
			w.scope(2, 1, kindOfRequest, "GET")
			w.event(kindRoute, 2, w.text("GET"), w.text("/posts/{id}"), 10)
			w.exec(2, 1, insert, 1)
			w.event(kindEnd, 2)
		}, []string{"GET /posts/{id}: 1", "TestA: 0, not ended"}, 0, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			key := Key{1, 2, 3}
			w := newWriter(key)
			test.write(w)
			scopes, p := read(t, w, key)
			if diff := cmp.Diff(test.scopes, scopes); diff != "" {
				t.Errorf("scopes (-want +got):\n%s", diff)
			}
			if p.Unscoped != test.unscoped || p.Outside != test.outside {
				t.Errorf("%d statements are unscoped and %d outside of all tests, want %d and %d", p.Unscoped, p.Outside, test.unscoped, test.outside)
			}
		})
	}
}

// Proves that arguments are matched with the rows of an earlier result, and that the recorder's own frames are removed.
func TestArgumentsAndRows(t *testing.T) {
	w := newWriter(Key{})
	w.scope(1, 0, kindOfTest, "TestA")
	w.query(1, 1, "SELECT id FROM posts", 100, 101, 104)
	stacks := w.stacks
	for _, n := range []int64{100, 101, 104} {
		w.stacks = stacks // the same stack again: its number is the last one
		w.exec(1, 1, "UPDATE posts SET seen = 1 WHERE id = ?", n)
	}
	found := false
	_, err := Read(w.reader(), Key{}, func(s Scope) {
		for _, g := range s.Frozen.Groups {
			for _, sl := range g.Slots {
				found = found || len(sl.Matches) == 1 && sl.Matches[0].Matched == 3
			}
			for _, f := range g.Key.Stack.Frames() {
				if strings.HasPrefix(f.Function, "internal.") {
					t.Errorf("a stack has the frame %s of the recorder", f.Function)
				}
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if !found {
		t.Error("no column match of three arguments")
	}
}

// Proves that a file of several windows is read to its end, and that a key of another run reads nothing.
func TestWindows(t *testing.T) {
	key := Key{5}
	w := newWriter(key)
	w.scope(1, 0, kindOfTest, "TestA")
	long := strings.Repeat("x", 60_000)
	const n = 100
	for i := range n {
		w.event(kindText, len(w.texts)+1, []byte(long))
		w.texts[fmt.Sprint("long ", i)] = uint64(len(w.texts) + 1)
		w.exec(1, 1, "INSERT INTO logs (id) VALUES (?)", int64(i))
	}
	w.event(kindEnd, 1)
	w.event(kindTestsEnd, 0)
	scopes, p := read(t, w, key)
	if diff := cmp.Diff([]string{fmt.Sprintf("TestA: %d", n)}, scopes); diff != "" || !p.Ended {
		t.Errorf("ended %v, scopes (-want +got):\n%s", p.Ended, diff)
	}
	if _, p := read(t, w, Key{6}); p.Statements > 0 {
		t.Errorf("another key reads %d statements", p.Statements)
	}
}

// Proves that an event which the recorder cut does no harm: the values beyond its end are unread.
func TestCutEvents(t *testing.T) {
	for size := range 24 {
		w := newWriter(Key{})
		w.scope(1, 0, kindOfTest, "TestA")
		w.exec(1, 1, "SELECT 1")
		event := []byte{kindStatement, 1, 1, 1, 1, 0, byte(w.text("SELECT 1")), 1, 1, 1, 0, 2, 0, formString, 100, 'x'}
		w.event(event[0], event[1:min(1+size, len(event))])
		read(t, w, Key{})
	}
}

func TestRoutes(t *testing.T) {
	type seen struct {
		method, pattern string
		path            int
	}
	for _, test := range []struct {
		name string
		seen []seen
		want string
	}{
		{"no router", []seen{{"GET", "", 5}}, "GET (no route)"},
		{"a pattern", []seen{{"GET", "", 5}, {"GET", "/posts/{id}", 5}}, "GET /posts/{id}"},
		{"a pattern with its method", []seen{{"HEAD", "GET /posts", 6}}, "GET /posts"},
		{"an inner router that sees the whole path", []seen{{"GET", "/v1/", 9}, {"GET", "GET /v1/posts", 9}}, "GET /v1/posts"},
		{"an inner router behind http.StripPrefix", []seen{{"GET", "/v1/", 9}, {"GET", "GET /posts", 6}}, "GET /v1/posts"},
		{"an inner router with a host", []seen{{"GET", "/v1/", 9}, {"GET", "GET example.com/posts", 6}}, "GET /v1/posts"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var r route
			for _, s := range test.seen {
				r.add(s.method, s.pattern, s.path)
			}
			if got := r.name(); got != test.want {
				t.Errorf("the name is %q, want %q", got, test.want)
			}
		})
	}
}

// FuzzEvents proves that no event makes the reader panic.
func FuzzEvents(f *testing.F) {
	for kind := byte(1); kind <= kindWireMore; kind++ {
		f.Add([]byte{kind, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, formList, 2, formNull, formInt, 4})
	}
	f.Fuzz(func(t *testing.T, event []byte) {
		if len(event) == 0 || len(event) > maxEvent-8 {
			return
		}
		w := newWriter(Key{})
		w.scope(1, 0, kindOfTest, "TestA")
		w.query(1, 1, "SELECT id FROM posts", 1, 2)
		w.event(kindWire, 1, 7)
		w.sent(1, "QueryRow", simple("SELECT 1"))
		w.event(event[0], event[1:])
		if _, err := Read(w.reader(), Key{}, func(Scope) {}); err != nil {
			t.Fatal(err)
		}
	})
}
