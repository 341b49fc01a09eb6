package dashboard

import (
	"database/sql"
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
	"xorm.io/xorm"
	"xorm.io/xorm/core"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE person (id integer primary key, name text); CREATE TABLE file (id integer primary key, remark_id int); CREATE TABLE remark (id integer primary key, poster_id int);
INSERT INTO person VALUES (1,'a'),(2,'b'); INSERT INTO remark VALUES (1,2),(2,2),(3,2),(4,1),(5,2),(6,2),(7,2),(8,2); INSERT INTO file VALUES (1,3),(2,3)`

func session(t *testing.T, db *sql.DB) *xorm.Session {
	e, err := xorm.NewEngineWithDB("sqlite3", "", core.FromDB(db))
	casetest.Must(t, err)
	return e.NewSession()
}

func TestEach(t *testing.T) {
	s := session(t, casetest.SQLite(t, schema))
	_, err := Dashboard(s.Context(nplusgonetest.Test(t)))
	casetest.Must(t, err)
}

func TestOnePoster(t *testing.T) {
	s := session(t, casetest.SQLite(t, schema+"; UPDATE remark SET poster_id = 2"))
	_, err := Dashboard(s.Context(nplusgonetest.Test(t)))
	casetest.Must(t, err)
}

func TestBatched(t *testing.T) {
	s := session(t, casetest.SQLite(t, schema))
	_, err := Batched(s.Context(nplusgonetest.Test(t)))
	casetest.Must(t, err)
}

func TestNames(t *testing.T) {
	s := session(t, casetest.SQLite(t, schema))
	_, err := Names(s.Context(nplusgonetest.Test(t)))
	casetest.Must(t, err)
}

func TestLists(t *testing.T) {
	s := session(t, casetest.SQLite(t, schema))
	_, err := Lists(s.Context(nplusgonetest.Test(t)))
	casetest.Must(t, err)
}

func TestCounts(t *testing.T) {
	s := session(t, casetest.SQLite(t, schema))
	_, err := Counts(s.Context(nplusgonetest.Test(t)))
	casetest.Must(t, err)
}
