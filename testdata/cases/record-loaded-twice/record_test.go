package record

import (
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE guests (mail text); CREATE TABLE gone (mail text); CREATE TABLE tickets (mail text); CREATE TABLE orders (name text)`

func TestTwice(t *testing.T) {
	db := casetest.SQLite(t, schema)
	_, err := Twice(nplusgonetest.Test(t), db, "guest@example.org")
	casetest.Must(t, err)
}
