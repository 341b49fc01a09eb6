package renames

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

func TestChain(t *testing.T) {
	db := casetest.SQLite(t, `CREATE TABLE resources (name TEXT, pipeline INT); INSERT INTO resources VALUES ('a', 1), ('b', 1), ('c', 1), ('d', 1)`)
	nplusgonetest.Test(t)
	tx, err := db.BeginTx(t.Context(), nil)
	casetest.Must(t, err)
	casetest.Must(t, All(t.Context(), tx, []Rename{{"c", "d"}, {"b", "c"}, {"a", "b"}}))
	casetest.Must(t, tx.Commit())
}
