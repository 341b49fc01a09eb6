package boards

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE boards (id integer primary key, title text, created_by int, updated_by int); CREATE TABLE people (id integer primary key, login text);
INSERT INTO people VALUES (1,'root'),(2,'b'),(3,'c'); INSERT INTO boards VALUES (1,'a',1,1),(2,'b',1,2),(3,'c',1,1),(4,'d',1,3),(5,'e',2,1),(6,'f',1,1)`

func TestEach(t *testing.T) {
	s := &Service{casetest.SQLite(t, schema)}
	_, err := s.List(nplusgonetest.Test(t))
	casetest.Must(t, err)
}

func TestOne(t *testing.T) {
	s := &Service{casetest.SQLite(t, schema+";UPDATE boards SET created_by=1, updated_by=1")}
	_, err := s.List(nplusgonetest.Test(t))
	casetest.Must(t, err)
}

func TestBatched(t *testing.T) {
	s := &Service{casetest.SQLite(t, schema)}
	_, err := s.Batched(nplusgonetest.Test(t))
	casetest.Must(t, err)
}
