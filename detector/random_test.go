package detector

import (
	"database/sql/driver"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/record"
)

// A generated scope reads tables with serial ids, and then runs a statement for each of some values.
type generated struct {
	random *rand.Rand
	scale  int64 // factor of all values
	scope  *Scope
	lists  [][][]int64 // rows of id, author_id and rank, of each list
}

// generatedColumns are the columns of each list.
var generatedColumns = []string{"id", "author_id", "rank"}

func generate(t *testing.T, random *rand.Rand, scale int64, opts ...Option) *generated {
	_, s := begin(t, opts...)
	g := &generated{random: random, scale: scale, scope: s}
	for table := range 1 + random.IntN(3) {
		g.list(table, 3+random.IntN(40))
	}
	return g
}

// list reads a table of n rows: its ids are 1 to n, its other columns are random ids.
func (g *generated) list(table, n int) {
	st := statement(fmt.Sprintf("SELECT id, author_id, rank FROM list%d", table), 10+table)
	var r record.Result
	g.scope.Observe(st, &r)
	var rows [][]int64
	for i := range n {
		row := []int64{int64(i + 1), 1 + g.random.Int64N(int64(n)), 1 + g.random.Int64N(int64(n))}
		for c := range row {
			row[c] = g.scale*row[c] + (g.scale-1)*int64(table) // with a large scale, no two lists have a value in common
		}
		r.Row(generatedColumns, []driver.Value{row[0], row[1], row[2]})
		rows = append(rows, row)
	}
	r.Drained()
	r.Close(n, 0)
	g.lists = append(g.lists, rows)
}

// loop runs a statement for each value, with one stack.
func (g *generated) loop(sql string, values []int64) {
	for _, v := range values {
		query(g.scope, statement(sql, 40, v), "name", "tea")
	}
}

// independent returns values that do not come from a list: ascending, descending, random, or a random permutation.
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

// dependent returns the values of a column of the first list, in row order, where some rows are skipped and some taken twice.
func (g *generated) dependent(column int) (values []int64) {
	for _, row := range g.lists[0] {
		for times := min(g.random.IntN(10), 2); times > 0; times-- { // mostly 2
			values = append(values, row[column])
		}
	}
	return values
}

// flowing is a source with one loop around every statement. flows says whether the first list reaches it.
type flowing struct {
	onlyLoop
	flows bool
}

func (f flowing) Flows(parent, _ []analysis.Frame, _ analysis.Loop) analysis.Flow {
	if f.flows && parent[0].Line == 10 {
		return analysis.Flow{Result: analysis.FlowShown}
	}
	return analysis.Flow{Result: analysis.FlowExcluded}
}

// Proves that independent values prove nothing, however similar they are to a column of serial numbers, and whatever the names of
// the columns: neither where the source says that no result reaches the loop, nor without source.
func TestCoincidenceIsNotProven(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 11))
	for i := range randomScopes {
		sql, opts := "SELECT name FROM shelves WHERE slot = ?", []Option(nil)
		if i%2 == 0 {
			sql = "SELECT name FROM authors WHERE id = ?"
		}
		if i%4 < 2 {
			opts = []Option{WithSource(flowing{flows: false})}
		}
		g := generate(t, random, 1, opts...)
		g.loop(sql, g.independent())
		for _, f := range g.scope.End(t.Context()) {
			if f.Rule == "n-plus-one" && f.Level == finding.Proven {
				t.Fatalf("scope %d is proven: %+v", i, f.Evidence)
			}
		}
	}
}

// Proves that values of a column are proven, whatever the names: where the source shows it, and without source where the values
// come from a large space.
func TestValuesOfAColumnAreProven(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 13))
	proven := 0
	for i := range randomScopes {
		const sql = "SELECT name FROM shelves WHERE slot = ?"
		opts, scale := []Option(nil), int64(1)<<44+12345
		if i%2 == 0 {
			opts, scale = []Option{WithSource(flowing{flows: true})}, 1
		}
		var g *generated
		var values []int64
		for distinct(values) < 2 {
			g = generate(t, random, scale, opts...)
			values = g.dependent(1)
		}
		g.loop(sql, values)
		for _, f := range g.scope.End(t.Context()) {
			if f.Rule == "n-plus-one" && f.Level == finding.Proven && f.Parent != nil && f.Parent.Text == "SELECT id, author_id, rank FROM list0" {
				proven++
			}
		}
	}
	t.Logf("%d of %d proven", proven, randomScopes)
	if proven < randomScopes*99/100 {
		t.Errorf("%d of %d scopes are proven, with the right parent; want 99 %%", proven, randomScopes)
	}
}

func distinct(values []int64) int {
	seen := make(map[int64]bool)
	for _, v := range values {
		seen[v] = true
	}
	return len(seen)
}
