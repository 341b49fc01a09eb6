package saves

import (
	"testing"

	"example.com/cases/casetest"
	"example.org/loader"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE orders (id int, title text); CREATE TABLE marks (id int, name text); CREATE TABLE order_marks (order_id int, mark_id int);
INSERT INTO orders VALUES (1,'o'); INSERT INTO marks VALUES (1,'a'),(2,'b'),(3,'c'),(4,'d'); INSERT INTO order_marks SELECT 1, id FROM marks`

func TestSave(t *testing.T) {
	db := casetest.SQLite(t, schema)
	o := &loader.Order{ID: 1, Title: "p", Marks: []loader.Mark{{ID: 1, Name: "a"}, {ID: 2, Name: "b"}, {ID: 3, Name: "c"}, {ID: 4, Name: "d"}}}
	casetest.Must(t, SaveOrder(nplusgonetest.Test(t), db, o))
}
