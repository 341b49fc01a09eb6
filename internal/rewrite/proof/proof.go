package proof

import (
	"context"
	"database/sql"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// Run tries all cases on an empty database of a dialect.
func Run(t *testing.T, db *sql.DB, d fingerprint.Dialect) {
	setUp(t, db, d)
	for _, c := range Selects {
		c.run(t, db, d, selects)
	}
	for _, c := range Writes {
		c.run(t, db, d, writes)
	}
	for _, c := range Counts {
		t.Run(c.Loop, func(t *testing.T) { counts(t, db, d, c.Loop, c.Count, c.Exists) })
	}
}

func (c Case) run(t *testing.T, db *sql.DB, d fingerprint.Dialect, prove func(*testing.T, *sql.DB, fingerprint.Dialect, Case, *rewrite.Rewrite)) {
	if len(c.Only) > 0 && !slices.Contains(c.Only, d) {
		return
	}
	t.Run(c.Name, func(t *testing.T) {
		l := rewrite.Loop{Dialect: d, Parsed: fingerprint.Parse(d, c.Loop)}
		l.Varies = func(value int) bool { return l.Parsed.Bindings[value].Arg >= 0 }
		r, err := c.With(l, rewrite.Parent{Parsed: fingerprint.Parse(d, c.Parent), Column: c.Column})
		if c.Refuse != "" {
			if err == nil {
				t.Fatalf("a rewrite, where none was wanted: %s", r.SQL())
			}
			if !strings.Contains(err.Error(), c.Refuse) {
				t.Errorf("the reason is %q, and does not speak of %q", err, c.Refuse)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		want := c.Want
		if w, ok := c.Wants[d]; ok {
			want = w
		}
		if got := r.SQL(); got != want || r.Shape != c.Shape {
			t.Errorf("for people it is (%s)\n got %s\nwant %s", r.Shape, got, want)
		}
		prove(t, db, d, c, r)
	})
}

// selects compares the rows of each turn.
func selects(t *testing.T, db *sql.DB, d fingerprint.Dialect, c Case, r *rewrite.Rewrite) {
	loop, parent := read(d, c.Loop), read(d, c.Parent)
	turns := query(t, db, parent.text)
	statement := r.Statement(len(turns.rows), options(loop, parent))
	keyed := turns.rows
	if c.Column != "" { // one column of the parent feeds the loop
		at := slices.Index(turns.columns, c.Column)
		keyed = nil
		for _, row := range turns.rows {
			keyed = append(keyed, row[at:at+1])
		}
	}
	all := query(t, db, statement.SQL, arguments(statement, loop, keyed)...)
	if r.Shape == rewrite.Join || r.Shape == rewrite.Lateral {
		joins(t, db, loop, turns, keyed, all)
		return
	}
	f := &loop.parsed.Facts
	for _, turn := range keyed {
		want := query(t, db, loop.text, turn...)
		got := pick(all, r.Keys, turn, want.columns)
		switch {
		case r.Shape == rewrite.Keys: // a key that is there has a row
			found := len(got) > 0
			wanted := len(want.rows) > 0 && (want.rows[0][0] != int64(0))
			if found != wanted {
				t.Errorf("turn %v: found is %v, want %v", turn, found, wanted)
			}
			continue
		case r.Shape == rewrite.Grouped && !f.GroupBy && len(got) == 0: // as Note says
			got = [][]any{empty(f.Columns)}
		}
		sorted := len(f.OrderBy) == 0
		if diff := cmp.Diff(lines(want.rows, sorted), lines(got, sorted)); diff != "" {
			t.Errorf("turn %v: (-loop +rewrite)\n%s\nof %s", turn, diff, statement.SQL)
		}
	}
}

// pick returns the rows of a turn, with the columns that the loop has.
func pick(all table, keys []string, turn []any, columns []string) (rows [][]any) {
	var at []int
	for _, k := range keys {
		at = append(at, slices.IndexFunc(all.columns, func(c string) bool { return strings.EqualFold(c, k) }))
	}
	extra := len(all.columns) - len(columns)
	for _, row := range all.rows {
		mine := true
		for i, place := range at {
			mine = mine && turn[i] != nil && row[place] == turn[i]
		}
		if !mine {
			continue
		}
		if last := all.columns[len(all.columns)-1]; last == "nth" {
			rows = append(rows, row[extra-1:len(row)-1])
		} else {
			rows = append(rows, row[extra:])
		}
	}
	return rows
}

// empty is what aggregates are of no rows.
func empty(columns []string) []any {
	row := make([]any, len(columns))
	for i, c := range columns {
		if strings.HasPrefix(strings.ToLower(c), "count(") {
			row[i] = int64(0)
		}
	}
	return row
}

// joins compares a join with the parent's rows, each beside those of its turn.
func joins(t *testing.T, db *sql.DB, loop source, parents table, keyed [][]any, all table) {
	var want [][]any
	for i, turn := range keyed {
		children := query(t, db, loop.text, turn...)
		if len(children.rows) == 0 {
			children.rows = [][]any{make([]any, len(children.columns))}
		}
		for _, child := range children.rows {
			want = append(want, append(slices.Clone(parents.rows[i]), child...))
		}
	}
	if diff := cmp.Diff(lines(want, true), lines(all.rows, true)); diff != "" {
		t.Errorf("(-loop +rewrite)\n%s", diff)
	}
}

// writes compares what the tables hold afterwards, and what was returned.
func writes(t *testing.T, db *sql.DB, d fingerprint.Dialect, c Case, r *rewrite.Rewrite) {
	loop := read(d, c.Loop)
	turns := query(t, db, c.Parent).rows
	wantTables, wantReturned := within(t, db, func(q querier) (returned [][]any) {
		for _, turn := range turns {
			returned = append(returned, execute(t, q, loop.parsed.Facts.Returning, loop.text, turn)...)
		}
		return returned
	})
	statement := r.Statement(len(turns), options(loop, source{}))
	gotTables, gotReturned := within(t, db, func(q querier) [][]any {
		return execute(t, q, loop.parsed.Facts.Returning, statement.SQL, arguments(statement, loop, turns))
	})
	before, _ := within(t, db, func(querier) [][]any { return nil })
	if cmp.Equal(wantTables, before) {
		t.Error("the loop changes nothing: the case proves nothing")
	}
	if diff := cmp.Diff(wantTables, gotTables); diff != "" {
		t.Errorf("(-loop +rewrite)\n%s\nof %s", diff, statement.SQL)
	}
	if diff := cmp.Diff(lines(wantReturned, true), lines(gotReturned, true)); diff != "" {
		t.Errorf("returned (-loop +rewrite)\n%s", diff)
	}
}

func execute(t *testing.T, q querier, returns bool, text string, args []any) [][]any {
	t.Helper()
	if returns {
		return query(t, q, text, args...).rows
	}
	if _, err := q.ExecContext(context.Background(), text, args...); err != nil {
		t.Fatalf("%s\n%v\nwith %v", text, err, args)
	}
	return nil
}

// within runs something in a transaction that is rolled back, and returns what the tables held by then.
func within(t *testing.T, db *sql.DB, do func(querier) [][]any) (state []string, returned [][]any) {
	t.Helper()
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	returned = do(tx)
	for _, name := range tables {
		state = append(state, lines(query(t, tx, "SELECT * FROM "+name).rows, true)...)
	}
	return state, returned
}

var numbered = regexp.MustCompile(`\$\d+`)

// counts compares the number of rows, and whether there is one, with what the database says of them.
func counts(t *testing.T, db *sql.DB, d fingerprint.Dialect, text, count, exists string) {
	loop := read(d, text)
	for _, rewritten := range []struct {
		of   func(fingerprint.Dialect, *fingerprint.Parsed) (*rewrite.Rewrite, error)
		want string
		is   func(rows int) int64
	}{
		{rewrite.CountRows, count, func(rows int) int64 { return int64(rows) }},
		{rewrite.AnyRow, exists, func(rows int) int64 { return int64(min(rows, 1)) }},
	} {
		r, err := rewritten.of(d, loop.parsed)
		if rewritten.want == "" {
			if err == nil {
				t.Errorf("a rewrite, where none was wanted: %s", r.SQL())
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if got := numbered.ReplaceAllString(r.SQL(), "?"); got != rewritten.want {
			t.Errorf("for people it is\n got %s\nwant %s", got, rewritten.want)
		}
		statement := r.Statement(1, options(loop, source{}))
		got := query(t, db, statement.SQL).rows
		if want := rewritten.is(len(query(t, db, text).rows)); len(got) != 1 || got[0][0] != want {
			t.Errorf("%s gives %v, want %d", statement.SQL, got, want)
		}
	}
}
