package bulk

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE tasks (id text, project_id text); CREATE TABLE views (id text, project_id text); CREATE TABLE task_buckets (task_id text, view_id text, bucket_id text);
INSERT INTO tasks VALUES ('task-000001','p1'),('task-000002','p1'),('task-000003','p1'),('task-000004','p1'),('task-000005','p1'); INSERT INTO views VALUES ('view-of-p1','p1'); INSERT INTO task_buckets SELECT id, 'view-of-p1', 'new' FROM tasks`

func TestBulk(t *testing.T) {
	s := &store{casetest.SQLite(t, schema)}
	nplusgonetest.Test(t)
	s.Bulk()
}
