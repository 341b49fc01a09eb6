package sources

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

func call(t *testing.T, lists [][]string) {
	db := casetest.SQLite(t, `CREATE TABLE sources (id INT, name TEXT); INSERT INTO sources VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd'); CREATE TABLE log (n INT)`)
	nplusgonetest.Test(t)
	for _, names := range lists {
		_, err := db.Exec(`INSERT INTO log VALUES (?)`, len(names))
		casetest.Must(t, err)
		_, err = Sources(t.Context(), db, names)
		casetest.Must(t, err)
	}
}

func TestThreeNamesOnce(t *testing.T) { call(t, [][]string{{"c"}, {"a"}, {"d", "b", "a"}, {"b"}}) }

func TestOneNameEach(t *testing.T) { call(t, [][]string{{"c"}, {"a"}, {"d"}, {"b"}}) }
