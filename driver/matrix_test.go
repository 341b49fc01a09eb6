package driver_test

import (
	"context"
	"database/sql"

	"github.com/nplusgone/nplusgone/internal/record"

	sqldriver "database/sql/driver"
	"maps"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/driver"
	"github.com/nplusgone/nplusgone/driver/internal/fakebase"
)

// combinations returns the sets of features with which the script runs: every set that a connection can have, three times
// or more, each time with other features of statements, results and drivers, so that any two features occur in all four
// ways. They are the same in every run.
func combinations() []fakebase.Feature {
	conns, rest := fakebase.Connections(), fakebase.Others()
	todo := pairs()
	var sets []fakebase.Feature
	draw := rand.New(rand.NewPCG(1, 2))
	for i := 0; i < 3*len(conns) || len(todo) > 0; i++ {
		best, most := fakebase.Feature(0), -1
		for range 20 {
			set := conns[i%len(conns)] | rest[draw.IntN(len(rest))]
			n := 0
			for p := range todo {
				if p.in(set) {
					n++
				}
			}
			if n > most {
				best, most = set, n
			}
		}
		sets = append(sets, best)
		maps.DeleteFunc(todo, func(p pair, _ bool) bool { return p.in(best) })
	}
	return sets
}

// A pair is one way in which two features occur: value has those of the two that are there.
type pair struct{ features, value fakebase.Feature }

func (p pair) in(set fakebase.Feature) bool { return set&p.features == p.value }

// pairs returns the four ways in which any two features can occur.
func pairs() map[pair]bool {
	all := map[pair]bool{}
	for a := fakebase.Feature(1); a < fakebase.End; a <<= 1 {
		for b := a << 1; b < fakebase.End; b <<= 1 {
			if fakebase.Supported().Has(a | b) {
				for _, value := range []fakebase.Feature{0, a, b, a | b} {
					all[pair{a | b, value}] = true
				}
			}
		}
	}
	return all
}

// connectionWith returns the smallest set that a connection can have with all of the given features.
func connectionWith(t *testing.T, features fakebase.Feature) (set fakebase.Feature) {
	t.Helper()
	for _, f := range fakebase.Connections() {
		if f.Has(features) && (set == 0 || bits.OnesCount32(uint32(f)) < bits.OnesCount32(uint32(set))) {
			set = f
		}
	}
	if set == 0 {
		t.Fatalf("no connection has %v", features)
	}
	return set
}

// Proves that an application and a base driver cannot tell whether the driver is watched: what the application sees, and the
// calls of the base, are the same with and without, for statements in a scope and in none.
func TestTheWrapperIsInvisible(t *testing.T) {
	for _, features := range combinations() {
		t.Run(features.String(), func(t *testing.T) {
			bare := fakebase.New(features)
			want := runScript(t.Context(), bare, open(t, bare, features.Has(fakebase.DriverContext), nil))
			observed, _ := scoped(t)
			for name, ctx := range map[string]context.Context{"observed": observed, "unobserved": t.Context()} {
				base := fakebase.New(features)
				got := runScript(ctx, base, open(t, base, features.Has(fakebase.DriverContext), record.Observer{}))
				same(t, name+": what the application sees", want, got)
				same(t, name+": the calls of the base", bare.Calls(), base.Calls())
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

// A plainConnector is like the one that database/sql makes for a driver without connectors.
type plainConnector struct{ d sqldriver.Driver }

func (c plainConnector) Connect(context.Context) (sqldriver.Conn, error) { return c.d.Open("dsn") }
func (c plainConnector) Driver() sqldriver.Driver                        { return c.d }

// Proves that any two features occur together, each alone, and not at all, and that every set of a connection occurs.
func TestTheCombinationsCoverAllPairs(t *testing.T) {
	sets := combinations()
	for p := range pairs() {
		if !slices.ContainsFunc(sets, p.in) {
			t.Errorf("%v of %v does not occur", p.value, p.features)
		}
	}
	conns := map[fakebase.Feature]bool{}
	for _, f := range sets {
		conns[f&fakebase.OfConn] = true
	}
	if len(conns) != len(fakebase.Connections()) {
		t.Errorf("%d sets of connections occur, want all %d", len(conns), len(fakebase.Connections()))
	}
	t.Logf("%d combinations", len(sets))
}
