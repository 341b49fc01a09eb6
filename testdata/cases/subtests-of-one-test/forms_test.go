package forms

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE users (id INT); INSERT INTO users VALUES (1)`

func TestTable(t *testing.T) {
	db := casetest.SQLite(t, schema)
	nplusgonetest.Test(t)
	for _, s := range []string{"a", "b", "c", "d"} {
		t.Run(s, func(t *testing.T) { Validate(db, 1, s) })
	}
}

func TestLoopOfOneTurn(t *testing.T) {
	db := casetest.SQLite(t, schema)
	nplusgonetest.Test(t)
	for _, s := range []string{"a", "b", "c", "d"} {
		t.Run(s, func(t *testing.T) { New(db, 1, s).Check() })
	}
}

func TestTwiceInASubtest(t *testing.T) {
	db := casetest.SQLite(t, schema)
	nplusgonetest.Test(t)
	t.Run("once", func(t *testing.T) { Twice(db, 1) })
}
