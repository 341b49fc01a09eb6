package counters

import (
	"strings"
	"testing"
)

// Proves for which calls a loop has a counter: those that may lead to a statement, in the package or in another one.
func TestCallsThatCount(t *testing.T) {
	const head = `package a

import (
	"database/sql"
	"strings"
	other "sort"
)

type item struct{ field func() }

func (i item) leaf() int       { return len(strings.ToUpper("x")) + i.deep() }
func (item) deep() int         { return int(weight(1)) }
func (i item) query(db *sql.DB) { db.Query("SELECT 1") }
func (item) Exported()         {}
func (item) field2()           {}

type weight int

type table struct{ field2 func() }

func leaf(n int) int { if n == 0 { return 0 }; return leaf(n - 1) + other2() }
func other2() int    { return 1 }
func sorts()         { other.Ints(nil) }
func calls(f func()) { f() }
func assembly()
func generic[T any](x T) T { return x }
func throughLiteral(db *sql.DB) { f := func() { db.Ping() }; _ = f }

func loop(db *sql.DB, x item, f func(), leafs []func(), any interface{ m() }) {
	for {
		CALL
	}
}
`
	for call, want := range map[string]int{
		"leaf(3)": 0, "other2()": 0, "x.leaf()": 0, "x.deep()": 0, "weight(3)": 0, "generic(3)": 0, "generic[int](3)": 0, "func() { leaf(1) }()": 0,
		"strings.Cut(`a`, `b`)": 0, "_ = []byte(`a`)": 0,
		"x.query(db)": 1, "db.Ping()": 1, "f()": 1, "leafs[0]()": 1, "sorts()": 1, "calls(f)": 1, "assembly()": 1, "x.Exported()": 1, "x.field()": 1,
		"x.field2()": 1, "throughLiteral(db)": 1, "any.m()": 1, "missing()": 1, "func() { db.Ping() }()": 1, "leaf := f; leaf()": 1, "go x.query(db)": 1,
	} {
		text := strings.Replace(head, "CALL", call, 1)
		if _, loops := Rewrite("/a/a.go", []byte(text)); loops != want {
			t.Errorf("%s: %d loops have a counter, want %d", call, loops, want)
		}
	}
}
