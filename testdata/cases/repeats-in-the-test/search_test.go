package search

import (
	"context"
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE people (id int); CREATE TABLE follows (followed int); CREATE TABLE tenants (id int, name text); INSERT INTO tenants VALUES (3, 'x')`

var words = []string{"a", "b", "c", "d"}

func TestSubtestsReturning(t *testing.T) {
	pool := casetest.SQLite(t, schema)
	nplusgonetest.Test(t)
	var id int
	casetest.Must(t, pool.QueryRow(`INSERT INTO people VALUES (1) RETURNING id`).Scan(&id))
	for _, word := range words {
		t.Run(word, func(t *testing.T) {
			_, err := Search(context.TODO(), pool, word)
			casetest.Must(t, err)
		})
	}
}

func TestSubtestsExec(t *testing.T) {
	pool := casetest.SQLite(t, schema)
	nplusgonetest.Test(t)
	_, err := pool.Exec(`INSERT INTO people VALUES (1)`)
	casetest.Must(t, err)
	for _, word := range words {
		t.Run(word, func(t *testing.T) {
			_, err := Search(context.TODO(), pool, word)
			casetest.Must(t, err)
		})
	}
}

func TestLoopReturning(t *testing.T) {
	pool := casetest.SQLite(t, schema)
	nplusgonetest.Test(t)
	var id int
	casetest.Must(t, pool.QueryRow(`INSERT INTO people VALUES (1) RETURNING id`).Scan(&id))
	for _, word := range words {
		_, err := Search(context.TODO(), pool, word)
		casetest.Must(t, err)
	}
}

func TestClosure(t *testing.T) {
	pool := casetest.SQLite(t, schema)
	nplusgonetest.Test(t)
	var id int
	casetest.Must(t, pool.QueryRow(`INSERT INTO people VALUES (?) RETURNING id`, 1).Scan(&id))
	help := func() {
		for _, word := range words {
			_, err := Search(context.TODO(), pool, word)
			casetest.Must(t, err)
		}
	}
	help()
}

// An unrelated row that was read before has the same key.
func TestAfterUnrelated(t *testing.T) {
	pool := casetest.SQLite(t, schema)
	nplusgonetest.Test(t)
	_, err := pool.Exec(`INSERT INTO people VALUES (3)`)
	casetest.Must(t, err)
	var id int
	casetest.Must(t, pool.QueryRow(`SELECT id FROM tenants WHERE name = 'x'`).Scan(&id))
	for _, word := range words {
		_, err := Search(context.TODO(), pool, word)
		casetest.Must(t, err)
	}
}
