package source_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/source"
)

// flowHead begins each file of TestFlowsOfSQL.
const flowHead = `package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sort"
	"strings"
	"sync"
)

var (
	_ = fmt.Sprint
	_ = json.Marshal
	_ = maps.Keys[map[int]int]
	_ = slices.Sort[[]int]
	_ = sort.Ints
	_ = strings.Join
	_ sync.Mutex
	_ = cmp.Compare[int]
	_ http.Handler
)

`

// flowRows is what the programs have in common.
const flowRows = `type row struct {
	id, author int
	name       string
	next       *row
	null       sql.NullInt64
}

func load(ctx context.Context, db *sql.DB, q string, args ...any) (out []row, err error) {
	rows, err := db.QueryContext(ctx, q, args...) // p0 load
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var r row
		if err := rows.Scan(&r.id, &r.author, &r.name, &r.null); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

func ask(ctx context.Context, db *sql.DB, args ...any) (n int) {
	db.QueryRowContext(ctx, "SELECT count(*) FROM t WHERE id = $1", args...).Scan(&n) // c0 ask
	return n
}

`

// Each program runs a parent statement and, in a loop, a child statement. Comments mark the frames of the two stacks, p for
// the parent's and c for the child's, from the innermost outwards, with the name of the function, and the loop. The frames
// of flowRows are the innermost ones.
func TestFlowsOfSQL(t *testing.T) {
	const shown, excluded, unknown = analysis.FlowShown, analysis.FlowExcluded, analysis.FlowUnknown
	programs := []struct {
		name, text   string
		result, turn analysis.FlowResult
	}{
		{"a field", `func F(ctx context.Context, db *sql.DB) {
	list, _ := load(ctx, db, "") // p1 F
	for _, r := range list { // loop
		ask(ctx, db, r.author) // c1 F
	}
}`, shown, shown},
		{"a field of another result", `func F(ctx context.Context, db *sql.DB) {
	other, _ := load(ctx, db, "a")
	list, _ := load(ctx, db, "b") // p1 F
	_ = list
	for _, r := range other { // loop
		ask(ctx, db, r.author) // c1 F
	}
}`, excluded, shown},
		{"a constant for each row", `func F(ctx context.Context, db *sql.DB, tenant int) {
	list, _ := load(ctx, db, "") // p1 F
	for range list { // loop
		ask(ctx, db, tenant) // c1 F
	}
}`, unknown, unknown},
		{"a value of the request for each row", `func F(ctx context.Context, db *sql.DB, r *http.Request) {
	list, _ := load(ctx, db, "") // p1 F
	id := r.PathValue("id")
	for range list { // loop
		ask(ctx, db, id) // c1 F
	}
}`, excluded, excluded},
		{"a literal for each row", `func F(ctx context.Context, db *sql.DB) {
	list, _ := load(ctx, db, "") // p1 F
	for range list { // loop
		ask(ctx, db, 7) // c1 F
	}
}`, excluded, excluded},
		{"two calls on one line", `func F(ctx context.Context, db *sql.DB) {
	a, b := first(load(ctx, db, "a")), first(load(ctx, db, "b")) // p1 F
	_ = b
	for _, r := range a { // loop
		ask(ctx, db, r.id) // c1 F
	}
}
func first(list []row, _ error) []row { return list }`, unknown, shown},
		{"a queue that the loop takes rows from", `type queue struct{ rows []row }
func (q *queue) pop() row {
	r := q.rows[0]
	q.rows = q.rows[1:]
	return r
}
func F(ctx context.Context, db *sql.DB) {
	list, _ := load(ctx, db, "") // p1 F
	q := &queue{rows: list}
	for range 3 { // loop
		ask(ctx, db, q.pop().id) // c1 F
	}
}`, unknown, unknown},
		{"a map that is locked", `func F(ctx context.Context, db *sql.DB) {
	list, _ := load(ctx, db, "") // p1 F
	var m sync.Map
	for _, r := range list {
		m.Store(r.id, r.author)
	}
	for i := range 9 { // loop
		v, _ := m.Load(i)
		ask(ctx, db, v) // c1 F
	}
}`, shown, shown},
		{"the first row for each row", `func F(ctx context.Context, db *sql.DB) {
	list, _ := load(ctx, db, "") // p1 F
	for range list { // loop
		ask(ctx, db, list[0].id) // c1 F
	}
}`, excluded, excluded},
		{"one field kept, another handed on", `type item struct{ a, b int }
func F(ctx context.Context, db *sql.DB) {
	list, _ := load(ctx, db, "") // p1 F
	var items []item
	for i, r := range list {
		items = append(items, item{a: r.id, b: i})
	}
	for _, it := range items { // loop
		ask(ctx, db, it.b) // c1 F
	}
}`, excluded, shown},
		{"a field through a struct of another type", `type item struct{ a, b int }
func F(ctx context.Context, db *sql.DB) {
	list, _ := load(ctx, db, "") // p1 F
	var items []*item
	for i, r := range list {
		items = append(items, &item{a: r.id, b: i})
	}
	for _, it := range items { // loop
		ask(ctx, db, it.a) // c1 F
	}
}`, shown, shown},
		{"a map and its sorted keys", `func F(ctx context.Context, db *sql.DB) {
	list, _ := load(ctx, db, "") // p1 F
	byID := map[int]row{}
	for _, r := range list {
		byID[r.author] = r
	}
	for _, id := range slices.Sorted(maps.Keys(byID)) { // loop
		ask(ctx, db, id) // c1 F
	}
}`, shown, shown},
		{"a set of keys", `func F(ctx context.Context, db *sql.DB) {
	list, _ := load(ctx, db, "") // p1 F
	seen := map[int]struct{}{}
	for _, r := range list {
		seen[r.author] = struct{}{}
	}
	for id := range seen { // loop
		ask(ctx, db, id) // c1 F
	}
}`, shown, shown},
		{"a sorted copy", `func F(ctx context.Context, db *sql.DB) {
	list, _ := load(ctx, db, "") // p1 F
	sorted := slices.SortedFunc(slices.Values(list), func(a, b row) int { return cmp.Compare(a.id, b.id) })
	for _, r := range sorted { // loop
		ask(ctx, db, r.id) // c1 F
	}
}`, shown, shown},
		{"texts joined and split", `func F(ctx context.Context, db *sql.DB) {
	list, _ := load(ctx, db, "") // p1 F
	var names []string
	for _, r := range list {
		names = append(names, r.name)
	}
	for _, n := range strings.Split(strings.Join(names, ","), ",") { // loop
		ask(ctx, db, n) // c1 F
	}
}`, shown, shown},
		{"a formatted text", `func F(ctx context.Context, db *sql.DB) {
	list, _ := load(ctx, db, "") // p1 F
	for _, r := range list { // loop
		ask(ctx, db, fmt.Sprintf("k-%d", r.id)) // c1 F
	}
}`, shown, shown},
		{"JSON and back", `func F(ctx context.Context, db *sql.DB) {
	list, _ := load(ctx, db, "") // p1 F
	text, _ := json.Marshal(list)
	var again []row
	json.Unmarshal(text, &again)
	for _, r := range again { // loop
		ask(ctx, db, r.id) // c1 F
	}
}`, shown, shown},
		{"a field of a null value", `func F(ctx context.Context, db *sql.DB) {
	list, _ := load(ctx, db, "") // p1 F
	for _, r := range list { // loop
		if r.null.Valid {
			ask(ctx, db, r.null.Int64) // c1 F
		}
	}
}`, shown, shown},
		{"a chain of pointers", `func F(ctx context.Context, db *sql.DB) {
	list, _ := load(ctx, db, "") // p1 F
	var head *row
	for _, r := range list {
		head = &row{id: r.id, next: head}
	}
	for r := head; r != nil; r = r.next { // loop
		ask(ctx, db, r.id) // c1 F
	}
}`, shown, shown},
		{"a generic function that maps", `func mapped[T, U any](list []T, f func(T) U) (out []U) {
	for _, v := range list {
		out = append(out, f(v))
	}
	return out
}
func F(ctx context.Context, db *sql.DB) {
	list, _ := load(ctx, db, "") // p1 F
	for _, id := range mapped(list, func(r row) int { return r.author }) { // loop
		ask(ctx, db, id) // c1 F
	}
}`, shown, shown},
		{"a generic function that maps to something else", `func mapped[T, U any](list []T, f func(T) U) (out []U) {
	for _, v := range list {
		out = append(out, f(v))
	}
	return out
}
func F(ctx context.Context, db *sql.DB) {
	list, _ := load(ctx, db, "") // p1 F
	for _, id := range mapped(list, func(r row) int { return 7 }) { // loop
		ask(ctx, db, id) // c1 F
	}
}`, excluded, shown},
		{"a filter of the standard library", `func F(ctx context.Context, db *sql.DB) {
	list, _ := load(ctx, db, "") // p1 F
	list = slices.DeleteFunc(list, func(r row) bool { return r.id == 0 })
	for i := range list { // loop
		ask(ctx, db, list[i].id) // c1 F
	}
}`, shown, shown},
		{"a field of a struct that methods fill", `type page struct {
	db   *sql.DB
	rows []row
	ids  []int
}
func (p *page) fetch(ctx context.Context) { p.rows, _ = load(ctx, p.db, "") } // p1 (*page).fetch
func (p *page) keys() { p.ids = []int{1, 2, 3} }
func (p *page) render(ctx context.Context) {
	for _, r := range p.rows { // loop
		ask(ctx, p.db, r.id) // c1 (*page).render
	}
}
func F(ctx context.Context, db *sql.DB) {
	p := &page{db: db}
	p.keys()
	p.fetch(ctx) // p2 F
	p.render(ctx) // c2 F
}`, shown, shown},
		{"another field of a struct that methods fill", `type page struct {
	db   *sql.DB
	rows []row
	ids  []int
}
func (p *page) fetch(ctx context.Context) { p.rows, _ = load(ctx, p.db, "") } // p1 (*page).fetch
func (p *page) keys() { p.ids = []int{1, 2, 3} }
func (p *page) render(ctx context.Context) {
	for _, id := range p.ids { // loop
		ask(ctx, p.db, id) // c1 (*page).render
	}
}
func F(ctx context.Context, db *sql.DB) {
	p := &page{db: db}
	p.keys()
	p.fetch(ctx) // p2 F
	p.render(ctx) // c2 F
}`, excluded, shown},
		{"a statement between", `func F(ctx context.Context, db *sql.DB) {
	list, _ := load(ctx, db, "a") // p1 F
	var ids []int
	for _, r := range list {
		more, _ := load(ctx, db, "b", r.id)
		for _, m := range more {
			ids = append(ids, m.id)
		}
	}
	for _, id := range ids { // loop
		ask(ctx, db, id) // c1 F
	}
}`, excluded, shown},
		{"the statement before one between", `func F(ctx context.Context, db *sql.DB) {
	list, _ := load(ctx, db, "a")
	for _, r := range list { // loop
		more, _ := load(ctx, db, "b", r.id) // p1 F
		ask(ctx, db, more[0].id) // c1 F
	}
}`, shown, shown},
		{"a call through an interface that may ask the database", `type repo interface{ Find(ctx context.Context, id int) row }
func F(ctx context.Context, db *sql.DB, users repo) {
	list, _ := load(ctx, db, "a") // p1 F
	for _, r := range list { // loop
		u := users.Find(ctx, r.author)
		ask(ctx, db, u.id) // c1 F
	}
}`, unknown, shown},
		{"jobs on a channel, for named workers", `func F(ctx context.Context, db *sql.DB) {
	list, _ := load(ctx, db, "") // p1 F
	jobs := make(chan row)
	for range 3 {
		go worker(ctx, db, jobs)
	}
	for _, r := range list {
		jobs <- r
	}
	close(jobs)
}
func worker(ctx context.Context, db *sql.DB, jobs <-chan row) {
	for j := range jobs { // loop
		ask(ctx, db, j.id) // c1 worker
	}
}`, shown, shown},
		{"a named function for each row", `func F(ctx context.Context, db *sql.DB) {
	list, _ := load(ctx, db, "") // p1 F
	for _, r := range list { // loop
		go one(ctx, db, r)
	}
}
func one(ctx context.Context, db *sql.DB, r row) {
	ask(ctx, db, r.author) // c1 one
}`, shown, shown},
		{"an array of keys in one statement for each row", `func F(ctx context.Context, db *sql.DB) {
	list, _ := load(ctx, db, "") // p1 F
	byAuthor := map[int][]any{}
	for _, r := range list {
		byAuthor[r.author] = append(byAuthor[r.author], r.id)
	}
	for _, ids := range byAuthor { // loop
		ask(ctx, db, ids...) // c1 F
	}
}`, shown, shown},
		{"the number of rows", `func F(ctx context.Context, db *sql.DB) {
	list, _ := load(ctx, db, "") // p1 F
	for i := 0; i < len(list); i++ { // loop
		ask(ctx, db, i+len(list)) // c1 F
	}
}`, excluded, shown},
		{"rows that only decide", `func F(ctx context.Context, db *sql.DB) {
	list, _ := load(ctx, db, "") // p1 F
	wanted := []int{1, 2, 3}
	for i, r := range list { // loop
		if r.id > 0 {
			ask(ctx, db, wanted[i]) // c1 F
		}
	}
}`, excluded, shown},
		{"a variable of the package", `var kept []row
func F(ctx context.Context, db *sql.DB) {
	kept, _ = load(ctx, db, "") // p1 F
	for _, r := range kept { // loop
		ask(ctx, db, r.id) // c1 F
	}
}`, shown, shown},
		{"a closure that is made in one function and called in another", `func source(ctx context.Context, db *sql.DB) func() []row {
	return func() []row {
		list, _ := load(ctx, db, "") // p1 source.func1
		return list
	}
}
func F(ctx context.Context, db *sql.DB) {
	get := source(ctx, db)
	list := get() // p2 F
	for _, r := range list { // loop
		ask(ctx, db, r.id) // c1 F
	}
}`, shown, shown},
		{"a locked collection of a type of its own", `type set struct {
	mu sync.Mutex
	m  map[int]bool
}
func (s *set) add(id int) { s.mu.Lock(); defer s.mu.Unlock(); s.m[id] = true }
func (s *set) all() (out []int) {
	for id := range s.m {
		out = append(out, id)
	}
	return out
}
func F(ctx context.Context, db *sql.DB) {
	list, _ := load(ctx, db, "") // p1 F
	s := &set{m: map[int]bool{}}
	for _, r := range list {
		s.add(r.author)
	}
	for _, id := range s.all() { // loop
		ask(ctx, db, id) // c1 F
	}
}`, shown, shown},
	}
	dir := t.TempDir()
	writeFiles(t, dir, map[string]string{"go.mod": "module example.com/shop\n\ngo 1.25\n"})
	type program struct {
		parent, child []analysis.Frame
		loop          analysis.Loop
	}
	var read []program
	rows := flowHead + flowRows
	writeFiles(t, dir, map[string]string{"store/rows.go": rows})
	for i, tt := range programs {
		name := fmt.Sprintf("p%d.go", i)
		text := flowHead + ownNames.ReplaceAllString(tt.text, fmt.Sprintf("${0}%d", i)) + "\n"
		writeFiles(t, dir, map[string]string{"store/" + name: text})
		var p program
		p.parent, p.child, p.loop = marked(t, map[string]string{"rows.go": rows, name: text})
		read = append(read, p)
	}
	finder := source.New(source.WithRoot(dir))
	for i, tt := range programs {
		t.Run(tt.name, func(t *testing.T) {
			got := finder.Flows(read[i].parent, read[i].child, read[i].loop)
			if want := (analysis.Flow{Result: tt.result, Turns: tt.turn}); got != want {
				t.Errorf("Flows = %+v, want %+v", got, want)
			}
		})
	}
	if unchecked := finder.Unchecked(); len(unchecked) > 0 {
		t.Errorf("not loaded: %v", unchecked)
	}
}

// writeFiles writes files below a folder, by their slash-separated paths.
func writeFiles(t *testing.T, dir string, texts map[string]string) {
	t.Helper()
	for name, text := range texts {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

var frameMark = regexp.MustCompile(`// ([pc])(\d) (\S+)$`)

// ownNames are the names that programs declare, which are made different.
var ownNames = regexp.MustCompile(`\b(F|item|page|queue|set|mapped|source|worker|one|repo|kept|first)\b`)

// marked returns what the comments of files mark.
func marked(t *testing.T, texts map[string]string) (parent, child []analysis.Frame, loop analysis.Loop) {
	t.Helper()
	stacks := map[string][]analysis.Frame{"p": make([]analysis.Frame, 9), "c": make([]analysis.Frame, 9)}
	for name, text := range texts {
		lines := strings.Split(text, "\n")
		for i, line := range lines {
			if m := frameMark.FindStringSubmatch(line); m != nil {
				stacks[m[1]][m[2][0]-'0'] = analysis.Frame{Function: "example.com/shop/store." + m[3], File: "store/" + name, Line: i + 1}
			}
			if strings.HasSuffix(line, "// loop") {
				loop.Position = finding.Position{File: "store/" + name, Line: i + 1}
				indent := line[:len(line)-len(strings.TrimLeft(line, "\t"))]
				loop.End = i + 2 + slices.Index(lines[i+1:], indent+"}")
			}
		}
	}
	cut := func(list []analysis.Frame) []analysis.Frame {
		return list[:slices.IndexFunc(list, func(fr analysis.Frame) bool { return fr.Line == 0 })]
	}
	parent, child = cut(stacks["p"]), cut(stacks["c"])
	loop.Frame = 1
	if len(parent) == 0 || len(child) < 2 || loop.End <= loop.Line {
		t.Fatalf("the program marks %d and %d frames, and a loop to the line %d", len(parent), len(child), loop.End)
	}
	return parent, child, loop
}

// A program with external tests is read with them: their loops and results are followed as others are.
func TestFlowsThroughTests(t *testing.T) {
	dir := t.TempDir()
	const test = `package store_test

import (
	"context"
	"database/sql"

	"example.com/shop/store"
)

func run(ctx context.Context, db *sql.DB) {
	var ids []int
	rows, _ := db.Query("SELECT id FROM posts")
	for rows.Next() {
		var id int
		rows.Scan(&id)
		ids = append(ids, id)
	}
	store.Each(ctx, db, ids)
}
`
	writeFiles(t, dir, map[string]string{
		"go.mod": "module example.com/shop\n\ngo 1.25\n",
		"store/store.go": "package store\n\nimport (\n\t\"context\"\n\t\"database/sql\"\n)\n\nfunc Each(ctx context.Context, db *sql.DB, ids []int) {\n" +
			"\tfor _, id := range ids {\n\t\tdb.ExecContext(ctx, \"\", id)\n\t}\n}\n",
		"store/store_test.go": test,
	})
	run := func(line int) analysis.Frame {
		return analysis.Frame{Function: "example.com/shop/store_test.run", File: "store/store_test.go", Line: line}
	}
	parent := []analysis.Frame{run(12)}
	child := []analysis.Frame{{Function: "example.com/shop/store.Each", File: "store/store.go", Line: 10}, run(18)}
	finder := source.New(source.WithRoot(dir))
	loop := analysis.Loop{Position: finding.Position{File: "store/store.go", Line: 9}, End: 11}
	if got := finder.Flows(parent, child, loop); got.Result != analysis.FlowShown {
		t.Errorf("Flows = %+v, want a flow that is shown; unchecked: %v", got, fmt.Sprint(finder.Unchecked()))
	}
}
