package app_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	_ "github.com/mattn/go-sqlite3"

	"github.com/nplusgone/nplusgone/testdata/app"
)

func open(t *testing.T) *sql.DB {
	t.Helper()
	file := filepath.Join(t.TempDir(), "room.db")
	db, err := sql.Open("sqlite3", fmt.Sprintf("file:%s?_journal_mode=WAL&_busy_timeout=5000&_foreign_keys=1", file))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := app.Seed(context.Background(), db); err != nil {
		t.Fatal(err)
	}
	return db
}

func send(t *testing.T, h http.Handler, request app.Request) string {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(request.Method, request.Path, strings.NewReader(request.Body)))
	body := strings.TrimSpace(w.Body.String())
	if w.Code != http.StatusOK {
		t.Errorf("%s %s: status %d: %s", request.Method, request.Path, w.Code, body)
	}
	if body == "" || body == "null" || body == "[]" {
		t.Errorf("%s %s: an empty answer proves nothing", request.Method, request.Path)
	}
	return body
}

func TestBadAndGoodAnswerAlike(t *testing.T) {
	h := app.New(open(t))
	for range 2 {
		for _, c := range app.Cases() {
			bad, good := send(t, h, c.Bad), send(t, h, c.Good)
			if bad != good {
				t.Errorf("tip %d, %s:\nbad  %s\ngood %s", c.Tip, c.Title, bad, good)
			}
		}
	}
}

func TestRequestsMayRunAtTheSameTime(t *testing.T) {
	h := app.New(open(t))
	var wg sync.WaitGroup
	for _, c := range app.Cases() {
		wg.Go(func() { send(t, h, c.Bad) })
		wg.Go(func() { send(t, h, c.Good) })
	}
	wg.Wait()
}

func TestBadAndGoodWriteAlike(t *testing.T) {
	db := open(t)
	h := app.New(db)
	for range 2 {
		for _, c := range app.Cases() {
			send(t, h, c.Bad)
			send(t, h, c.Good)
		}
	}
	tests := []struct {
		name, bad, good, query, want string
	}{
		{"views", "11", "13", `SELECT views FROM posts WHERE id = ?`, "2"},
		{"comments", "1", "2", `SELECT COUNT(*) || group_concat(author_id || body) FROM comments WHERE post_id = ?`, "8"},
		{"postponed jobs", "mail", "search", `SELECT group_concat(run_at) FROM jobs WHERE queue = ?`, "2024-06-01"},
		{"scheduled jobs", "digest", "export", `SELECT COUNT(*) || group_concat(task || run_at) FROM jobs WHERE queue = ?`, "6"},
		{"tags", "3", "4", `SELECT COUNT(*) || group_concat(tag_id) FROM post_tags WHERE post_id = ?`, "6"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var bad, good string
			if err := db.QueryRow(test.query, test.bad).Scan(&bad); err != nil {
				t.Fatal(err)
			}
			if err := db.QueryRow(test.query, test.good).Scan(&good); err != nil {
				t.Fatal(err)
			}
			if bad != good || !strings.HasPrefix(bad, test.want) {
				t.Errorf("bad wrote %q, good wrote %q, want both to start with %q", bad, good, test.want)
			}
		})
	}
}

func TestCasesAreInTheOrderOfTheTips(t *testing.T) {
	last := 0
	for _, c := range app.Cases() {
		if c.Tip != last && c.Tip != last+1 {
			t.Errorf("tip %d follows tip %d", c.Tip, last)
		}
		if (c.Rule == "") != (c.Tip == 1) {
			t.Errorf("tip %d, %s: rule %q", c.Tip, c.Title, c.Rule)
		}
		last = c.Tip
	}
	if last != 13 {
		t.Errorf("the last tip is %d", last)
	}
}

func TestAnswersSayWhatIsWrong(t *testing.T) {
	h := app.New(open(t))
	tests := []struct {
		name, method, path, body string
		want                     int
	}{
		{"a suspended person", "GET", "/good/account?as=13", "", http.StatusForbidden},
		{"not signed in", "GET", "/good/account", "", http.StatusBadRequest},
		{"an unknown person", "GET", "/bad/account?as=99", "", http.StatusNotFound},
		{"an unknown post", "GET", "/bad/posts/99", "", http.StatusNotFound},
		{"a post that is no number", "GET", "/bad/posts/x", "", http.StatusBadRequest},
		{"no tags", "PUT", "/good/posts/4/tags", "[]", http.StatusBadRequest},
		{"a broken body", "PUT", "/bad/queues/digest/jobs", "[", http.StatusBadRequest},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest(test.method, test.path, strings.NewReader(test.body)))
			if w.Code != test.want {
				t.Errorf("status %d, want %d: %s", w.Code, test.want, w.Body)
			}
		})
	}
}

func TestSourceHoldsEveryFileButTests(t *testing.T) {
	if err := fstest.TestFS(app.Source(), "doc.go", "cases.go"); err != nil {
		t.Error(err)
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		embedded, err := fs.ReadFile(app.Source(), file)
		if strings.HasSuffix(file, "_test.go") {
			if err == nil {
				t.Errorf("%s is embedded", file)
			}
			continue
		}
		if err != nil {
			t.Error(err)
			continue
		}
		if disk, err := os.ReadFile(file); err != nil || !bytes.Equal(disk, embedded) {
			t.Errorf("%s differs from the embedded file (%v)", file, err)
		}
	}
}
