package driver_test

import (
	"context"
	"database/sql"

	"github.com/nplusgone/nplusgone/internal/record"

	sqldriver "database/sql/driver"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/driver"
	"github.com/nplusgone/nplusgone/driver/internal/fakebase"
)

// combinations returns the sets of features that the script is played with: each set that a connection can have, with
// a draw of all the rest. The draws are the same in every run.
func combinations() []fakebase.Feature {
	var sets []fakebase.Feature
	rest := fakebase.Supported() &^ fakebase.OfConn
	for i, conn := range fakebase.Connections() {
		draw := fakebase.Feature(rand.New(rand.NewPCG(1, uint64(i))).Uint32())
		sets = append(sets, conn|draw&rest)
	}
	return sets
}

// TestTheWrapperIsInvisible plays the same script on a bare driver and on the same driver wrapped. What the application
// sees and what the base is asked for must be equal, whether the statements are observed or not.
func TestTheWrapperIsInvisible(t *testing.T) {
	for _, features := range combinations() {
		t.Run(features.String(), func(t *testing.T) {
			bare := fakebase.New(features)
			want := perform(t.Context(), bare, open(t, bare, features.Has(fakebase.DriverContext), nil))
			observed, _ := scoped(t)
			for name, ctx := range map[string]context.Context{"observed": observed, "unobserved": t.Context()} {
				base := fakebase.New(features)
				got := perform(ctx, base, open(t, base, features.Has(fakebase.DriverContext), record.Observer{}))
				same(t, name+": what the application sees", want, got)
				same(t, name+": what the base is asked for", bare.Calls(), base.Calls())
			}
		})
	}
}

func same(t *testing.T, what string, bare, wrapped []string) {
	t.Helper()
	if !slices.Equal(bare, wrapped) { // far cheaper than the difference that is hardly ever needed
		t.Errorf("%s (-bare +wrapped):\n%s", what, cmp.Diff(bare, wrapped))
	}
}

// open opens the base's database as sql.Open does when byName is true, else as sql.OpenDB does, with the driver wrapped
// unless obs is nil.
func open(t *testing.T, base *fakebase.Base, byName bool, obs driver.Observer) *sql.DB {
	t.Helper()
	d, c := base.Driver(), base.Connector()
	if obs != nil {
		var err error
		if c, err = driver.WrapConnector(c, obs); err != nil {
			t.Fatal(err)
		}
		d = driver.Wrap(d, obs)
	}
	if byName {
		return openDriver(t, d)
	}
	return openConnector(t, c)
}

// openDriver does what sql.Open does with a driver that it has looked up.
func openDriver(t *testing.T, d sqldriver.Driver) *sql.DB {
	t.Helper()
	var c sqldriver.Connector = plainConnector{d}
	if dc, ok := d.(sqldriver.DriverContext); ok {
		var err error
		if c, err = dc.OpenConnector("dsn"); err != nil {
			t.Fatal(err)
		}
	}
	return openConnector(t, c)
}

func openConnector(t *testing.T, c sqldriver.Connector) *sql.DB {
	t.Helper()
	db := sql.OpenDB(c)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// plainConnector is what database/sql makes of a driver that has no connectors.
type plainConnector struct{ d sqldriver.Driver }

func (c plainConnector) Connect(context.Context) (sqldriver.Conn, error) { return c.d.Open("dsn") }
func (c plainConnector) Driver() sqldriver.Driver                        { return c.d }

// TestTheCombinationsCoverAllPairs keeps the draws honest: any two features occur together, apart, and not at all.
func TestTheCombinationsCoverAllPairs(t *testing.T) {
	sets := combinations()
	for a := fakebase.Feature(1); a < fakebase.End; a <<= 1 {
		for b := a << 1; b < fakebase.End; b <<= 1 {
			if !fakebase.Supported().Has(a | b) {
				continue
			}
			seen := map[fakebase.Feature]bool{}
			for _, f := range sets {
				seen[f&(a|b)] = true
			}
			if len(seen) != 4 {
				t.Errorf("%v and %v occur in %d ways of 4", a, b, len(seen))
			}
		}
	}
	if len(sets) < 300 {
		t.Errorf("%d combinations, want hundreds", len(sets))
	}
}
