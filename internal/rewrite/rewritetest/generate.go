package rewritetest

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// RunGenerated generates statements at random, so many of each kind, and runs those that get a rewrite next to it on
// random tables. It shows that statements which no case has thought of are rewritten with the same effect, or refused.
func RunGenerated(t *testing.T, db *sql.DB, d fingerprint.Dialect, statements int, seed uint64) {
	create(t, db, d)
	shapes := make(map[string]int)
	latest := ""
	defer func() {
		if t.Failed() {
			t.Log(latest)
		}
	}()
	for n := range statements {
		r := rand.New(rand.NewPCG(seed, uint64(n)))
		if n%5 == 0 {
			fill(t, db, d, r)
		}
		g := &generator{Rand: r}
		for _, make := range []func() Case{g.read, g.write} {
			c := make()
			latest = fmt.Sprintf("seed %d, statement %d: %s\narguments for %v, variations %v", seed, n, c.Loop, g.args, g.variations)
			if shape := c.generated(t, db, d, g); shape != "" {
				shapes[shape]++
			}
		}
	}
	t.Logf("rewrites by shape: %v", shapes)
	for _, shape := range []rewrite.Shape{rewrite.ShapeList, rewrite.ShapeGrouped, rewrite.ShapeRanked, rewrite.ShapeKeys, rewrite.ShapeRows} {
		if shapes[string(shape)] < statements/200 {
			t.Errorf("%d rewrites of shape %s, too few to show anything", shapes[string(shape)], shape)
		}
	}
}

// generated runs a generated statement next to its rewrite, and returns the shape of that; "" if there is none, or if the
// database refuses the statement itself.
func (c Case) generated(t *testing.T, db *sql.DB, d fingerprint.Dialect, g *generator) string {
	t.Helper()
	loop := read(d, c.Loop)
	turns := g.turns(2+g.IntN(6), c.writes())
	l := rewrite.Loop{Dialect: d, Parsed: loop.parsed, Values: func(value int) rewrite.Variation {
		if arg := loop.parsed.Bindings[value].Arg; arg >= 0 {
			return g.variations[arg]
		}
		return rewrite.Constant
	}}
	r, err := c.With(l, rewrite.Parent{})
	if err != nil {
		return ""
	}
	p := &play{db: db, d: d, c: c, r: r, uncounted: true}
	if c.writes() {
		if p.writes(t, turns); p.failed > 0 {
			return ""
		}
		return string(r.Shape)
	}
	for _, turn := range turns {
		if _, err := tryQuery(db, loop.text, turn...); err != nil {
			return ""
		}
	}
	p.c.Key = g.keys
	p.compare(t, loop, source{}, table{rows: turns}, turns)
	return string(r.Shape)
}

// A generator makes statements over the schema.
type generator struct {
	*rand.Rand
	args       []string            // the columns that the arguments are compared with or assigned to
	variations []rewrite.Variation // of each argument
	keys       []int               // the arguments that are keys and vary
}

func (g *generator) chance(n int) bool { return g.IntN(n) == 0 }

func (g *generator) pick(of ...string) string { return of[g.IntN(len(of))] }

// arg adds an argument.
func (g *generator) arg(column string) string {
	v := rewrite.Varies
	if g.chance(4) {
		v = rewrite.Equal
	}
	g.args, g.variations = append(g.args, column), append(g.variations, v)
	return "?"
}

// turns returns values of the arguments. The rewrite of a read needs equal arguments to be equal; that of a write must not.
func (g *generator) turns(n int, writes bool) (turns [][]any) {
	for range n {
		turn := make([]any, len(g.args))
		for i, column := range g.args {
			turn[i] = g.value(column)
			if !writes && len(turns) > 0 && g.variations[i] == rewrite.Equal {
				turn[i] = turns[0][i]
			}
		}
		turns = append(turns, turn)
	}
	return turns
}

func (g *generator) value(column string) any {
	if g.chance(12) {
		return nil
	}
	switch column {
	case "kind":
		return g.pick(kinds...)
	case "title", "body", "why":
		return g.pick(texts...)
	case "name":
		return fmt.Sprintf("tag %d", g.IntN(3))
	}
	return int64(g.IntN(8))
}

// A target is a table that statements are generated for.
type target struct {
	name, text, order string
	keys, numbers     []string
}

var targets = []target{
	{"posts", "title", "id", []string{"author_id", "id", "kind"}, []string{"score", "n"}},
	{"comments", "body", "id", []string{"post_id", "author_id", "kind"}, []string{"score"}},
	{"tags", "name", "post_id, name", []string{"post_id", "name"}, []string{"weight"}},
}

// read generates a SELECT.
func (g *generator) read() Case {
	g.args, g.variations, g.keys = nil, nil, nil
	table := targets[g.IntN(len(targets))]
	from, q := table.name, ""
	if g.chance(3) {
		from, q = table.name+g.pick(" AS x", " x"), "x."
	}
	if g.chance(3) && table.name != "tags" {
		if q == "" {
			q = table.name + "."
		}
		from += g.pick(" JOIN", " LEFT JOIN") + " people a ON a.id = " + q + "author_id"
	}
	number, text := q+g.pick(table.numbers...), q+table.text
	c := Case{With: byKeys}
	first, list, group := "SELECT ", q+table.keys[1]+", "+number, ""
	switch g.IntN(9) {
	case 0:
		list = "*"
	case 1:
		list = g.pick("count(*)", "max("+number+")", "count("+number+") AS c, min("+number+")")
	case 2:
		list, group = "count(*), "+number, " GROUP BY "+number+g.pick("", " HAVING count(*) > 1")
	case 3:
		list, first = number, "SELECT DISTINCT "
	case 4:
		list = "1"
	case 5:
		c.With, c.Compute = count, func(rows [][]any) []any { return []any{int64(len(rows))} }
	case 6:
		c.With, c.Compute = exists, func(rows [][]any) []any { return []any{int64(min(len(rows), 1))} }
	case 7:
		list = "upper(" + text + ") AS loud, (SELECT count(*) FROM labels l WHERE l.n = " + number + ") AS labels"
	}
	conditions := g.conditions(q, table, number)
	order := ""
	if group == "" && first == "SELECT " && g.chance(3) {
		order = " ORDER BY " + g.pick(number+", ", number+" DESC, ", "") + q + strings.ReplaceAll(table.order, ", ", ", "+q) + g.pick("", " DESC")
		order += g.pick("", " LIMIT 1", " LIMIT 2", " LIMIT 2 OFFSET 1")
	}
	c.Loop = first + list + " FROM " + from + " WHERE " + conditions + group + order
	if c.Compute == nil && g.chance(9) {
		c.Loop = "SELECT EXISTS (" + c.Loop + ")"
	}
	return c
}

// conditions generates a WHERE clause with one or two keys.
func (g *generator) conditions(q string, table target, number string) string {
	var parts []string
	for _, k := range table.keys[:1+g.IntN(2)] {
		mark := g.arg(k)
		if last := len(g.args) - 1; g.variations[last] == rewrite.Varies {
			g.keys = append(g.keys, last)
		}
		parts = append(parts, g.pick(q+k+" = "+mark, q+k+" = "+mark, mark+" = "+q+k, q+k+" IN ("+mark+")", "("+q+k+" = "+mark+")"))
	}
	text := q + table.text
	for range g.IntN(3) {
		at := g.IntN(len(parts) + 1)
		parts = append(parts[:at], append([]string{g.pick(
			number+" > 1", number+" BETWEEN 0 AND 4", number+" IS NOT NULL", "NOT ("+number+" = 2)", "("+number+" = 1 OR "+text+" <> 'abc')",
			text+" LIKE '%b%'", number+" IN (0, 1, 2)", "EXISTS (SELECT 1 FROM people e WHERE e.age > "+number+")",
			"CASE WHEN "+number+" > 2 THEN 1 ELSE 0 END = 1", number+" = (SELECT max(n) FROM labels)")}, parts[at:]...)...)
	}
	if g.chance(15) {
		return strings.Join(parts, " OR ")
	}
	return strings.Join(parts, " AND ")
}

// write generates an INSERT, UPDATE or DELETE.
func (g *generator) write() Case {
	g.args, g.variations, g.keys = nil, nil, nil
	table := targets[g.IntN(len(targets))]
	number := g.pick(table.numbers...)
	switch g.IntN(4) {
	case 0:
		return Case{Loop: g.insert(), With: write}
	case 1:
		loop := "DELETE FROM " + table.name + " WHERE " + g.conditions("", table, number)
		if g.chance(4) {
			loop += " AND " + g.pick("EXISTS (SELECT 1 FROM labels WHERE labels.n = "+number+")", number+" < (SELECT max("+number+") FROM "+table.name+")")
		}
		return Case{Loop: loop, With: write}
	}
	columns := append([]string{}, table.numbers...)
	if table.text != "name" {
		columns = append(columns, table.text)
	}
	g.Shuffle(len(columns), func(i, j int) { columns[i], columns[j] = columns[j], columns[i] })
	var sets []string
	for _, column := range columns[:1+g.IntN(len(columns))] {
		value := ""
		switch text := column == table.text; {
		case g.chance(2):
			value = g.arg(column)
		case text:
			value = g.pick("upper("+column+")", "'same'")
		case g.chance(3):
			value = column + " + " + g.arg(column)
		default:
			value = g.pick(column+" + 1", "5", number+" * 2", "coalesce("+column+", 0) - 1")
		}
		sets = append(sets, column+" = "+value)
	}
	return Case{Loop: "UPDATE " + table.name + " SET " + strings.Join(sets, ", ") + " WHERE " + g.conditions("", table, number), With: write}
}

// insert generates an INSERT.
func (g *generator) insert() string {
	switch g.IntN(3) {
	case 0:
		return "INSERT INTO log (post_id, why, n) VALUES (" + g.arg("post_id") + ", " + g.pick("'same'", "upper('x')") + ", " + g.arg("n") + ")"
	case 1:
		return "INSERT INTO log (post_id, n) SELECT id, score FROM posts WHERE " + g.conditions("", targets[0], "score")
	}
	return "INSERT INTO log (post_id, n) SELECT post_id, " + g.pick("n", "n + 1", "count(*)") + " FROM log WHERE post_id = " + g.arg("post_id")
}
