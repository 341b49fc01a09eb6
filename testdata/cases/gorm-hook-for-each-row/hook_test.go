package hook

import (
	"database/sql"
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE docs (id integer primary key, title text); CREATE TABLE revisions (id integer primary key, doc_id int, body text);
INSERT INTO docs VALUES (1,'a'),(2,'b'),(3,'c'),(4,'d'),(5,'e'); INSERT INTO revisions VALUES (1,1,'x'),(2,1,'y'),(3,2,'z'),(4,3,'w'),(5,5,'q')`

func open(t *testing.T, db *sql.DB) *gorm.DB {
	g, err := gorm.Open(sqlite.Dialector{Conn: db}, &gorm.Config{})
	casetest.Must(t, err)
	return g
}

func TestEach(t *testing.T) {
	g := open(t, casetest.SQLite(t, schema))
	_, err := List(g.WithContext(nplusgonetest.Test(t)))
	casetest.Must(t, err)
}

func TestBatched(t *testing.T) {
	g := open(t, casetest.SQLite(t, schema))
	_, _, err := Batched(g.WithContext(nplusgonetest.Test(t)))
	casetest.Must(t, err)
}

func TestInTx(t *testing.T) {
	g := open(t, casetest.SQLite(t, schema))
	_, err := InTx(g.WithContext(nplusgonetest.Test(t)))
	casetest.Must(t, err)
}

func TestBatches(t *testing.T) {
	g := open(t, casetest.SQLite(t, schema))
	_, err := Batches(g.WithContext(nplusgonetest.Test(t)))
	casetest.Must(t, err)
}
