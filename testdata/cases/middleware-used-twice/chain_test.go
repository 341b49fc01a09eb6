package chain

import (
	"net/http/httptest"
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE accounts (id int, name text); INSERT INTO accounts VALUES (1, 'ann')`

func ask(t *testing.T, times int) {
	db := casetest.SQLite(t, schema)
	w := httptest.NewRecorder()
	Routes(db, times).ServeHTTP(w, httptest.NewRequest("GET", "/x", nil).WithContext(nplusgonetest.Test(t)))
	if w.Code != 200 || w.Body.String() != "ann" {
		t.Fatal("case broken:", w.Code, w.Body)
	}
}

func TestTwice(t *testing.T) { ask(t, 2) }

func TestOnce(t *testing.T) { ask(t, 1) }
