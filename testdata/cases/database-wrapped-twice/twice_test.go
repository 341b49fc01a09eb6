package twice

import (
	"context"
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) {
	if err := nplusgone.Register("watched-sqlite3", "sqlite3"); err != nil {
		panic(err)
	}
	nplusgonetest.VerifyTestMain(m)
}

const schema = `CREATE TABLE people (id integer primary key, name text); INSERT INTO people VALUES (1,'a'),(2,'b')`

func TestOpenOfRegistered(t *testing.T) {
	db, err := nplusgone.Open("watched-sqlite3", casetest.DSN(t, "sqlite3", schema))
	casetest.Must(t, err)
	defer db.Close()
	_, _, err = Names(nplusgonetest.Test(t, nplusgonetest.MaxQueries(2)), db)
	casetest.Must(t, err)
}

func TestTestOpenOfRegistered(t *testing.T) {
	db := nplusgonetest.Open(t, "watched-sqlite3", casetest.DSN(t, "sqlite3", schema), nplusgonetest.MaxQueries(2))
	_, _, err := Names(context.Background(), db)
	casetest.Must(t, err)
}
