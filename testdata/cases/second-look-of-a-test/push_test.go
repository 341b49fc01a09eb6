package push

import (
	"database/sql"
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE subscribers (topic TEXT, endpoint TEXT); INSERT INTO subscribers VALUES ('a', 'x'), ('a', 'y')`

func requireTwo(t *testing.T, db *sql.DB) {
	t.Helper()
	list, err := Subscribers(db, "a")
	casetest.Must(t, err)
	if len(list) != 2 {
		t.Error(list)
	}
}

func TestPublish(t *testing.T) {
	db := casetest.SQLite(t, schema)
	nplusgonetest.Test(t)
	casetest.Must(t, Publish(db, "a", func(string) {}))
	requireTwo(t, db)
}

func TestStart(t *testing.T) {
	db := casetest.SQLite(t, schema)
	nplusgonetest.Test(t)
	<-Start(db)
	requireTwo(t, db)
}

func TestBoth(t *testing.T) {
	db := casetest.SQLite(t, schema)
	nplusgonetest.Test(t)
	_, err := Both(db, func(string) {})
	casetest.Must(t, err)
	requireTwo(t, db)
}

// TestOneLine reads twice on one line of the test.
func TestOneLine(t *testing.T) {
	db := casetest.SQLite(t, schema)
	nplusgonetest.Test(t)
	if a, b := URL(db, "a"), URL(db, "a"); a != b {
		t.Fatal("case broken")
	}
}

func TestSame(t *testing.T) {
	db := casetest.SQLite(t, schema)
	nplusgonetest.Test(t)
	if !Same(db, "a") {
		t.Fatal("case broken")
	}
}
