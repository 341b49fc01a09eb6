package notes

import (
	"context"
	"database/sql"
	"io"
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE notes (id integer primary key, poster_id int); CREATE TABLE people (id integer primary key, name text);
INSERT INTO people VALUES (1,'a'),(2,'b'),(3,'c'),(4,'d'),(5,'e'); INSERT INTO notes VALUES (1,4),(2,1),(3,5),(4,2),(5,3)`

func check(t *testing.T, f func(context.Context, *sql.DB, io.Writer) error) {
	db := casetest.SQLite(t, schema)
	err := f(nplusgonetest.Test(t), db, io.Discard)
	casetest.Must(t, err)
}
func TestHTML(t *testing.T) {
	check(t, HTML)
}

func TestGenerated(t *testing.T) {
	check(t, Generated)
}

func TestJSON(t *testing.T) {
	check(t, JSON)
}

func TestSorted(t *testing.T) {
	check(t, Sorted)
}

func TestIterated(t *testing.T) {
	check(t, Iterated)
}

func TestPulled(t *testing.T) {
	check(t, Pulled)
}

func TestRanged(t *testing.T) {
	check(t, Ranged)
}
