package record

import (
	"context"
	"database/sql/driver"
	"fmt"
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

// longStatement returns a statement of another text for each n, of 90 kB and more.
func longStatement(n int) *Statement {
	text := fmt.Sprintf("SELECT id FROM t%d WHERE id = ? AND (%s)", n, strings.Repeat("a IS NULL OR ", 7000)+"b IS NULL")
	st := statement(text, 10, int64(n))
	st.Stack = stack.ID(n + 1)
	return st
}

// Proves that long texts do not exceed the memory of a scope, that what is not kept is said, and that statements are counted.
func TestLongTextsHaveALimit(t *testing.T) {
	const statements, most = 200, 16 << 20
	_, s := begin(t)
	before := heap()
	for n := range statements {
		s.Observe(longStatement(n), nil)
	}
	if used := heap() - before; used > most {
		t.Errorf("%d texts take %d bytes, more than %d", statements, used, most)
	}
	frozen, _ := s.End()
	if got := frozen.Stats; got.Shed != shedGroups || got.Statements != statements || len(frozen.Groups) < 50 {
		t.Errorf("%d groups, %+v", len(frozen.Groups), got)
	}
}

// Proves that the open scopes of a process have a limit together, that later ones still count, and that the memory comes back, also
// from scopes that are never ended.
func TestOpenScopesHaveALimitTogether(t *testing.T) {
	const scopes, sites, most = 10_000, 20, 64 << 20
	before, bytes := heap(), processBytes.Load()
	open := make([]*Scope, scopes)
	st := statement("SELECT id, author_id FROM posts WHERE id = ?", 10, int64(1))
	for i := range open {
		_, open[i] = Begin(context.Background(), "request", nil, false, 0)
		for site := range sites {
			st.Stack = stack.ID(site + 1)
			query(open[i], st, "id", int64(i))
		}
	}
	if used := heap() - before; used > most {
		t.Errorf("%d open scopes take %d bytes, more than %d", scopes, used, most)
	}
	for i, s := range open[:scopes/2] {
		frozen, _ := s.End()
		if frozen.Stats.Statements != sites || (len(frozen.Groups) < sites) != (frozen.Stats.Shed == shedGroups) {
			t.Fatalf("scope %d has %d groups and %+v", i, len(frozen.Groups), frozen.Stats)
		}
	}
	clear(open)
	for range 100 {
		if processBytes.Load() == bytes {
			return
		}
		runtime.GC() // cleanups run after it
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d bytes did not come back", processBytes.Load()-bytes)
}
