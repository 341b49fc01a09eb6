package record

import (
	"bytes"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/internal/stack"
)

// shopScope returns a scope with everything that a written scope has: matches, lists, repeats, long values, literals, failed
// statements, transactions, an open result, and names that are not UTF-8.
func shopScope(t testing.TB) *Frozen {
	t.Helper()
	_, s := Begin(t.Context(), "GET /posts\xff", nil, false, 0)
	var open Result
	s.Observe(statement("SELECT id FROM audit WHERE kind = 'x<y' AND note IS NOT NULL", 9), &open)
	posts := statement("SELECT id, body FROM posts", 10)
	var r Result
	s.Observe(posts, &r)
	for i := range int64(2*blockRows + 3) {
		r.Row([]string{"id", "body\xfe"}, []driver.Value{i << 42, strings.Repeat("long ", minLongValue)})
	}
	r.Drained()
	r.Close(2*blockRows+3, time.Second)
	for i := range int64(5) {
		st := statement("SELECT body FROM comments WHERE post_id = ? AND lang = 'en'", 17, i<<42)
		st.Goroutine, st.Tx, st.TxStack, st.Start = uint32(i%2)*77, uint64(i), at(16), time.Duration(i)*time.Second
		st.Savepoint, st.SavepointStack = uint64(i+1), at(15)
		query(s, st, "body", "nice")
		query(s, statement("SELECT name FROM tags WHERE id IN (?, ?)", 18, i, i+1), "name")
		query(s, statement("SELECT name FROM settings WHERE id = ?", 19, int64(4)), "name", "tea")
		rows := [...]string{"(?, ?)", "(?, ?), (?, ?)"}[min(i, 1)]
		s.Observe(statement("INSERT INTO logs (a, b) VALUES "+rows, 24, i, i, i, i), nil)
		s.Observe(statement("UPDATE visits SET n = ? WHERE id = ?", 20, i, struct{}{}), nil)
	}
	failed := statement("SELECT name FROM tags WHERE id = ?", 21, int64(1))
	failed.Failed = true
	s.Observe(failed, nil)
	unknown := statement("SELECT name FROM tags WHERE id = ?", 22, int64(1))
	unknown.Stack = 5 // no frames are known
	query(s, unknown, "name", "red")
	s.Observe(statement("SET search_path TO x", 23), nil)
	s.EndSavepoint(at(15), at(14))
	s.EndSavepoint(at(15), at(14))
	frozen, _ := s.End()
	return frozen
}

// written returns the scope as Write writes it.
func written(t testing.TB, f *Frozen) string {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Proves that a scope which was written and read has what the rules ask: sums, matches, values, repeats and stacks; and that it
// is written equal again.
func TestWriteAndRead(t *testing.T) {
	before := shopScope(t)
	text := written(t, before)
	after, err := Read(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	if diff := cmp.Diff(text, written(t, after)); diff != "" {
		t.Errorf("what is written differs (-first +second):\n%s", diff)
	}
	if before.Name != after.Name || before.Stats != after.Stats || len(before.Repeats) == 0 || after.ForeignHashes {
		t.Errorf("the scope is %q with %+v and foreign hashes %v, want %q with %+v", after.Name, after.Stats, after.ForeignHashes, before.Name, before.Stats)
	}
	if ends := after.SavepointEnds; len(ends) != 1 || functions(ends[0].Begun) != functions(at(15)) || functions(ends[0].Ended) != functions(at(14)) {
		t.Errorf("the ends of savepoints are %v", ends)
	}
	if diff := cmp.Diff(before.Unread, after.Unread); diff != "" || len(before.Unread) == 0 {
		t.Errorf("unread types differ (-before +after):\n%s", diff)
	}
	if got, want := functions(after.Begun), functions(before.Begun); got != want || want == "" {
		t.Errorf("it was begun at %s, want %s", got, want)
	}
	for i, b := range before.Groups {
		a := after.Groups[i]
		if got, want := summary(a), summary(b); got != want {
			t.Errorf("group %d is\n%s, want\n%s", i, got, want)
		}
		if diff := cmp.Diff(b.Facts(), a.Facts()); diff != "" {
			t.Errorf("the facts of group %d differ (-before +after):\n%s", i, diff)
		}
		for at := range uint64(30) {
			if got, want := after.WrittenSince(a.Key.DB, a.Facts().Tables, at), before.WrittenSince(b.Key.DB, b.Facts().Tables, at); got != want {
				t.Errorf("the tables of group %d are written since %d: %v, want %v", i, at, got, want)
			}
		}
	}
	for i, e := range before.Sequence {
		if after.Sequence[i].Group != e.Group || (after.Sequence[i].Goroutine == 0) != (e.Goroutine == 0) {
			t.Errorf("event %d is %+v, want %+v", i, after.Sequence[i], e)
		}
	}
}

// summary describes a group by what the rules ask of it.
func summary(g *Group) string {
	text := fmt.Sprintf("savepoint %d %s %d %d %v ", g.Savepoint, functions(g.SavepointStack), g.Savepoints, g.SavepointChanges, g.OwnSavepoints())
	text += fmt.Sprintf("%v %q %s tx %s count %d rows %d %v %v tx %d distinct %d/%d varies %+v chained %v own %v fetched %d wide %v uneven %v\n%+v",
		g.Key.ID, g.Parsed.Text, functions(g.Key.Stack), functions(g.TxStack), g.Count, g.Rows, g.Took, g.Pause, g.Tx, g.Arguments.Count(), g.Arguments.First(),
		g.Varies(), g.Chained(), g.OwnTransactions(), g.Fetched(), g.WideBytes != nil && g.WideBytes[1] > 0, g.UnevenRows,
		[]int32{g.ValuesRows, g.TxChanges, g.Fresh, g.Open, g.Empty, g.Longest, g.Drained, g.Abandoned, g.Unscanned})
	for _, sl := range g.Slots {
		text += fmt.Sprintf("\nslot %d %d %v %v %v %v", sl.Value, sl.First, sl.Constant, sl.Unknown, sl.Many, sl.Lists != nil && sl.Lists.Overlap)
		if sl.Lists != nil {
			text += fmt.Sprintf(" %v %v", sl.Lists.Uneven, sl.Lists.Kept())
		}
		for _, m := range sl.Matches {
			text += fmt.Sprintf(" %d.%d %d %d %d %d", m.Parent.Position, m.Column, m.Matched, m.Skipped, m.Repeated, m.Unused())
		}
	}
	for c, name := range g.Results.Names {
		text += fmt.Sprintf("\n%q %v %v", name, g.Results.Dense(c), g.Results.Column(c))
	}
	return text
}

// functions returns the functions of a stack, innermost first.
func functions(id stack.ID) string {
	var names []string
	for _, f := range id.Frames() {
		names = append(names, f.Function)
	}
	return strings.Join(names, " ")
}

// Proves that hashes of another process are marked, also after the scope was written again.
func TestForeignHashes(t *testing.T) {
	text := written(t, shopScope(t))
	text = strings.Replace(text, fmt.Sprintf(`"hashes":%d`, hashOfProcess()), fmt.Sprintf(`"hashes":%d`, hashOfProcess()+1), 1)
	for range 2 {
		f, err := Read(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if !f.ForeignHashes {
			t.Error("the hashes count as those of this process")
		}
		text = written(t, f)
	}
}

// Proves that input which Write cannot have written is an error that says where and what.
func TestReadErrors(t *testing.T) {
	const head = `{"scope":{"version":1}}` + "\n"
	const group = head + `{"database":"sqlite"}` + "\n" + `{"text":{"dialect":"sqlite","text":"SELECT a FROM t WHERE b = ?","bindings":[{"arg":1}]}}` + "\n"
	const row = group + `{"group":{"first":1,"last":1,"count":1,"columns":["a"],"values":"AAAAAA=="}}` + "\n"
	for want, text := range map[string]string{
		"ends early":                         head,
		"not the first line":                 `{"end":{}}`,
		"invalid character":                  "tea",
		"format version 2":                   `{"scope":{"version":2,"name":5}}`,
		"no other, is the scope's":           head + head,
		"no known kind":                      head + `{"tea":1}`,
		"frame 0 is out of range":            head + `{"stack":[0]}`,
		"it follows the end":                 head + `{"end":{}}` + "\n" + head,
		"there are 0 groups, not 1":          head + `{"end":{"groups":1}}`,
		"text 0 is out of range":             head + `{"group":{}}`,
		"stack 3 is out of range":            group + `{"group":{"first":1,"last":1,"count":1,"stack":3}}`,
		"differ in dialect":                  group + `{"database":"mysql"}` + "\n" + `{"group":{"first":1,"last":1,"count":1,"database":1}}`,
		"not in normal form":                 head + `{"text":{"text":"select  1"}}`,
		"has 1 values, not 0":                head + `{"text":{"text":"SELECT a FROM t WHERE b = ?"}}`,
		`the dialect "klingon" is not known`: head + `{"database":"klingon"}`,
		"no statement":                       group + `{"group":{}}`,
		"before the previous group":          row + `{"group":{"first":1,"last":1,"count":1}}`,
		"whole rows":                         group + `{"group":{"first":1,"last":1,"count":1,"values":"AAAAAA=="}}`,
		"value 1 is out of range":            group + `{"group":{"first":1,"last":1,"count":1,"slots":[{"value":1}]}}`,
		"group 1 is out of range":            row + `{"sequence":[1,0]}`,
		"half a pair":                        row + `{"sequence":[0]}`,
		"row or column 1 is out of range":    row + `{"group":{"first":2,"last":2,"count":1,"slots":[{"matches":[{"row":1}]}]}}`,
		"a number is negative":               group + `{"group":{"first":1,"last":1,"count":1,"rows":-1}}`,
		"no sites":                           row + `{"repeat":{"count":2}}`,
		"longer than 1048576 bytes":          head + strings.Repeat(" ", maxFrozenLine+1),
		"longer than 33554432 bytes":         head + strings.Repeat(`{"frame":{"file":"`+strings.Repeat("x", maxFrozenLine/2)+`"}}`+"\n", 65),
	} {
		if _, err := Read(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one that says %q", err, want)
		}
	}
	if _, err := Read(failing{}); !errors.Is(err, errFailing) {
		t.Errorf("error %v, want that of the reader", err)
	}
}

var errFailing = errors.New("the disk is full")

// failing is a reader and a writer that fails.
type failing struct{}

func (failing) Read([]byte) (int, error)  { return 0, errFailing }
func (failing) Write([]byte) (int, error) { return 0, errFailing }

// Proves that Write returns the error of the writer, and one for a scope that Read would refuse.
func TestWriteErrors(t *testing.T) {
	f := shopScope(t)
	if err := f.Write(failing{}); !errors.Is(err, errFailing) {
		t.Errorf("error %v, want that of the writer", err)
	}
	f.Name = strings.Repeat("x", maxFrozenLine)
	if err := f.Write(new(bytes.Buffer)); err == nil || !strings.Contains(err.Error(), "exceeds the limit of 1048576") {
		t.Errorf("error %v, want one about the limit", err)
	}
}

// Proves that a scope with as many groups, values and events as are recorded is written, and read again.
func TestWriteAtTheLimits(t *testing.T) {
	_, s := begin(t)
	names := make([]string, MaxColumns)
	row := make([]driver.Value, MaxColumns)
	for i := range maxSequence + 10 {
		st := statement("SELECT * FROM t WHERE a = ? AND b = ?", i%(MaxGroups+10), nil, nil)
		st.Goroutine = uint32(i) << 8
		var r Result
		s.Observe(st, &r)
		for c := range row {
			row[c] = int64(i + c)
		}
		r.Row(names, row)
		r.Close(1, 0)
	}
	frozen, _ := s.End()
	text := written(t, frozen)
	t.Logf("%d KiB", len(text)>>10)
	if f, err := Read(strings.NewReader(text)); err != nil || len(f.Groups) != MaxGroups {
		t.Errorf("error %v, want none and %d groups", err, MaxGroups)
	}
}

// Proves that Read neither panics nor accepts what Write would not write: what it reads is written, and read again.
func FuzzRead(f *testing.F) {
	_, s := Begin(f.Context(), "GET /posts", nil, false, 0)
	query(s, statement("SELECT id FROM posts", 10), "id", int64(31), int64(42), int64(57))
	for _, id := range []int64{31, 42, 42} {
		query(s, statement("SELECT body FROM comments WHERE post_id = ?", 17, id), "body", "nice")
	}
	frozen, _ := s.End()
	f.Add(written(f, frozen))
	f.Fuzz(func(t *testing.T, text string) {
		first, err := Read(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, g := range first.Groups {
			summary(g)
		}
		again := written(t, first)
		second, err := Read(strings.NewReader(again))
		if err != nil {
			t.Fatalf("%v, in what was written for\n%s\n%s", err, text, again)
		}
		if diff := cmp.Diff(again, written(t, second)); diff != "" {
			t.Errorf("what is written differs (-first +second):\n%s", diff)
		}
	})
}
