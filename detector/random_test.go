package detector

import (
	"database/sql/driver"
	"fmt"
	"math/rand/v2"
	"testing"
)

// A generated scope lists tables with dense serial ids, and then runs a statement for each of some values.
type generated struct {
	random *rand.Rand
	scope  *Scope
	lists  [][][]int64 // rows of id, author_id and rank, of each list
}

// columns are those of each list.
var generatedColumns = []string{"id", "author_id", "rank"}

func generate(t *testing.T, random *rand.Rand, opts ...Option) *generated {
	_, s := begin(t, opts...)
	g := &generated{random: random, scope: s}
	for table := range 1 + random.IntN(3) {
		g.list(table, 3+random.IntN(40))
	}
	return g
}

// list reads a table of n rows: its ids are 1 to n, its other columns any of those.
func (g *generated) list(table, n int) {
	st := statement(fmt.Sprintf("SELECT id, author_id, rank FROM list%d", table), 10+table)
	var r Result
	g.scope.Observe(st, &r)
	var rows [][]int64
	for i := range n {
		row := []int64{int64(i + 1), 1 + g.random.Int64N(int64(n)), 1 + g.random.Int64N(int64(n))}
		r.Row(generatedColumns, []driver.Value{row[0], row[1], row[2]})
		rows = append(rows, row)
	}
	r.Drained()
	r.Close(n, 0)
	g.lists = append(g.lists, rows)
}

// loop runs a statement for each value, from one place.
func (g *generated) loop(sql string, values []int64) {
	for _, v := range values {
		query(g.scope, statement(sql, 40, v), "name", "tea")
	}
}

// independent returns values that do not come from any list: in the order of a counter up or down, at random, or each
// number once in an order of chance.
func (g *generated) independent() []int64 {
	n := 2 + g.random.IntN(len(g.lists[0]))
	values := make([]int64, n)
	switch g.random.IntN(4) {
	case 0:
		for i := range values {
			values[i] = int64(i + 1)
		}
	case 1:
		for i := range values {
			values[i] = int64(n - i)
		}
	case 2:
		for i := range values {
			values[i] = 1 + g.random.Int64N(int64(n))
		}
	default:
		for i, v := range g.random.Perm(n) {
			values[i] = int64(v + 1)
		}
	}
	return values
}

// dependent returns the values of a column of the first list, in row order, some rows left out and some taken twice.
func (g *generated) dependent(column int) (values []int64) {
	for _, row := range g.lists[0] {
		for times := min(g.random.IntN(10), 2); times > 0; times-- { // mostly twice
			values = append(values, row[column])
		}
	}
	return values
}

// flowing is a source that sees one loop around everything, and answers whether the first list reaches it.
type flowing struct {
	onlyLoop
	flows bool
}

func (f flowing) Flows(parent, _ []Frame, _ Loop) Flow {
	if f.flows && parent[0].Line == 10 {
		return Flow{Result: FlowShown}
	}
	return Flow{}
}

// Proves that values which come from nowhere in particular prove nothing, however much they look like a column of serial
// numbers: neither where the source says that no result reaches the loop, though a column may bear the key's name; nor
// without a source, where the name is another. (Without a source, and by the name, a counter cannot be told from the ids.)
func TestNothingIsProvenByChance(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 11))
	for i := range randomScopes {
		sql, opts := "SELECT name FROM shelves WHERE slot = ?", []Option(nil)
		if i%2 == 0 {
			sql, opts = "SELECT name FROM authors WHERE id = ?", []Option{WithSource(flowing{flows: false})}
		}
		g := generate(t, random, opts...)
		g.loop(sql, g.independent())
		for _, f := range g.scope.End(t.Context()) {
			if f.Rule == NPlusOne.Name && f.Level == Proven {
				t.Fatalf("scope %d is proven: %+v", i, f.Evidence)
			}
		}
	}
}

// Proves that what does come from a column is proven: where the source shows it, whatever the names; and without a
// source by the name, from denseProof values on.
func TestWhatComesFromAColumnIsProven(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 13))
	proven := 0
	for i := range randomScopes {
		sql, opts := "SELECT name FROM authors WHERE id = ?", []Option(nil)
		if i%2 == 0 {
			sql, opts = "SELECT name FROM shelves WHERE slot = ?", []Option{WithSource(flowing{flows: true})}
		}
		g := generate(t, random, opts...)
		values := g.dependent(1)
		for len(values) < denseProof {
			g = generate(t, random, opts...)
			values = g.dependent(1)
		}
		g.loop(sql, values)
		for _, f := range g.scope.End(t.Context()) {
			if f.Rule == NPlusOne.Name && f.Level == Proven && f.Parent != nil && f.Parent.Text == "SELECT id, author_id, rank FROM list0" {
				proven++
			}
		}
	}
	t.Logf("%d of %d proven", proven, randomScopes)
	if proven < randomScopes*99/100 {
		t.Errorf("%d of %d scopes are proven, with the right parent; want 99 %%", proven, randomScopes)
	}
}
