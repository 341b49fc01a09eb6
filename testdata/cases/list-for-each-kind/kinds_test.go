package kinds

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE refs (kind text, target_id int); CREATE TABLE targets (kind text, id int, title text); CREATE TABLE tasks (state text, day int);
INSERT INTO refs VALUES ('post',1),('post',2),('page',1),('page',4),('issue',7),('issue',8),('image',3),('image',9); INSERT INTO targets SELECT kind, target_id, 't' FROM refs; INSERT INTO tasks VALUES ('open',1),('done',2),('done',0),('late',1),('draft',3)`

func TestByKind(t *testing.T) {
	db := casetest.SQLite(t, schema)
	_, err := ByKind(nplusgonetest.Test(t), db)
	casetest.Must(t, err)
}

func TestStates(t *testing.T) {
	db := casetest.SQLite(t, schema)
	_, err := States(nplusgonetest.Test(t), db)
	casetest.Must(t, err)
}

func TestStatesFunc(t *testing.T) {
	db := casetest.SQLite(t, schema)
	_, err := StatesFunc(nplusgonetest.Test(t), db)
	casetest.Must(t, err)
}

func TestStatesArray(t *testing.T) {
	db := casetest.SQLite(t, schema)
	_, err := StatesArray(nplusgonetest.Test(t), db)
	casetest.Must(t, err)
}

func TestDays(t *testing.T) {
	db := casetest.SQLite(t, schema)
	_, err := Days(nplusgonetest.Test(t), db, 7)
	casetest.Must(t, err)
}
