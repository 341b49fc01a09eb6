package goroutines

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE artists (id text, name text); CREATE TABLE albums (id text, name text); CREATE TABLE songs (id text, name text); CREATE TABLE libraries (id text); INSERT INTO libraries VALUES ('l1'),('l2')`

func TestSearch(t *testing.T) {
	s := &store{casetest.SQLite(t, schema)}
	nplusgonetest.Test(t)
	s.Search()
}
