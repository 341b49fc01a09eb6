package shapes

import (
	"iter"
	"slices"
	"sort"
	"sync"
)

func keep(int)       {}
func keepFound(bool) {}

// A Store is a data layer of the usual kind.
type Store struct{ db *DB }

func (s *Store) Author(id int) { s.db.Query("child", id) }

// funnel is what all statements of a Store go through.
func (s *Store) funnel(run func(*DB) error) error { return run(s.db) }

func (s *Store) AuthorThroughFunnel(id int) {
	s.funnel(func(db *DB) error { return db.Exec("child", id) })
}

func Method(db *DB) {
	s := &Store{db}
	for _, p := range posts() {
		s.Author(p.AuthorID)
	}
}

func Funnel(db *DB) {
	s := &Store{db}
	for _, p := range posts() {
		s.AuthorThroughFunnel(p.AuthorID)
	}
}

func MethodValue(db *DB) {
	load := (&Store{db}).Author
	for _, p := range posts() {
		load(p.AuthorID)
	}
}

func CalledInPlace(db *DB) {
	for _, p := range posts() {
		func() {
			defer keep(p.ID)
			db.Query("child", p.ID)
		}()
	}
}

func LiteralInVariable(db *DB) {
	load := func(id int) { db.Query("child", id) }
	for _, p := range posts() {
		load(p.ID)
	}
}

func LoopAroundDefinition(db *DB) {
	var loads []func()
	for _, p := range posts() {
		loads = append(loads, func() { db.Query("child", p.ID) })
	}
	loads[0]()
}

func each(list []Post, do func(Post)) {
	for _, p := range list {
		do(p)
	}
}

func UserHelper(db *DB) {
	each(posts(), func(p Post) { db.Query("child", p.ID) })
}

func eachOf[T any](list []T, do func(T)) {
	for _, v := range list {
		do(v)
	}
}

func GenericHelper(db *DB) {
	eachOf(posts(), func(p Post) { db.Query("child", p.ID) })
}

type list[T any] struct{ items []T }

func (l *list[T]) walk(do func(T)) {
	for _, item := range l.items {
		func() { do(item) }()
	}
}

func GenericMethod(db *DB) {
	l := &list[Post]{posts()}
	l.walk(func(p Post) { db.Query("child", p.ID) })
}

func Callback(db *DB) {
	found := slices.ContainsFunc(posts(), func(p Post) bool {
		db.Query("child", p.ID)
		return false
	})
	keepFound(found)
}

func CallbackReturned(db *DB) bool {
	return slices.ContainsFunc(posts(), func(p Post) bool {
		db.Query("child", p.ID)
		return false
	})
}

func SortFunc(db *DB) {
	list := posts()
	slices.SortFunc(list, func(a, b Post) int {
		db.Query("child", a.ID, b.ID)
		return a.ID - b.ID
	})
}

func SyncMap(db *DB) {
	var m sync.Map
	for _, p := range posts() {
		m.Store(p.ID, p)
	}
	m.Range(func(id, _ any) bool {
		db.Query("child", id)
		return true
	})
}

type byAuthor struct {
	db   *DB
	list []Post
}

func (b byAuthor) Len() int      { return len(b.list) }
func (b byAuthor) Swap(i, j int) { b.list[i], b.list[j] = b.list[j], b.list[i] }
func (b byAuthor) Less(i, j int) bool {
	b.db.Query("child", b.list[i].AuthorID)
	return b.list[i].ID < b.list[j].ID
}

func SortInterface(db *DB) { sort.Sort(byAuthor{db, posts()}) }

func OnceFunc(db *DB) {
	var once sync.Once
	once.Do(func() { db.Query("child") })
}

func seq() iter.Seq[Post] {
	return func(yield func(Post) bool) {
		for _, p := range posts() {
			if !yield(p) {
				return
			}
		}
	}
}

func RangeOverFunc(db *DB) {
	for p := range seq() {
		db.Query("child", p.ID)
	}
}

func RangeOverStandardIterator(db *DB) {
	for p := range slices.Values(posts()) {
		db.Query("child", p.ID)
	}
}

func NestedRangeOverFunc(db *DB) {
	for p := range seq() {
		for q := range seq() {
			func() {
				db.Query("child", p.ID, q.ID)
			}()
		}
	}
}

func (s *Store) all() iter.Seq[Post] {
	return func(yield func(Post) bool) {
		rows, _ := s.db.Query("parent")
		for rows.Next() {
			var p Post
			rows.Scan(&p.ID)
			s.Author(p.ID)
			if !yield(p) {
				return
			}
		}
	}
}

func StatementInIterator(db *DB) {
	for p := range (&Store{db}).all() {
		keep(p.ID)
	}
}

func Deferred(db *DB) {
	for _, p := range posts() {
		defer func() { db.Query("child", p.ID) }()
	}
}

func DeferredPerCall(db *DB) {
	for _, p := range posts() {
		deferred(db, p.ID)
	}
}

func deferred(db *DB, id int) {
	defer db.Exec("child", id)
	keep(id)
}

func Recursion(db *DB) { up(db, 3) }

func up(db *DB, id int) {
	if id > 0 {
		db.Query("child", id)
		up(db, id-1)
	}
}

func RecursionInLoop(db *DB) { down(db, 2) }

func down(db *DB, depth int) {
	db.Query("child", depth)
	for child := range depth {
		down(db, child)
	}
}

var packageLiteral = func(db *DB) {
	for _, p := range posts() {
		db.Query("child", p.ID)
	}
}

func PackageVariable(db *DB) { packageLiteral(db) }
