package session

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const id = "00000000-0000-4000-8000-00000000000"
const rows = `INSERT INTO sessions VALUES ('` + id + `1', '` + id + `2'); INSERT INTO users VALUES ('` + id + `2', 'ann'); INSERT INTO settings VALUES ('mode','m'),('key','k'),('epoch','e'),('role','r')`

func ask(t *testing.T, s *Server, path string) {
	mux := http.NewServeMux()
	mux.Handle("GET /profile", s.Auth(http.HandlerFunc(s.Profile)))
	mux.HandleFunc("GET /settings", s.Settings)
	r := httptest.NewRequest("GET", path, nil)
	r.Header.Set("X-Token", id+"1")
	w := httptest.NewRecorder()
	nplusgone.Middleware()(mux).ServeHTTP(w, r)
	if w.Code != 200 {
		t.Fatal("case broken:", w.Body)
	}
}

func TestTwiceText(t *testing.T) {
	db := casetest.SQLite(t, "CREATE TABLE sessions (token text, user_id text); CREATE TABLE users (id text, name text); CREATE TABLE settings (name text, value text);"+rows)
	ask(t, &Server{db, [2]string{"?", "text"}}, "/profile")
}
func TestTwiceUUID(t *testing.T) {
	db := casetest.Postgres(t, "CREATE TABLE sessions (token uuid, user_id uuid); CREATE TABLE users (id uuid, name text); CREATE TABLE settings (name text, value text);"+rows)
	ask(t, &Server{db, [2]string{"$1", "uuid"}}, "/profile")
}
func TestSettings(t *testing.T) {
	db := casetest.SQLite(t, "CREATE TABLE sessions (token text, user_id text); CREATE TABLE users (id text, name text); CREATE TABLE settings (name text, value text);"+rows)
	ask(t, &Server{db, [2]string{"?", "text"}}, "/settings")
}
