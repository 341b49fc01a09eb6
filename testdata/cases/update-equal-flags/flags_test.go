package flags

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE apps (id text, user_id text, name text, internal int);
INSERT INTO apps VALUES ('app-000001','u1','',0),('app-000002','u1','',0),('app-000003','u1','',0),('app-000004','u1','',0),('app-000005','u1','',0)`

func TestSaveAll(t *testing.T) {
	s := &store{casetest.SQLite(t, schema)}
	nplusgonetest.Test(t)
	s.SaveAll()
}
