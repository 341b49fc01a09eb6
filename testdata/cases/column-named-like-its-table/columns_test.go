package columns

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE notes (id int, notes text, owner int)`

func TestAdd(t *testing.T) {
	db := casetest.SQLite(t, schema)
	casetest.Must(t, Add(nplusgonetest.Test(t), db, []string{"a", "b", "c", "d", "e"}))
}
