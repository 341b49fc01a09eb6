package rewritetest

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// Run runs all cases on an empty database of a dialect: each rewrite must have the text that the case wants, and the
// effect of its loop.
func Run(t *testing.T, db *sql.DB, d fingerprint.Dialect) {
	setUp(t, db, d)
	for _, c := range slices.Concat(Selects, Writes) {
		if !c.applies(d) {
			continue
		}
		t.Run(c.Name, func(t *testing.T) {
			r, err := c.rewrite(d, nil)
			if !c.expected(t, d, r, err) {
				return
			}
			p := &play{db: db, d: d, c: c, r: r}
			if r.Shape == rewrite.ShapeWhole {
				return // nothing is rewritten
			}
			if c.writes() {
				p.writes(t, p.turns(t))
				if p.changed == 0 || p.failed > 0 {
					t.Error("the loop changes nothing, or fails: the case shows nothing")
				}
				return
			}
			p.selects(t)
		})
	}
	for _, c := range Processed {
		t.Run(c.Name, func(t *testing.T) { c.run(t, db, d, true) })
	}
}

// rewrite returns the rewrite of the case, where the values of some positions were equal in the run.
func (c Case) rewrite(d fingerprint.Dialect, equal func(value int) bool) (*rewrite.Rewrite, error) {
	l := rewrite.Loop{Dialect: d, Parsed: read(d, c.Loop).parsed}
	l.Values = func(value int) rewrite.Variation {
		switch {
		case l.Parsed.Bindings[value].Arg < 0:
			return rewrite.Constant
		case equal != nil && equal(value):
			return rewrite.Equal
		}
		return rewrite.Varies
	}
	if c.Facts != nil {
		c.Facts(&l)
	}
	return c.With(l, rewrite.Parent{Parsed: fingerprint.Parse(d, c.Parent), Column: c.Column})
}

func (c Case) writes() bool {
	return fingerprint.Parse(fingerprint.Unknown, c.Loop).Facts.Kind != fingerprint.Select
}

// expected compares a rewrite with what the case wants, and reports whether there is one to run.
func (c Case) expected(t *testing.T, d fingerprint.Dialect, r *rewrite.Rewrite, err error) bool {
	t.Helper()
	if c.Refuse != "" {
		if err == nil {
			t.Fatalf("a rewrite, where none was wanted: %s", r.SQL())
		}
		if !strings.Contains(err.Error(), c.Refuse) {
			t.Errorf("the reason is %q, want %q in it", err, c.Refuse)
		}
		return false
	}
	if err != nil {
		t.Fatal(err)
	}
	if got, want := r.SQL(), c.want(d); got != want || r.Shape != c.Shape {
		t.Errorf("in a report it is (%s)\n got %s\nwant %s", r.Shape, got, want)
	}
	if !strings.Contains(r.Note, c.Note) {
		t.Errorf("the note is %q, want %q in it", r.Note, c.Note)
	}
	if r.Repeats != c.Repeats && !(d == pg && c.Upsert) {
		t.Errorf("Repeats is %d, want %d", r.Repeats, c.Repeats)
	}
	return true
}

// A play is a case that is run on a database.
type play struct {
	db        *sql.DB
	d         fingerprint.Dialect
	c         Case
	r         *rewrite.Rewrite
	uncounted bool // whether loops change a table is not looked at
	changed   int  // how many loops changed a table
	failed    int  // how many loops failed
}

func (p *play) turns(t *testing.T) [][]any { return query(t, p.db, read(p.d, p.c.Parent).text).rows }

// args returns the arguments of a turn.
func (p *play) args(turn []any) []any {
	if p.c.Array {
		return []any{array([][]any{turn}, 0)}
	}
	return turn
}

func (p *play) statement(t *testing.T, turns int, loop, parent source) rewrite.Statement {
	t.Helper()
	s := p.r.Statement(turns, options(loop, parent))
	return s
}

// selects compares the rows of each turn.
func (p *play) selects(t *testing.T) {
	loop, parent := read(p.d, p.c.Loop), read(p.d, p.c.Parent)
	turns := query(t, p.db, parent.text)
	keyed := turns.rows
	if p.c.Column != "" { // the key is one column of the parent
		at := slices.Index(turns.columns, p.c.Column)
		keyed = nil
		for _, row := range turns.rows {
			keyed = append(keyed, row[at:at+1])
		}
	}
	if len(keyed) > 0 {
		p.compare(t, loop, parent, turns, keyed)
	}
}

// compare compares the rows of each turn with those of the rewrite for all turns. keyed are the arguments of the turns,
// parents the rows of the parent that they are from.
func (p *play) compare(t *testing.T, loop, parent source, parents table, keyed [][]any) {
	t.Helper()
	statement := p.statement(t, len(keyed), loop, parent)
	all := query(t, p.db, statement.SQL, arguments(statement, loop, keyed)...)
	if p.r.Shape == rewrite.ShapeJoin || p.r.Shape == rewrite.ShapeLateral {
		p.joins(t, loop, parents, keyed, all)
		return
	}
	f := &loop.parsed.Facts
	for _, turn := range keyed {
		want := query(t, p.db, loop.text, p.args(turn)...)
		key := turn
		if p.c.Key != nil {
			key = nil
			for _, k := range p.c.Key {
				key = append(key, turn[k])
			}
		}
		got := pick(all, p.r.Keys, key, len(want.columns), p.c.Fold && p.d != pg)
		if p.c.Compute != nil {
			want.rows = [][]any{p.c.Compute(want.rows)}
			got = pick(all, p.r.Keys, key, len(want.rows[0]), p.c.Fold && p.d != pg)
		}
		switch {
		case p.r.Shape == rewrite.ShapeKeys: // a key in the result has a row
			found := len(got) > 0
			wanted := len(want.rows) > 0 && want.rows[0][0] != int64(0)
			if found != wanted {
				t.Errorf("turn %v: found is %v, want %v", turn, found, wanted)
			}
			continue
		case p.r.Shape == rewrite.ShapeGrouped && !f.GroupBy && len(got) == 0: // as the note says
			if got = [][]any{noRows(f.Columns)}; p.c.Compute != nil {
				got = [][]any{p.c.Compute(nil)}
			}
		case p.r.Shape == rewrite.ShapeGrouped && p.c.Fold:
			got = sums(got)
		case p.r.Shape == rewrite.ShapeList && f.Limit && len(got) > 1: // as the note says
			got = got[:1]
		}
		sorted := len(f.OrderBy) == 0
		if diff := cmp.Diff(lines(want.rows, sorted), lines(got, sorted)); diff != "" {
			t.Fatalf("turn %v: (-loop +rewrite)\n%s\nof %s", turn, diff, statement.SQL)
		}
	}
}

// pick returns the rows of a turn, with as many columns as the loop has.
func pick(all table, keys []string, key []any, columns int, fold bool) (rows [][]any) {
	var at []int
	for _, k := range keys {
		at = append(at, slices.IndexFunc(all.columns, func(c string) bool { return strings.EqualFold(c, k) }))
	}
	end := len(all.columns)
	for last := all.columns[end-1]; last == "nth" || last == "key1" || last == "key2"; last = all.columns[end-1] {
		end--
	}
	for _, row := range all.rows {
		mine := true
		for i, position := range at {
			mine = mine && key[i] != nil && same(row[position], key[i], fold)
		}
		if mine {
			rows = append(rows, row[max(0, end-columns):end])
		}
	}
	return rows
}

func same(a, b any, fold bool) bool {
	return a == b || fold && strings.EqualFold(fmt.Sprint(a), fmt.Sprint(b))
}

// sums sums the rows of a key that occurs in several spellings.
func sums(rows [][]any) [][]any {
	for len(rows) > 1 {
		rows[0][0] = rows[0][0].(int64) + rows[1][0].(int64)
		rows = slices.Delete(rows, 1, 2)
	}
	return rows
}

// noRows is what aggregates are of no rows.
func noRows(columns []string) []any {
	row := make([]any, len(columns))
	for i, c := range columns {
		if strings.HasPrefix(strings.ToLower(c), "count(") {
			row[i] = int64(0)
		}
	}
	return row
}

// joins compares a join with the parent's rows, each beside those of its turn.
func (p *play) joins(t *testing.T, loop source, parents table, keyed [][]any, all table) {
	var want [][]any
	for i, turn := range keyed {
		children := query(t, p.db, loop.text, turn...)
		if len(children.rows) == 0 {
			children.rows = [][]any{make([]any, len(children.columns))}
		}
		for _, child := range children.rows {
			want = append(want, append(slices.Clone(parents.rows[i]), child...))
		}
	}
	if diff := cmp.Diff(lines(want, true), lines(all.rows, true)); diff != "" {
		t.Fatalf("(-loop +rewrite)\n%s", diff)
	}
}

// writes compares what the tables hold afterwards, and what was returned.
func (p *play) writes(t *testing.T, turns [][]any) {
	t.Helper()
	loop := read(p.d, p.c.Loop)
	turns, once := p.repeated(loop, turns)
	if len(once) == 0 {
		return
	}
	returns := loop.parsed.Facts.Returning
	wantTables, wantReturned, err := p.within(t, loop, func(q querier) (returned [][]any, err error) {
		for _, turn := range turns {
			rows, err := execute(q, returns, loop.text, p.args(turn))
			if err != nil {
				return nil, err
			}
			returned = append(returned, rows...)
		}
		return returned, nil
	})
	if err != nil {
		p.failed++ // a turn fails, as the statement for all turns may
		return
	}
	statement := p.statement(t, len(once), loop, source{})
	gotTables, gotReturned, err := p.within(t, loop, func(q querier) ([][]any, error) {
		return execute(q, returns, statement.SQL, arguments(statement, loop, once))
	})
	if err != nil {
		t.Fatalf("%s\n%v\nwith %v", statement.SQL, err, once)
	}
	if !p.uncounted {
		before, _, _ := p.within(t, loop, func(querier) ([][]any, error) { return nil, nil })
		if !slices.Equal(wantTables, before) {
			p.changed++
		}
	}
	if diff := cmp.Diff(wantTables, gotTables); diff != "" {
		t.Fatalf("(-loop +rewrite)\n%s\nof %s\nfor %v", diff, statement.SQL, turns)
	}
	if returns && len(turns) == len(once) {
		for i, row := range gotReturned { // the key is in front
			gotReturned[i] = row[len(row)-len(loop.parsed.Facts.Columns):]
		}
		if diff := cmp.Diff(lines(wantReturned, true), lines(gotReturned, true)); diff != "" {
			t.Fatalf("returned (-loop +rewrite)\n%s", diff)
		}
	}
}

// repeated returns the turns of the loop and those of the rewrite: with keys that occur twice as Rewrite.Repeats says.
func (p *play) repeated(loop source, turns [][]any) (all, once [][]any) {
	key := p.c.Key
	if key == nil {
		for i, v := range loop.parsed.Facts.Values {
			if arg := loop.parsed.Bindings[i].Arg; v.Role == fingerprint.RoleKey && arg >= 0 {
				key = append(key, arg)
			}
		}
	}
	of := func(turn []any) string {
		var values []any
		for _, k := range key {
			values = append(values, turn[k])
		}
		if text := fmt.Sprint(values...); p.c.Fold {
			return strings.ToLower(text)
		} else {
			return text
		}
	}
	switch p.r.Repeats {
	case rewrite.RepeatsHarmless:
		return turns, turns
	case rewrite.RepeatsLast:
		for i, turn := range turns {
			if !slices.ContainsFunc(turns[i+1:], func(later []any) bool { return of(later) == of(turn) }) {
				once = append(once, turn)
			}
		}
		return turns, once
	}
	for _, turn := range turns {
		if !slices.ContainsFunc(once, func(earlier []any) bool { return of(earlier) == of(turn) }) {
			once = append(once, turn)
		}
	}
	return once, once
}

func execute(q querier, returns bool, text string, args []any) ([][]any, error) {
	if returns {
		out, err := tryQuery(q, text, args...)
		return out.rows, err
	}
	_, err := q.ExecContext(context.Background(), text, args...)
	return nil, err
}

// within runs something in a transaction that is rolled back, and returns what the written table held then.
func (p *play) within(t *testing.T, loop source, do func(querier) ([][]any, error)) (state []string, returned [][]any, err error) {
	t.Helper()
	tx, err := p.db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if returned, err = do(tx); err != nil {
		return nil, nil, err
	}
	for _, name := range tables {
		if slices.Contains(loop.parsed.Facts.Writes, name) || strings.Contains(p.c.Loop, "JOIN") {
			state = append(state, lines(query(t, tx, "SELECT * FROM "+name).rows, true)...)
		}
	}
	return state, returned, nil
}
