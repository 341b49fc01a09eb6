package source_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/source"
)

const iteratorHead = `package store

import (
	"context"
	"database/sql"
	"iter"
)

var _ iter.Seq[int]

type Item struct {
	ID   int
	Name string
}
`

// cursor is an iterator of an application over *sql.Rows.
const cursor = iteratorHead + `
type Cursor struct{ rows *sql.Rows }

func (c *Cursor) Next() bool { return c.rows.Next() }

func (c *Cursor) Get() (it Item, err error) {
	err = c.rows.Scan(&it.ID, &it.Name)
	return it, err
}

func (c *Cursor) Stop() error { return c.rows.Close() }

type Items interface {
	Next() bool
	Get() (Item, error)
	Stop() error
}

func open(ctx context.Context, db *sql.DB) (*Cursor, error) {
	rows, err := db.QueryContext(ctx, "SELECT id, name FROM items") // query
	if err != nil {
		return nil, err
	}
	return &Cursor{rows}, nil
}

func list(ctx context.Context, db *sql.DB) (Items, error) {
	rows, err := db.QueryContext(ctx, "SELECT id, name FROM items") // list
	if err != nil {
		return nil, err
	}
	return &Cursor{rows}, nil
}
`

// lazy is an iterator that runs its statement when it is first asked for a row.
const lazy = iteratorHead + `
type Iterator[T any] interface {
	Next(ctx context.Context) (T, error)
	Stop()
}

type Lazy struct {
	db   *sql.DB
	rows *sql.Rows
	head *Item
}

func (l *Lazy) fetch(ctx context.Context) error {
	rows, err := l.db.QueryContext(ctx, "SELECT id, name FROM items") // query
	if err != nil {
		return err
	}
	l.rows = rows
	return nil
}

func (l *Lazy) next(ctx context.Context) (*Item, error) {
	if l.rows == nil {
		if err := l.fetch(ctx); err != nil { // fetch
			return nil, err
		}
	}
	if l.head != nil {
		head := l.head
		l.head = nil
		return head, nil
	}
	if !l.rows.Next() {
		return nil, sql.ErrNoRows
	}
	var it Item
	var note sql.NullString
	if err := l.rows.Scan(&it.ID, &it.Name, &note); err != nil {
		return nil, err
	}
	return &it, nil
}

func (l *Lazy) Next(ctx context.Context) (*Item, error) {
	return l.next(ctx) // next
}

func (l *Lazy) Stop() {
	if l.rows != nil {
		l.rows.Close()
	}
}
`

// sequence yields rows that it fetches when a loop begins, fetched those that it fetched before.
const (
	sequence = iteratorHead + `
func All(ctx context.Context, db *sql.DB) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		rows, err := db.QueryContext(ctx, "SELECT id, name FROM items") // query
		if err != nil {
			return
		}
		defer rows.Close()
		for rows.Next() {
			var it Item
			if err := rows.Scan(&it.ID, &it.Name); err != nil {
				return
			}
			if !yield(it) {
				return
			}
		}
	}
}
`
	fetched = iteratorHead + `
func All(ctx context.Context, db *sql.DB) iter.Seq[Item] {
	rows, err := db.QueryContext(ctx, "SELECT id, name FROM items") // query
	if err != nil {
		return nil
	}
	return func(yield func(Item) bool) {
		defer rows.Close()
		for rows.Next() {
			var it Item
			if err := rows.Scan(&it.ID, &it.Name); err != nil {
				return
			}
			if !yield(it) {
				return
			}
		}
	}
}
`
)

// channel is one that a goroutine fills with rows.
const channel = iteratorHead + `
func All(ctx context.Context, db *sql.DB) <-chan Item {
	items := make(chan Item)
	go func() {
		defer close(items)
		rows, err := db.QueryContext(ctx, "SELECT id, name FROM items") // query
		if err != nil {
			return
		}
		for rows.Next() {
			var it Item
			rows.Scan(&it.ID, &it.Name)
			items <- it
		}
	}()
	return items
}
`

// generic is an iterator of any type of rows.
const generic = iteratorHead + `
type Iterator[T any] interface {
	Next() bool
	Value() (T, error)
}

type Cursor[T any] struct {
	rows *sql.Rows
	scan func(*sql.Rows) (T, error)
}

func (c *Cursor[T]) Next() bool        { return c.rows.Next() }
func (c *Cursor[T]) Value() (T, error) { return c.scan(c.rows) }

func open[T any](ctx context.Context, db *sql.DB, scan func(*sql.Rows) (T, error)) (*Cursor[T], error) {
	rows, err := db.QueryContext(ctx, "SELECT id, name FROM items") // query
	if err != nil {
		return nil, err
	}
	return &Cursor[T]{rows, scan}, nil
}

func scan(rows *sql.Rows) (it Item, err error) {
	err = rows.Scan(&it.ID, &it.Name)
	return it, err
}
`

// Proves what is known of rows that an application reads by an iterator of its own.
func TestRowsOfIterators(t *testing.T) {
	for _, tt := range []struct {
		name, text, stack, want string
	}{
		{"a cursor that is counted", cursor + `
func Count(ctx context.Context, db *sql.DB) (n int, err error) {
	c, err := open(ctx, db) // here
	if err != nil {
		return 0, err
	}
	defer c.Stop()
	for c.Next() {
		n++
	}
	return n, nil
}
`, "open@query Count@here", "counts"},
		{"a cursor whose rows are added up", cursor + `
func Sum(ctx context.Context, db *sql.DB) (n int, err error) {
	c, err := open(ctx, db) // here
	if err != nil {
		return 0, err
	}
	defer c.Stop()
	for c.Next() {
		it, err := c.Get()
		if err != nil {
			return 0, err
		}
		n += it.ID
	}
	return n, nil
}
`, "open@query Sum@here", "reads ID"},
		{"a cursor behind an interface that is counted", cursor + `
func Count(ctx context.Context, db *sql.DB) (n int, err error) {
	c, err := list(ctx, db) // here
	if err != nil {
		return 0, err
	}
	defer c.Stop()
	for c.Next() {
		n++
	}
	return n, nil
}
`, "list@list Count@here", "counts"},
		{"a cursor behind an interface whose rows are read", cursor + `
func Names(ctx context.Context, db *sql.DB) (names []string, err error) {
	c, err := list(ctx, db) // here
	if err != nil {
		return nil, err
	}
	defer c.Stop()
	for c.Next() {
		it, err := c.Get()
		if err != nil {
			return nil, err
		}
		names = append(names, it.Name)
	}
	return names, nil
}
`, "list@list Names@here", "reads Name"},
		{"a cursor in a variable of the package", cursor + `
var last *Cursor

func Count(ctx context.Context, db *sql.DB) (n int, err error) {
	c, err := open(ctx, db) // here
	if err != nil {
		return 0, err
	}
	last = c
	for c.Next() {
		n++
	}
	return n, nil
}
`, "open@query Count@here", "reads ID Name"},
		{"a cursor that is returned", cursor + `
func Open(ctx context.Context, db *sql.DB) (Items, error) {
	return list(ctx, db) // here
}
`, "list@list Open@here", "reads ID Name"},
		{"a cursor of which a method of the caller's choice scans", strings.Replace(cursor, "func (c *Cursor) Stop", `func (c *Cursor) Scan(dest ...any) error { return c.rows.Scan(dest...) }

func (c *Cursor) Stop`, 1) + `
func Open(ctx context.Context, db *sql.DB) (Items, error) {
	return list(ctx, db) // here
}
`, "list@list Open@here", "unknown"},
		{"a cursor with an exported field that is returned", strings.NewReplacer("rows *sql.Rows }", "Rows *sql.Rows }", "c.rows", "c.Rows").Replace(cursor) + `
func Open(ctx context.Context, db *sql.DB) (Items, error) {
	return list(ctx, db) // here
}
`, "list@list Open@here", "unknown"},
		{"a cursor that another type's conversion opens", cursor + `
type twin struct{ rows *sql.Rows }

func (t *twin) ids() (ids []int) {
	for t.rows.Next() {
		var id int
		t.rows.Scan(&id)
		ids = append(ids, id)
	}
	return ids
}

func Open(ctx context.Context, db *sql.DB) (Items, error) {
	return list(ctx, db) // here
}

func IDs(c *Cursor) []int { return (*twin)(c).ids() }
`, "list@list Open@here", "reads Name id"},
		{"a cursor in a package with unsafe pointers", strings.Replace(cursor, "\"database/sql\"", "\"database/sql\"\n\t\"unsafe\"", 1) + `
func Open(ctx context.Context, db *sql.DB) (Items, error) {
	return list(ctx, db) // here
}

func Raw(c *Cursor) **sql.Rows { return (**sql.Rows)(unsafe.Pointer(c)) }
`, "list@list Open@here", "unknown"},
		{"a cursor of two that an interface may hold", cursor + `
type empty struct{}

func (empty) Next() bool         { return false }
func (empty) Get() (Item, error) { return Item{}, nil }
func (empty) Stop() error        { return nil }

func Count(ctx context.Context, db *sql.DB, none bool) (n int, err error) {
	var c Items = empty{}
	if !none {
		if c, err = list(ctx, db); err != nil { // here
			return 0, err
		}
	}
	for c.Next() {
		n++
	}
	return n, nil
}
`, "list@list Count@here", "counts"},
		{"a cursor in a wrapper of the same interface", cursor + `
type logged struct{ items Items }

func (l *logged) Next() bool { return l.items.Next() }
func (l *logged) Get() (Item, error) {
	it, err := l.items.Get()
	println(it.Name)
	return it, err
}
func (l *logged) Stop() error { return l.items.Stop() }

func log(items Items) Items { return &logged{items} }

func Count(ctx context.Context, db *sql.DB) (n int, err error) {
	c, err := list(ctx, db) // here
	if err != nil {
		return 0, err
	}
	c = log(c)
	for c.Next() {
		it, _ := c.Get()
		n += it.ID
	}
	return n, nil
}
`, "list@list Count@here", "reads ID Name"},
		{"a lazy iterator whose rows escape", lazy + `
func First(ctx context.Context, all func() Iterator[*Item]) (*Item, error) {
	it := all()
	return it.Next(ctx) // here
}
`, "(*Lazy).fetch@query (*Lazy).next@fetch (*Lazy).Next@next First@here", "reads ID Name"},
		{"a lazy iterator whose rows another method leaves out", lazy + `
func (l *Lazy) All(ctx context.Context) (names []string) {
	for {
		it, err := l.next(ctx)
		if err != nil {
			return names
		}
		names = append(names, it.Name)
	}
}
func First(ctx context.Context, all func() Iterator[*Item]) (int, error) {
	it := all()
	item, err := it.Next(ctx) // here
	if err != nil {
		return 0, err
	}
	return item.ID, nil
}
`, "(*Lazy).fetch@query (*Lazy).next@fetch (*Lazy).Next@next First@here", "reads ID Name"},
		{"a sequence that is counted", sequence + `
func Count(ctx context.Context, db *sql.DB) (n int) {
	for range All(ctx, db) { // here
		n++
	}
	return n
}
`, "All.func1@query Count@here", "unread"},
		{"a sequence of which one column is read", sequence + `
func Sum(ctx context.Context, db *sql.DB) (n int) {
	for it := range All(ctx, db) { // here
		n += it.ID
	}
	return n
}
`, "All.func1@query Sum@here", "reads ID"},
		{"a sequence that a library collects", strings.Replace(sequence, "\"iter\"", "\"iter\"\n\t\"slices\"", 1) + `
func Collect(ctx context.Context, db *sql.DB) []int {
	all := slices.Collect(All(ctx, db)) // here
	return []int{all[0].ID}
}
`, "All.func1@query Collect@here", "reads ID Name"},
		{"a sequence over rows that were fetched before", fetched + `
func Sum(ctx context.Context, db *sql.DB) (n int) {
	for it := range All(ctx, db) { // here
		n += it.ID
	}
	return n
}
`, "All@query Sum@here", "reads ID"},
		{"a sequence over rows that were fetched before, which is returned", fetched + `
func Open(ctx context.Context, db *sql.DB) iter.Seq[Item] {
	return All(ctx, db) // here
}
`, "All@query Open@here", "reads ID Name"},
		{"a sequence over rows that were fetched before, in a variable of the package", fetched + `
var last iter.Seq[Item]

func Sum(ctx context.Context, db *sql.DB) (n int) {
	all := All(ctx, db) // here
	last = all
	for it := range all {
		n += it.ID
	}
	return n
}
`, "All@query Sum@here", "reads ID Name"},
		{"a sequence over rows that were fetched before, for a function that is not known", fetched + `
func Sum(ctx context.Context, db *sql.DB, use func(iter.Seq[Item])) (n int) {
	all := All(ctx, db) // here
	use(all)
	for it := range all {
		n += it.ID
	}
	return n
}
`, "All@query Sum@here", "reads ID Name"},
		{"a sequence over rows that were fetched before, in a struct", fetched + `
type page struct {
	title string
	items iter.Seq[Item]
}

func (p *page) sum() (n int) {
	for it := range p.items {
		n += it.ID
	}
	return n
}

func Sum(ctx context.Context, db *sql.DB) (n int) {
	p := &page{items: All(ctx, db)} // here
	return p.sum()
}
`, "All@query Sum@here", "reads ID"},
		{"a channel whose rows are added up", channel + `
func Sum(ctx context.Context, db *sql.DB) (n int) {
	for it := range All(ctx, db) {
		n += it.ID
	}
	return n
}
`, "All.func1@query", "reads ID Name"},
		{"a channel in the function that reads it", iteratorHead + `
func Sum(ctx context.Context, db *sql.DB) (n int) {
	items := make(chan Item)
	go func() {
		defer close(items)
		rows, err := db.QueryContext(ctx, "SELECT id, name FROM items") // query
		if err != nil {
			return
		}
		for rows.Next() {
			var it Item
			rows.Scan(&it.ID, &it.Name)
			select {
			case items <- it:
			case <-ctx.Done():
				return
			}
		}
	}()
	for {
		select {
		case it, ok := <-items:
			if !ok {
				return n
			}
			n += it.ID
		case <-ctx.Done():
			return n
		}
	}
}
`, "Sum.func1@query", "reads ID"},
		{"a channel that another function gets", iteratorHead + `
func Sum(ctx context.Context, db *sql.DB, use func(<-chan Item)) (n int) {
	items := make(chan Item)
	go func() {
		defer close(items)
		rows, err := db.QueryContext(ctx, "SELECT id, name FROM items") // query
		if err != nil {
			return
		}
		for rows.Next() {
			var it Item
			rows.Scan(&it.ID, &it.Name)
			items <- it
		}
	}()
	use(items)
	for it := range items {
		n += it.ID
	}
	return n
}
`, "Sum.func1@query", "reads ID Name"},
		{"a channel that a function of the application reads", iteratorHead + `
func Sum(ctx context.Context, db *sql.DB) (n int) {
	items := make(chan Item, 8)
	go func() {
		rows, err := db.QueryContext(ctx, "SELECT id, name FROM items") // query
		if err != nil {
			return
		}
		for rows.Next() {
			var it Item
			rows.Scan(&it.ID, &it.Name)
			items <- it
		}
		close(items)
	}()
	return sum(items)
}

func sum(items <-chan Item) (n int) {
	for it := range items {
		n += it.ID
	}
	return n
}
`, "Sum.func1@query", "reads ID"},
		{"a generic cursor whose rows are added up", generic + `
func Sum(ctx context.Context, db *sql.DB) (n int, err error) {
	c, err := open(ctx, db, scan) // here
	if err != nil {
		return 0, err
	}
	for c.Next() {
		it, err := c.Value()
		if err != nil {
			return 0, err
		}
		n += it.ID
	}
	return n, nil
}
`, "open[...]@query Sum@here", "reads ID"},
		{"a generic cursor behind a generic interface", generic + `
func items(ctx context.Context, db *sql.DB) (Iterator[Item], error) { return open(ctx, db, scan) } // around

func Sum(ctx context.Context, db *sql.DB) (n int, err error) {
	c, err := items(ctx, db) // here
	if err != nil {
		return 0, err
	}
	for c.Next() {
		it, err := c.Value()
		if err != nil {
			return 0, err
		}
		n += it.ID
	}
	return n, nil
}
`, "open[...]@query items@around Sum@here", "reads ID"},
		{"a generic cursor that is returned", generic + `
func Open(ctx context.Context, db *sql.DB) (Iterator[Item], error) {
	return open(ctx, db, scan) // here
}
`, "open[...]@query Open@here", "unknown"},
		{"a generic struct that a row is read into", iteratorHead + `
type box[T any] struct {
	ID    int
	Value T
}

func load[T any](ctx context.Context, db *sql.DB) (all []box[T]) {
	rows, err := db.QueryContext(ctx, "SELECT id, name FROM items") // query
	if err != nil {
		return nil
	}
	for rows.Next() {
		var b box[T]
		rows.Scan(&b.ID, &b.Value)
		all = append(all, b)
	}
	return all
}

func Names(ctx context.Context, db *sql.DB) (names []string) {
	for _, b := range load[string](ctx, db) { // here
		names = append(names, b.Value)
	}
	return names
}
`, "load[...]@query Names@here", "reads Value"},
		{"a cursor in an embedded field", cursor + `
type named struct {
	name string
	Cursor
}

func Count(ctx context.Context, db *sql.DB) (n int, err error) {
	c, err := open(ctx, db) // here
	if err != nil {
		return 0, err
	}
	var items Items = &named{"all", *c}
	for items.Next() {
		n++
	}
	return n, nil
}
`, "open@query Count@here", "counts"},
		{"a cursor in an embedded interface", cursor + `
type named struct {
	name string
	Items
}

func (n *named) Get() (Item, error) {
	it, err := n.Items.Get()
	println(it.Name)
	return it, err
}

func Sum(ctx context.Context, db *sql.DB) (n int, err error) {
	c, err := list(ctx, db) // here
	if err != nil {
		return 0, err
	}
	var items Items = &named{"all", c}
	for items.Next() {
		it, _ := items.Get()
		n += it.ID
	}
	return n, nil
}
`, "list@list Sum@here", "reads ID Name"},
		{"steps of which a caller does something for each", cursor + `
func Each(ctx context.Context, db *sql.DB, do func()) error {
	c, err := open(ctx, db) // here
	if err != nil {
		return err
	}
	for c.Next() {
		do()
	}
	return nil
}
`, "open@query Each@here", "unread"},
		{"a cursor that is asked for one row", cursor + `
func Any(ctx context.Context, db *sql.DB) (bool, error) {
	c, err := open(ctx, db) // here
	if err != nil {
		return false, err
	}
	defer c.Stop()
	return c.Next(), nil
}
`, "open@query Any@here", "exists"},
		{"a method value of a cursor", cursor + `
func Count(ctx context.Context, db *sql.DB) (n int, err error) {
	c, err := open(ctx, db) // here
	if err != nil {
		return 0, err
	}
	get := c.Get
	for c.Next() {
		it, _ := get()
		n += it.ID
	}
	return n, nil
}
`, "open@query Count@here", "reads ID"},
		{"a method value of a cursor that escapes", cursor + `
func Count(ctx context.Context, db *sql.DB, use func(func() (Item, error))) (n int, err error) {
	c, err := open(ctx, db) // here
	if err != nil {
		return 0, err
	}
	use(c.Get)
	for c.Next() {
		n++
	}
	return n, nil
}
`, "open@query Count@here", "reads ID Name"},
		{"a cursor in any, asserted", cursor + `
func Sum(ctx context.Context, db *sql.DB) (n int, err error) {
	c, err := open(ctx, db) // here
	if err != nil {
		return 0, err
	}
	var v any = c
	items := v.(Items)
	for items.Next() {
		it, _ := items.Get()
		n += it.ID
	}
	return n, nil
}
`, "open@query Sum@here", "reads ID"},
		{"a cursor for reflection", strings.Replace(cursor, "\"database/sql\"", "\"database/sql\"\n\t\"reflect\"", 1) + `
func Count(ctx context.Context, db *sql.DB) (n int, err error) {
	c, err := open(ctx, db) // here
	if err != nil {
		return 0, err
	}
	get := reflect.ValueOf(c).MethodByName("Get")
	for c.Next() {
		println(get.Call(nil))
		n++
	}
	return n, nil
}
`, "open@query Count@here", "reads ID Name"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := useIn(t, tt.text, tt.stack); got != tt.want {
				t.Errorf("the use of the rows is %q, want %q", got, tt.want)
			}
		})
	}
}

// useIn returns what is known of the rows of the statement at a stack in a file: FUNCTION@COMMENT for each frame, the innermost first.
func useIn(t *testing.T, text, stack string) string {
	t.Helper()
	dir := t.TempDir()
	writeFiles(t, dir, map[string]string{"go.mod": "module example.com/shop\n\ngo 1.25\n", "store/store.go": text})
	var frames []analysis.Frame
	for fr := range strings.FieldsSeq(stack) {
		function, at, _ := strings.Cut(fr, "@")
		line := strings.Count(text[:strings.Index(text, "// "+at+"\n")], "\n") + 1
		frames = append(frames, analysis.Frame{Function: "example.com/shop/store." + function, File: filepath.Join(dir, "store", "store.go"), Line: line})
	}
	use := source.New().Rows(frames)
	switch {
	case !use.Known:
		t.Log(use.Unknown)
		return "unknown"
	case use.Unread && len(use.Counts) > 0:
		return "counts"
	case use.Unread && len(use.Exists) > 0:
		return "exists"
	case use.Unread:
		return "unread"
	}
	var names []string
	for _, c := range use.Reads {
		names = append(names, c.Name)
	}
	slices.Sort(names)
	return strings.TrimSpace("reads " + strings.Join(names, " "))
}
