package analysis

import (
	"testing"

	"github.com/nplusgone/nplusgone/internal/record"
)

// Proves that a duplicate of two goroutines has the same position whichever came first, and that one of a single goroutine
// has that of the later call.
func TestThePositionOfADuplicateDoesNotDependOnTheScheduler(t *testing.T) {
	name := newGroup([]Frame{call("name", 9), call("page", 55)}, "SELECT name FROM people WHERE id = ?")
	email := newGroup([]Frame{call("email", 7), call("page", 60)}, "SELECT name FROM people WHERE id = ?")
	for _, tt := range []struct {
		name       string
		first      *record.Group
		second     *record.Group
		goroutines [2]uint32
		want       int // line of page
	}{
		{"two goroutines", name, email, [2]uint32{1, 2}, 60},
		{"two goroutines, the other way round", email, name, [2]uint32{1, 2}, 60},
		{"one goroutine", name, email, [2]uint32{1, 1}, 60},
		{"one goroutine, the other way round", email, name, [2]uint32{1, 1}, 55},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := passOf(nil, tt.first, tt.second)
			p.rule = duplicateQuery
			p.frozen.Sequence = []record.Event{{Group: tt.first.Position, Goroutine: tt.goroutines[0]}, {Group: tt.second.Position, Goroutine: tt.goroutines[1]}}
			h := duplicate(p, &record.Repeat{Sites: []record.Site{{Group: tt.first, Count: 1}, {Group: tt.second, Count: 1}}, Rows: 1, Count: 2})
			if h == nil {
				t.Fatal("nothing is detected")
			}
			if got := h.position(p.callStack(h.group.Key.Stack)); got.Line != tt.want {
				t.Errorf("the position is %v, want line %d", got, tt.want)
			}
		})
	}
}
