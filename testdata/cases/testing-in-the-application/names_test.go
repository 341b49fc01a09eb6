package names

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

func TestAll(t *testing.T) {
	db := casetest.SQLite(t, `CREATE TABLE people (id INT, name TEXT); INSERT INTO people VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd')`)
	nplusgonetest.Test(t)
	_, err := All(t.Context(), db, []int{3, 1, 4, 2})
	casetest.Must(t, err)
}

func TestFill(t *testing.T) {
	db := casetest.SQLite(t, `CREATE TABLE people (id INT, name TEXT)`)
	nplusgonetest.Test(t)
	casetest.Must(t, Fill(t.Context(), db, []string{"a", "b", "c", "d"}))
}
