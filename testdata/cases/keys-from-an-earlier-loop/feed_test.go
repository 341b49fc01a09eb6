package feed

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE items (id int, owner int, title text, size int); INSERT INTO items (id, owner) VALUES (1,2),(2,3),(3,4),(4,5),(5,2),(6,3),(7,4),(8,5); CREATE TABLE accounts (id int, person int); INSERT INTO accounts VALUES (2,1),(3,2),(4,3),(5,4);
CREATE TABLE labels (id int); INSERT INTO labels VALUES (1),(2),(3),(4),(5),(6); CREATE TABLE follows (followed int); CREATE TABLE item_labels (item int, label int);
INSERT INTO item_labels SELECT items.id, labels.id FROM items, labels WHERE labels.id <= 4 OR items.id % 2 = 0`

func TestFeed(t *testing.T) {
	db := casetest.SQLite(t, schema)
	casetest.Must(t, Feed(nplusgonetest.Test(t), db))
}
