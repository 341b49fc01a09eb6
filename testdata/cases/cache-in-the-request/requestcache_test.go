package requestcache

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE people (id integer primary key, name text); CREATE TABLE remarks (id integer primary key, poster_id int);
INSERT INTO people VALUES (1,'a'),(2,'b'),(3,'c'),(4,'d'),(5,'e'); INSERT INTO remarks VALUES (1,4),(2,1),(3,5),(4,2),(5,3),(6,4),(7,1)`

func TestList(t *testing.T) {
	db := casetest.SQLite(t, schema)
	_, err := List(With(nplusgonetest.Test(t)), db)
	casetest.Must(t, err)
}
