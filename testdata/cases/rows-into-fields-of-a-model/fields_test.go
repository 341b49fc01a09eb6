package fields

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE teams (id text primary key, name text); CREATE TABLE members (team_id text, user_id int);
INSERT INTO teams VALUES ('t1', 'a'), ('t2', 'b'), ('t3', 'c'), ('t4', 'd'); INSERT INTO members VALUES ('t1', 1)`

func TestTeams(t *testing.T) {
	db := casetest.SQLite(t, schema)
	ctx := nplusgonetest.Test(t)
	list, err := Teams(ctx, db)
	casetest.Must(t, err)
	if len(list) != 4 {
		t.Fatal("case broken:", list)
	}
}

func TestOwn(t *testing.T) {
	db := casetest.SQLite(t, schema)
	ctx := nplusgonetest.Test(t)
	n, err := Own(ctx, db)
	casetest.Must(t, err)
	if n != 1 {
		t.Fatal("case broken:", n)
	}
}
