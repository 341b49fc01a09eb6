package tenant

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE items (id int, owner int, title text, size int); INSERT INTO items (id, owner) VALUES (1,2),(2,3),(3,4),(4,5),(5,2),(6,3),(7,4),(8,5); CREATE TABLE tenants (id int, name text); INSERT INTO tenants VALUES (3,'x'),(77,'y')`

// The key 3 is also the owner of a row.
func TestThree(t *testing.T) {
	db := casetest.SQLite(t, schema)
	casetest.Must(t, List(nplusgonetest.Test(t), db, 3))
}

func TestElsewhere(t *testing.T) {
	db := casetest.SQLite(t, schema)
	casetest.Must(t, List(nplusgonetest.Test(t), db, 77))
}
