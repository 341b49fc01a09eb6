package record

import (
	"database/sql/driver"
	"testing"
)

// batch returns a statement of several executions, with the texts and the arguments of each.
func batch(line int, texts []string, args ...driver.Value) *Statement {
	st := statement(texts[0], line, args[0])
	for i := 1; i < len(texts); i++ {
		further := statement(texts[i], line, args[i])
		st.Batch = append(st.Batch, Execution{further.Parsed, further.Args})
	}
	return st
}

const byID = "SELECT name FROM authors WHERE id = ?"

// Proves that a batch is one statement with a list at each position, and that parts of one longer list are recognised as such.
func TestABatchIsOneStatementWithLists(t *testing.T) {
	_, s := begin(t)
	s.Observe(batch(1, []string{byID, byID, byID}, int64(1), int64(2), int64(3)), nil)
	s.Observe(batch(1, []string{byID, byID, byID}, int64(4), int64(5), int64(6)), nil)
	s.Observe(batch(1, []string{byID, byID}, int64(7), int64(8)), nil)
	f, _ := s.End()
	g := f.Groups[0]
	if f.Stats.Statements != 3 || len(f.Groups) != 1 || g.Count != 3 || !g.Slots[0].Many || g.Slots[0].Lists.Uneven || g.Slots[0].Lists.Overlap || !g.Varies().List {
		t.Errorf("%d statements in %d groups: %+v", f.Stats.Statements, len(f.Groups), g.Slots[0])
	}
}

// Proves that the literals of a batch's texts, and columns in another order, are values at their positions.
func TestTheTextsOfABatchDiffer(t *testing.T) {
	_, s := begin(t)
	s.Observe(batch(1, []string{"SELECT name FROM authors WHERE id = 1", "SELECT name FROM authors WHERE id = 2"}, nil, nil), nil)
	s.Observe(batch(1, []string{"SELECT name FROM authors WHERE id = 2", "SELECT name FROM authors WHERE id = 3"}, nil, nil), nil)
	f, _ := s.End()
	if g := f.Groups[0]; g.Count != 2 || !g.Slots[0].Lists.Overlap || g.Slots[0].Constant {
		t.Errorf("%+v", g.Slots[0].Lists)
	}
}

// Proves that a batch of INSERTs counts the rows of all of them, as one INSERT with several rows does.
func TestABatchOfInserts(t *testing.T) {
	const insert = "INSERT INTO authors (name) VALUES (?)"
	_, s := begin(t)
	s.Observe(batch(1, []string{insert, insert}, "a", "b"), nil)
	s.Observe(batch(1, []string{insert, insert}, "c", "d"), nil)
	f, _ := s.End()
	if g := f.Groups[0]; g.ValuesRows != 2 || g.UnevenRows {
		t.Errorf("%d rows, uneven %v", g.ValuesRows, g.UnevenRows)
	}
}

// Proves that two batches with equal arguments are a repeat only if their results are known and equal.
func TestRepeatsOfBatches(t *testing.T) {
	for _, tc := range []struct {
		name    string
		second  []driver.Value // arguments
		unread  bool
		repeats int
	}{
		{"equal", []driver.Value{int64(1), int64(2)}, false, 1},
		{"another order", []driver.Value{int64(2), int64(1)}, false, 0},
		{"a result that is not read", []driver.Value{int64(1), int64(2)}, true, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, s := begin(t)
			for _, args := range [][]driver.Value{{int64(1), int64(2)}, tc.second} {
				var r Result
				s.Observe(batch(1, []string{byID, byID}, args...), &r)
				r.Cells([]string{"name"}, []Cell{TextCell([]byte("x"))})
				if tc.unread {
					r.Unread("not read")
				}
				r.Close(1, 0)
			}
			f, _ := s.End()
			if len(f.Repeats) != tc.repeats || (f.Stats.Shed == "not read") != tc.unread {
				t.Errorf("%d repeats, want %d; not kept: %q", len(f.Repeats), tc.repeats, f.Stats.Shed)
			}
		})
	}
}
