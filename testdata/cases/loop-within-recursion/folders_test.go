package folders

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE folders (id text, parent_id text); CREATE TABLE items (id text, folder_id text); CREATE TABLE notes (item_id text, text text); CREATE TABLE tags (item_id text, text text);
INSERT INTO folders VALUES ('folder-root',''),('folder-child','folder-root'); INSERT INTO items VALUES ('item-000001','folder-root'),('item-000002','folder-root'),('item-000003','folder-child')`

const wide = schema + `; INSERT INTO folders VALUES ('folder-other','folder-root'),('folder-below','folder-child');
INSERT INTO items VALUES ('item-000004','folder-root'),('item-000005','folder-other'),('item-000006','folder-other'),('item-000007','folder-below'),('item-000008','folder-below')`

func TestSmall(t *testing.T) {
	s := &store{casetest.SQLite(t, schema)}
	nplusgonetest.Test(t)
	s.Read("folder-root")
}

func TestWide(t *testing.T) {
	s := &store{casetest.SQLite(t, wide)}
	nplusgonetest.Test(t)
	s.Read("folder-root")
}
