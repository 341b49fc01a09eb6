package record

import (
	"database/sql/driver"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/nplusgone/nplusgone/internal/stack"
)

// heap returns the bytes of the heap that are in use.
func heap() int {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// Proves that the memory of a scope has a limit, and that it no longer grows after half a million statements, each with
// arguments and a row of its own, from more call sites than a scope groups.
func TestMemoryOfAMillionStatementsHasALimit(t *testing.T) {
	if testing.Short() {
		t.Skip("a million statements take seconds under the race detector")
	}
	const statements, sites, most, growth = 1_000_000, MaxGroups + 100, 16 << 20, 256 << 10
	_, s := begin(t)
	st := statement("SELECT body FROM comments WHERE post_id = ?", 17, int64(0))
	names := []string{"id", "author_id"}
	row := make([]driver.Value, 2)
	before := heap()
	var early int
	for i := range statements {
		st.Stack = stack.ID(i%sites + 1)
		st.Args[0].Value = int64(i)
		var r Result
		if s.Observe(st, &r) {
			row[0], row[1] = int64(i), int64(-i)
			r.Row(names, row)
			r.Close(1, 0)
		}
		if i == statements/2 {
			early = heap() - before
		}
	}
	used := heap() - before
	t.Logf("%d KiB after %d statements, %d KiB after %d", early>>10, statements/2, used>>10, statements)
	if used > most {
		t.Errorf("the scope takes %d bytes, more than %d", used, most)
	}
	if used-early > growth {
		t.Errorf("the scope grew by %d bytes from statement %d on", used-early, statements/2)
	}
	if got := s.Statements(); got != statements {
		t.Errorf("%d statements are counted, want %d", got, statements)
	}
	frozen, _ := s.End()
	if p := frozen.Stats; p.Statements != statements || p.Rows != statements || p.Shed == "" {
		t.Errorf("%d statements and %d rows are counted, and not kept is %q", p.Statements, p.Rows, p.Shed)
	}
}

// Proves that rows which are fetched after the end of a scope change nothing of what it recorded, long values included.
func TestRowsAfterTheEnd(t *testing.T) {
	_, s := begin(t)
	var r Result
	s.Observe(statement("SELECT id, body FROM posts", 10), &r)
	frozen, _ := s.End()
	r.Row([]string{"id", "body"}, []driver.Value{int64(1), strings.Repeat("x", minLongValue)})
	r.Drained()
	r.Close(1, time.Second)
	g := frozen.Groups[0]
	if g.Results.Rows != 0 || g.WideBytes != nil || g.Open != 1 || g.Drained != 0 || frozen.Stats.Rows != 0 {
		t.Errorf("the group is %+v, want no row and an open result", g)
	}
}

// Proves that the result values that all scopes keep together have a limit, and that a scope which reaches it says so.
func TestResultValuesOfAllScopesHaveALimit(t *testing.T) {
	processValues.Add(maxProcessValues)
	defer processValues.Add(-maxProcessValues)
	_, s := begin(t)
	query(s, statement("SELECT id FROM posts", 10), "id", int64(31), int64(42), int64(57))
	if kept := s.groups[0].Results.Rows; kept > 1 {
		t.Errorf("%d values are kept beyond the limit", kept)
	}
	frozen, _ := s.End()
	if p := frozen.Stats; p.Shed == "" || p.Rows != 3 {
		t.Errorf("%d rows are counted, and not kept is %q", p.Rows, p.Shed)
	}
}
