package routes

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE access (topic TEXT, ok INT); INSERT INTO access VALUES ('a', 1)`

func send(t *testing.T, methods ...string) {
	db := casetest.SQLite(t, schema)
	nplusgonetest.Test(t)
	s := httptest.NewServer(Routes(db))
	defer s.Close()
	for _, method := range methods {
		r, err := http.NewRequest(method, s.URL+"/a", nil)
		casetest.Must(t, err)
		answer, err := http.DefaultClient.Do(r)
		casetest.Must(t, err)
		answer.Body.Close()
	}
}

func TestTwoRequests(t *testing.T) { send(t, "PUT", "GET") }

func TestOneRequest(t *testing.T) { send(t, "POST") }
