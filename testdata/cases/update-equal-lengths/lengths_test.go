package lengths

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE items (id int, owner int, title text, size int); INSERT INTO items (id, owner) VALUES (1,2),(2,3),(3,4),(4,5),(5,2),(6,3),(7,4),(8,5)`

func TestRename(t *testing.T) {
	db := casetest.SQLite(t, schema)
	casetest.Must(t, Rename(nplusgonetest.Test(t), db))
}
