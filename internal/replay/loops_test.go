package replay

import (
	"slices"
	"testing"

	"github.com/nplusgone/nplusgone/internal/record"
)

// Proves that the counts of loops reach the frozen scope: what each loop did between a statement and the one before it. The inner loop is
// entered again each time, the outer one turns, and the last count of the inner one is unknown.
func TestCountsOfLoops(t *testing.T) {
	w := newWriter(Key{})
	w.scope(1, 0, kindOfTest, "TestA")
	driver := w.text("0modernc.org/sqlite ")
	w.event(kindDatabase, 1, driver, driver)
	file, text, stack := w.text("/src/app.go"), w.text("DELETE FROM posts WHERE id = ?"), w.stack("run", 7)
	w.event(kindLoops, stack, file, 6, file, 3)
	for _, counts := range [][]byte{{1 << 1, 1, 1 << 1, 1}, {2 << 1, 1, 1 << 1, 2}, {3 << 1, 1, 1 << 1, 3}, {0, 1 << 1, 4}} {
		w.event(kindStatement, 1, 1, 1, 1, 0, text, stack, 1, 1, byte(0), counts, 1, []byte{0}, number(5))
	}
	var got [][2]record.Turned
	_, err := Read(w.reader(), Key{}, func(s Scope) {
		c := s.Frozen.Counted
		want := []record.CountedLoop{{File: "/src/app.go", Line: 6}, {File: "/src/app.go", Line: 3}}
		if g := s.Frozen.Groups[0]; !slices.Equal(c.Loops(g.Key.Stack), want) || g.Count != 4 || g.Arguments.Count() != 1 {
			t.Errorf("loops %v of %d statements with %d arguments", c.Loops(g.Key.Stack), g.Count, g.Arguments.Count())
		}
		for i := range s.Frozen.Sequence {
			got = append(got, [2]record.Turned{c.Turned(i, 0), c.Turned(i, 1)})
		}
	})
	want := [][2]record.Turned{
		{record.TurnUnknown, record.TurnUnknown}, {record.OtherEntry, record.OtherTurn}, {record.OtherEntry, record.OtherTurn}, {record.TurnUnknown, record.OtherTurn},
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("the loops did %v, want %v; error %v", got, want, err)
	}
}
