package likes

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE items (id int, owner int, title text, size int); INSERT INTO items (id, owner) VALUES (1,2),(2,3),(3,4),(4,5),(5,2),(6,3),(7,4),(8,5); CREATE TABLE people (id int); INSERT INTO people VALUES (1),(2),(3),(4),(5),(6); CREATE TABLE likes (item int, liker int); INSERT INTO likes SELECT id, id FROM items UNION ALL SELECT id, id+1 FROM items UNION ALL SELECT id, id+2 FROM items`

func TestList(t *testing.T) {
	db := casetest.SQLite(t, schema)
	_, err := List(nplusgonetest.Test(t), db)
	casetest.Must(t, err)
}
