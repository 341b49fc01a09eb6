package driver_test

import (
	"context"

	"github.com/nplusgone/nplusgone/internal/record"

	sqldriver "database/sql/driver"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/nplusgone/nplusgone/driver"
	"github.com/nplusgone/nplusgone/driver/internal/fakebase"
)

// modern are the features of most current drivers.
const modern = fakebase.ConnBeginTx | fakebase.ConnPrepareContext | fakebase.ExecerContext | fakebase.QueryerContext |
	fakebase.StmtExecContext | fakebase.StmtQueryContext | fakebase.NextResultSet

// Proves that the application does not notice a panic of this package, whenever it happens.
func TestPanicsOfTheWrapperAreInvisible(t *testing.T) {
	for _, features := range []fakebase.Feature{0, modern, modern | fakebase.ReturnsErrSkip} {
		bare := fakebase.New(features)
		want := runScript(t.Context(), bare, open(t, bare, false, nil))
		faults := map[string]func(*fakebase.Base) (sqldriver.Connector, error){
			"in reading a statement": func(b *fakebase.Base) (sqldriver.Connector, error) {
				return driver.WrapConnector(b.Connector(), record.Observer{}, driver.Broken())
			},
			"in the observer, at once": func(b *fakebase.Base) (sqldriver.Connector, error) {
				return driver.WrapConnector(b.Connector(), &faultyAfter{calls: 0})
			},
			"in the observer, later": func(b *fakebase.Base) (sqldriver.Connector, error) {
				return driver.WrapConnector(b.Connector(), &faultyAfter{calls: 40})
			},
		}
		for name, wrap := range faults {
			t.Run(name+", with "+features.String(), func(t *testing.T) {
				base := fakebase.New(features)
				c, err := wrap(base)
				if err != nil {
					t.Fatal(err)
				}
				ctx, _ := scoped(t)
				var got []string
				printed := driver.Stderr(t, func() { got = runScript(ctx, base, openConnector(t, c)) })
				same(t, "what the application sees", want, got)
				same(t, "what the base is asked for", bare.Calls(), base.Calls())
				if n := strings.Count(printed, "no longer observed"); n != 1 {
					t.Errorf("the panic is reported %d times, want once:\n%s", n, printed)
				}
			})
		}
	}
}

// faultyAfter is an observer that panics after some calls.
type faultyAfter struct {
	record.Observer
	calls int64
	seen  atomic.Int64
}

func (o *faultyAfter) Scope(ctx context.Context, tx *record.Scope) *record.Scope {
	if o.seen.Add(1) > o.calls {
		panic("a panic")
	}
	return o.Observer.Scope(ctx, tx)
}

// Proves that of the up to three connections that database/sql tries, only the one on which the statement ran is counted.
func TestRetriesAreCountedOnce(t *testing.T) {
	for lost, want := range []int{1, 1, 1, 0} {
		base := fakebase.New(modern)
		db := withUs(t, base)
		ctx, scope := scoped(t)
		for range lost {
			base.Arm(fakebase.Exec, fakebase.Outcome{Err: sqldriver.ErrBadConn})
			base.Arm(fakebase.Query, fakebase.Outcome{Err: sqldriver.ErrBadConn})
		}
		_, err := db.ExecContext(ctx, plain)
		if rows, queryErr := db.QueryContext(ctx, selectAll); queryErr == nil {
			_ = rows.Close()
		} else if err == nil {
			t.Errorf("%d connections lost: %v", lost, queryErr)
		}
		if got := scope.Statements(); got != 2*want || (err == nil) != (want == 1) {
			t.Errorf("%d connections lost: %v, %d statements; want %d", lost, err, got, 2*want)
		}
	}
}

func TestContextsThatEndAreCountedByWhatTheBaseRan(t *testing.T) {
	base := fakebase.New(modern)
	db := withUs(t, base)
	observed, scope := scoped(t)

	before, cancel := context.WithCancel(observed)
	cancel()
	if _, err := db.ExecContext(before, plain); err != context.Canceled || scope.Statements() != 0 {
		t.Errorf("ended before: %v, %d statements; want none", err, scope.Statements())
	}
	during, cancel := context.WithCancel(observed)
	base.Arm(fakebase.Exec, fakebase.Outcome{Do: cancel, Err: context.Canceled})
	if _, err := db.ExecContext(during, plain); err != context.Canceled || scope.Statements() != 1 {
		t.Errorf("ended during: %v, %d statements; want 1", err, scope.Statements())
	}
	after, cancel := context.WithCancel(observed)
	if _, err := db.ExecContext(after, plain); err != nil || scope.Statements() != 2 {
		t.Errorf("ended after: %v, %d statements; want 2", err, scope.Statements())
	}
	cancel()
}
