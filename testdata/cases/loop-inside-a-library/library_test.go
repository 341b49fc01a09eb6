package library

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE parents (id integer primary key); CREATE TABLE children (parent_id int, name text);
INSERT INTO parents VALUES (11),(22),(33),(44),(55); INSERT INTO children SELECT id, 'c' FROM parents`

func TestPage(t *testing.T) {
	db := casetest.SQLite(t, schema)
	_, err := Page(nplusgonetest.Test(t), db)
	casetest.Must(t, err)
}

func TestSave(t *testing.T) {
	db := casetest.SQLite(t, schema)
	err := Save(nplusgonetest.Test(t), db, []string{"a", "b", "c", "d"})
	casetest.Must(t, err)
}
