package nplusgone_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime/pprof"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/internal/record"
)

// Proves that each statement of a thousand concurrent requests over kept-alive connections is in the scope of its own
// request, whether the handler passes its context along, drops it, runs statements in goroutines, or sets pprof labels. A
// request's statements have its number as the name of a table.
func TestRequestsKeepTheirStatements(t *testing.T) {
	const requests, clients = 1000, 32
	db, err := nplusgone.OpenDB(emptyConnector{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	watcher, err := nplusgone.New(nplusgone.WithScopeName(func(r *http.Request) string { return r.URL.Path }))
	if err != nil {
		t.Fatal(err)
	}
	before := record.UnscopedStatements()
	srv := httptest.NewServer(watcher.Middleware(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/"))
		if err == nil {
			err = styles[n%len(styles)](r.Context(), db, n)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})))
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients}}
	var all group
	tokens := make(chan struct{}, clients)
	for n := range requests {
		tokens <- struct{}{}
		all.Go(func() error {
			defer func() { <-tokens }()
			return fetch(client, srv.URL+"/"+strconv.Itoa(n))
		})
	}
	if err := all.Wait(); err != nil {
		t.Error(err)
	}
	srv.Close()
	seen := 0
	for _, scope := range watcher.Report().Profile.Scopes {
		n, _ := strconv.Atoi(strings.TrimPrefix(scope.Name, "/"))
		seen++
		if want := perRequest(n); scope.Scopes != 1 || scope.Statements != want {
			t.Errorf("request %d: %d statements in %d scopes, want %d in 1", n, scope.Statements, scope.Scopes, want)
		}
		for _, s := range scope.Slowest {
			if !strings.HasSuffix(s.Text, "FROM t"+strconv.Itoa(n)) {
				t.Errorf("request %d has a statement of another: %s", n, s.Text)
			}
		}
	}
	if unscoped := record.UnscopedStatements() - before; seen != requests || unscoped != 0 {
		t.Errorf("%d requests seen, %d statements in none; want %d and 0", seen, unscoped, requests)
	}
}

// perRequest returns the number of statements of request n.
func perRequest(n int) int { return 2 + n%5 }

// styles are ways to run the statements of request n.
var styles = []func(ctx context.Context, db *sql.DB, n int) error{
	func(ctx context.Context, db *sql.DB, n int) error { // with the context
		return statements(n, func(text string) error { _, err := db.ExecContext(ctx, text); return err })
	},
	func(_ context.Context, db *sql.DB, n int) error { // without the context
		return statements(n, func(text string) error { _, err := db.Exec(text); return err })
	},
	func(_ context.Context, db *sql.DB, n int) error { // in a transaction
		tx, err := db.Begin()
		if err != nil {
			return err
		}
		if err := statements(n, func(text string) error { _, err := tx.Exec(text); return err }); err != nil {
			return err
		}
		return tx.Commit()
	},
	func(_ context.Context, db *sql.DB, n int) error { // each in a goroutine
		var group group
		err := statements(n, func(text string) error {
			group.Go(func() error { _, err := db.Exec(text); return err })
			return nil
		})
		return errors.Join(err, group.Wait())
	},
	func(ctx context.Context, db *sql.DB, n int) (err error) { // with a label of the application
		pprof.Do(ctx, pprof.Labels("tenant", "acme"), func(context.Context) {
			err = statements(n, func(text string) error { _, err := db.Exec(text); return err })
		})
		return err
	},
	func(_ context.Context, db *sql.DB, n int) error { // while the rows of another statement are open
		rows, err := db.Query(text(n))
		if err != nil {
			return err
		}
		defer rows.Close()
		for range perRequest(n) - 1 {
			if _, err := db.Exec(text(n)); err != nil {
				return err
			}
		}
		return nil
	},
}

func text(n int) string { return fmt.Sprintf("SELECT name FROM t%d", n) }

func statements(n int, run func(text string) error) error {
	for range perRequest(n) {
		if err := run(text(n)); err != nil {
			return err
		}
	}
	return nil
}

func fetch(client *http.Client, url string) error {
	resp, err := client.Get(url)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: status %d: %s", url, resp.StatusCode, body)
	}
	return err
}

// An emptyConnector makes connections whose statements have no effect and no rows.
type emptyConnector struct{}

func (c emptyConnector) Connect(context.Context) (driver.Conn, error) { return c, nil }
func (c emptyConnector) Driver() driver.Driver                        { return c }
func (c emptyConnector) Open(string) (driver.Conn, error)             { return c, nil }
func (c emptyConnector) Prepare(string) (driver.Stmt, error)          { return c, nil }
func (c emptyConnector) Begin() (driver.Tx, error)                    { return c, nil }
func (c emptyConnector) Commit() error                                { return nil }
func (c emptyConnector) Rollback() error                              { return nil }
func (c emptyConnector) Close() error                                 { return nil }
func (c emptyConnector) NumInput() int                                { return 0 }
func (c emptyConnector) Exec([]driver.Value) (driver.Result, error)   { return driver.ResultNoRows, nil }
func (c emptyConnector) Query([]driver.Value) (driver.Rows, error)    { return c, nil }
func (c emptyConnector) Columns() []string                            { return []string{"name"} }
func (c emptyConnector) Next([]driver.Value) error                    { return io.EOF }

// A group is as errgroup.Group, for which this module would need golang.org/x/sync.
type group struct {
	goroutines sync.WaitGroup
	once       sync.Once
	err        error
}

func (g *group) Go(do func() error) {
	g.goroutines.Go(func() {
		if err := do(); err != nil {
			g.once.Do(func() { g.err = err })
		}
	})
}

func (g *group) Wait() error {
	g.goroutines.Wait()
	return g.err
}
