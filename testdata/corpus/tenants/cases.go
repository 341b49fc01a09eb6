// Package tenants is an application for many tenants: composite keys, middleware for sessions and permissions, and all
// the look-ups that a request makes before it begins.
package tenants

import (
	"context"
	"database/sql"
	"fmt"
	"net/http/httptest"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/testdata/corpus"
)

// Cases are requests of tenants and of operators.
func Cases() []corpus.Case {
	return corpus.Seeded(schema, []corpus.Case{
		{Name: "user of middleware and handler", Want: []string{corpus.Duplicate}, Run: request("GET", "/acme/profile"),
			Why: "the middleware has put the user into the context already"},
		{Name: "feature asked three times", Want: []string{corpus.Duplicate}, Run: request("GET", "/acme/search?q=a"),
			Why: "three functions ask for one flag within a request"},
		{Name: "plan of the tenant per project", Want: []string{corpus.Duplicate}, Run: request("GET", "/acme/limits"),
			Why: "the plan is the same for the whole loop"},
		{Name: "tenant looked up by two steps", Want: []string{corpus.Duplicate}, NoContext: true,
			Why: "two functions look up the same tenant, without a context",
			Run: func(_ context.Context, db *sql.DB) error { _, err := planOf(db, "acme.example.com"); return err }},
		{Name: "usage in two boxes at once", Want: []string{corpus.Duplicate},
			Why: "two goroutines of one request ask for the same number",
			Run: func(ctx context.Context, db *sql.DB) error { return overview(ctx, store{db, "acme"}) }},
		{Name: "board with people", Want: []string{corpus.NPlusOne}, May: []string{corpus.Duplicate}, Run: request("GET", "/acme/board"),
			Why: "a person by composite key for each task that has one"},
		{Name: "role in each project", Want: []string{corpus.NPlusOne}, Run: request("GET", "/acme/visible"),
			Why: "a permission check per project, where a join would do"},
		{Name: "export of three levels", Want: []string{corpus.NPlusOne}, May: []string{corpus.Duplicate}, Run: request("GET", "/acme/export"),
			Why: "tasks per project, and a person per task"},
		{Name: "usage of each tenant", Want: []string{corpus.NPlusOne},
			Why: "a statement per tenant of one database, in the order of a map",
			Run: func(ctx context.Context, db *sql.DB) error { _, err := consumption(ctx, db); return err }},
		{Name: "invitations one by one", Want: []string{corpus.RowInsert}, Run: request("POST", "/acme/invites?emails=a@x.de,b@x.de,c@x.de,d@x.de,e@x.de"),
			Why: "one INSERT per address of the request"},
		{Name: "tasks reassigned one by one", Want: []string{corpus.RowUpdate}, Run: request("POST", "/acme/reassign?from=25&to=10"),
			Why: "UPDATE WHERE assignee_id would do all"},
		{Name: "roles taken one by one", Want: []string{corpus.RowDelete}, NoContext: true, Run: request("POST", "/acme/offboard?user=15"),
			Why: "DELETE WHERE user_id would take all roles; the loop drops the context"},

		{Name: "user from the context", Run: request("GET", "/acme/me"),
			Why: "loaded once, handed on"},
		{Name: "three permissions", Run: request("POST", "/acme/settings"),
			Why: "one statement for three different permissions, called by three middlewares"},
		{Name: "board by a join", Run: request("GET", "/acme/board/joined"),
			Why: "one statement for the tasks"},
		{Name: "features remembered", Run: request("GET", "/acme/features"),
			Why: "the first look is remembered, the others do not reach the database"},
		{Name: "tabs", Run: request("GET", "/acme/tabs"),
			Why: "four counts that are written down in the source"},
		{Name: "calls counted", Run: request("POST", "/acme/calls"),
			Why: "a write stands between the two reads"},
		{Name: "ordered once", Run: request("POST", "/acme/orders"),
			Why: "the key is looked at, claimed, and looked at again after the write"},
		{Name: "task renamed", Run: request("POST", "/acme/tasks/1007?title=new"),
			Why: "one read, one conditional write"},
		{Name: "roles of two people", Run: request("POST", "/acme/delegate"),
			Why: "one statement called on two lines for two people"},
		{Name: "welcome",
			Why: "five different single-row look-ups, each with a key from the one before",
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := welcome(ctx, db, "acme.example.com", "s-ann")
				return err
			}},
		{Name: "three people at once",
			Why: "three goroutines started on three lines, for three people",
			Run: func(ctx context.Context, db *sql.DB) error { return meeting(ctx, store{db, "acme"}, 5, 10, 15) }},
		{Name: "usage changed by others",
			Why: "the answers differ; that is why it asks twice",
			Run: func(ctx context.Context, db *sql.DB) (err error) {
				_, err = drift(ctx, store{db, "acme"}, func() (err error) {
					nplusgone.Ignore(ctx, func(ctx context.Context) {
						_, err = db.ExecContext(ctx, `UPDATE usage SET amount = amount + 5 WHERE tenant_id = 'acme'`)
					})
					return err
				})
				return err
			}},
		{Name: "two transactions",
			Why: "each has to see the tenant as it is then; the first may have changed it",
			Run: func(ctx context.Context, db *sql.DB) error { return twoSteps(ctx, db, "cube") }},
		{Name: "a database for each tenant",
			Why: "one statement per database",
			Run: func(ctx context.Context, _ *sql.DB) error {
				_, err := own(ctx, []string{"a", "b", "c", "d", "e"})
				return err
			}},
	})
}

func request(method, target string) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error {
		r := httptest.NewRequestWithContext(ctx, method, target, nil)
		r.Header.Set("Session", "s-ann")
		r.Header.Set("Idempotency-Key", "k-1")
		w := httptest.NewRecorder()
		(&app{db: db, features: map[string]cached{}}).routes().ServeHTTP(w, r)
		if w.Code != 200 {
			return fmt.Errorf("%s %s: %d %s", method, target, w.Code, w.Body)
		}
		return nil
	}
}
