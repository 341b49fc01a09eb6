package caches

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
	"xorm.io/xorm"
	"xorm.io/xorm/core"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE person (id integer primary key, name text); CREATE TABLE post (id integer primary key, person_id int); INSERT INTO person VALUES (1,'a'),(2,'b'),(3,'c'),(4,'d'),(5,'e'); INSERT INTO post VALUES (1,3),(2,1),(3,5),(4,2),(5,4)`

func TestXorm(t *testing.T) {
	e, err := xorm.NewEngineWithDB("sqlite3", "", core.FromDB(casetest.SQLite(t, schema)))
	casetest.Must(t, err)
	_, err = Feed(e.NewSession().Context(nplusgonetest.Test(t)))
	casetest.Must(t, err)
}

func TestCold(t *testing.T) {
	db := casetest.SQLite(t, schema)
	nplusgonetest.Test(t)
	_, err := Cold(db)
	casetest.Must(t, err)
}
