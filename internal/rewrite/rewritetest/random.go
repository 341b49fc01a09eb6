package rewritetest

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// RunRandom runs the cases on random tables of an empty database. Each write runs on so many tables, each read on the
// first tenth of them.
//
// The rewrite of a write is made from a run in which some of the arguments, chosen at random, were equal, and is then run
// for turns in which they are not.
func RunRandom(t *testing.T, db *sql.DB, d fingerprint.Dialect, tables int, seed uint64) {
	create(t, db, d)
	made := make(map[string]int)    // rewrites that ran, by case
	changed := make(map[string]int) // loops that changed a table
	for n := range tables {
		r := rand.New(rand.NewPCG(seed, uint64(n)))
		fill(t, db, d, r)
		for _, c := range Writes {
			if c.applies(d) && c.Refuse == "" {
				enough := changed[c.Name] >= tables/20
				ran, effect := c.random(t, db, d, r, enough)
				made[c.Name] += ran
				changed[c.Name] += effect
			}
		}
		if n%10 == 0 {
			for _, c := range Selects {
				if !c.applies(d) || c.Refuse != "" {
					continue
				}
				rewritten, err := c.rewrite(d, nil)
				if err != nil {
					t.Fatalf("%s: %v", c.Name, err)
				}
				if rewritten.Shape != "whole" {
					(&play{db: db, d: d, c: c, r: rewritten}).selects(t)
				}
			}
			for _, c := range Processed {
				if c.Refuse == "" {
					c.run(t, db, d, false)
				}
			}
			assign(t, db, d, r)
		}
		if t.Failed() {
			t.Fatalf("with seed %d, table %d", seed, n)
		}
	}
	for _, c := range Writes {
		if !c.applies(d) || c.Refuse != "" {
			continue
		}
		t.Logf("%s: %d rewrites ran, at least %d of them changed a table", c.Name, made[c.Name], changed[c.Name])
		if made[c.Name] < tables/2 || changed[c.Name] < tables/20 {
			t.Errorf("%s: %d rewrites ran on %d tables, %d of them changed a table: too few to show anything", c.Name, made[c.Name], tables, changed[c.Name])
		}
	}
}

// random runs a write on the tables as they are, with turns of which some have a key twice. It returns how many rewrites
// ran, and how many loops changed a table unless that is not to be counted.
func (c Case) random(t *testing.T, db *sql.DB, d fingerprint.Dialect, r *rand.Rand, uncounted bool) (ran, changed int) {
	t.Helper()
	parsed := read(d, c.Loop).parsed
	wasEqual := make(map[int]bool) // arguments that were equal in the run
	for _, b := range parsed.Bindings {
		if b.Arg >= 0 && r.IntN(3) == 0 {
			wasEqual[b.Arg] = true
		}
	}
	rewritten, err := c.rewrite(d, func(value int) bool { return wasEqual[parsed.Bindings[value].Arg] })
	if err != nil {
		if rewritten, err = c.rewrite(d, nil); err != nil {
			t.Fatalf("%s: %v", c.Name, err)
		}
	}
	p := &play{db: db, d: d, c: c, r: rewritten, uncounted: uncounted}
	turns := p.turns(t)
	for range r.IntN(3) { // a key again, with the other values of another turn
		if len(turns) < 2 {
			break
		}
		again := slices.Clone(turns[r.IntN(len(turns))])
		other := turns[r.IntN(len(turns))]
		for i := range again {
			if r.IntN(2) == 0 {
				again[i] = other[i]
			}
		}
		turns = slices.Insert(slices.Clone(turns), r.IntN(len(turns)+1), again)
	}
	p.writes(t, turns)
	if t.Failed() {
		t.Fatalf("%s, where the arguments %v were equal", c.Name, wasEqual)
	}
	return 1, p.changed
}

// assign compares a column that is read, computed and written back with the UPDATE that computes it.
func assign(t *testing.T, db *sql.DB, d fingerprint.Dialect, r *rand.Rand) {
	t.Helper()
	id, by := int64(r.IntN(12)), int64(r.IntN(5))
	for _, c := range assigns {
		read, update := read(d, c.read), read(d, c.update)
		rewritten, err := c.rewrite(d)
		if err != nil {
			t.Fatal(err)
		}
		p := &play{db: db, d: d, c: Case{Loop: c.update}}
		want, _, err := p.within(t, update, func(q querier) ([][]any, error) {
			for _, row := range query(t, q, read.text, id).rows {
				n := c.compute(row, by)
				if _, err := execute(q, false, update.text, []any{n, id}); err != nil {
					return nil, err
				}
			}
			return nil, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		statement := rewritten.Statement(1, options(update, source{}))
		got, _, err := p.within(t, update, func(q querier) ([][]any, error) {
			return execute(q, false, statement.SQL, arguments(statement, update, [][]any{{nil, id}}, by))
		})
		if err != nil {
			t.Fatalf("%s: %v", statement.SQL, err)
		}
		if fmt.Sprint(want) != fmt.Sprint(got) {
			t.Fatalf("%s\n got %v\nwant %v", statement.SQL, got, want)
		}
	}
}
