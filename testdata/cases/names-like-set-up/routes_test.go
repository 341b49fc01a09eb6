package routes

import (
	"testing"

	"example.com/cases/casetest"
	"example.com/cases/names-like-set-up/testutil"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE items (id int, owner int, title text, size int); INSERT INTO items (id, owner) VALUES (1,2),(2,3),(3,4),(4,5),(5,2),(6,3),(7,4),(8,5); CREATE TABLE people (id int); INSERT INTO people VALUES (1),(2),(3),(4),(5),(6)`

func TestTestutil(t *testing.T) {
	db := casetest.SQLite(t, schema)
	ctx := nplusgonetest.Test(t)
	casetest.Must(t, testutil.Perform(func() error { return List(ctx, db) }))
}

func TestClosure(t *testing.T) {
	db := casetest.SQLite(t, schema)
	casetest.Must(t, setup(db)(nplusgonetest.Test(t)))
}

func TestRoute(t *testing.T) {
	db := casetest.SQLite(t, schema)
	var s server
	s.Setup(db)
	casetest.Must(t, s.routes["/items"](nplusgonetest.Test(t)))
}
