package touch

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE tasks (id text, project_id text, done int); CREATE TABLE projects (id text, touched int); INSERT INTO projects VALUES ('p1', 0);
INSERT INTO tasks VALUES ('task-000001','p1',0),('task-000002','p1',0),('task-000003','p1',0),('task-000004','p1',0),('task-000005','p1',0)`

func TestTouch(t *testing.T) {
	s := &store{casetest.SQLite(t, schema)}
	nplusgonetest.Test(t)
	s.Touch()
}
