package members

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE projects (id text); CREATE TABLE members (id text, project_id text, admin int); INSERT INTO projects VALUES ('p1'),('p2'),('p3');
INSERT INTO members VALUES ('member-1-0','p1',0),('member-1-1','p1',0),('member-2-0','p2',0),('member-2-1','p2',0),('member-3-0','p3',0),('member-3-1','p3',0)`

const numbers = `CREATE TABLE projects (id integer); CREATE TABLE members (id integer, project_id integer, admin int); INSERT INTO projects VALUES (1),(2),(3),(4),(5),(6),(7),(8),(9);
INSERT INTO members VALUES (1,1,0),(2,1,0),(3,2,0),(4,2,0),(5,3,0),(6,3,0),(7,4,0),(8,4,0)`

func TestTexts(t *testing.T) {
	s := &store{casetest.SQLite(t, schema)}
	nplusgonetest.Test(t)
	s.Promote()
}

func TestNumbers(t *testing.T) {
	s := &store{casetest.SQLite(t, numbers)}
	nplusgonetest.Test(t)
	s.Promote()
}
