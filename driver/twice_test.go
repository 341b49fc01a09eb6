package driver_test

import (
	"context"
	"database/sql"
	sqldriver "database/sql/driver"
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/driver"
	"github.com/nplusgone/nplusgone/driver/internal/fakebase"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
)

var observer = record.Observer{}

func connectorOf(t *testing.T, c sqldriver.Connector, opts ...driver.Option) sqldriver.Connector {
	t.Helper()
	wrapped, err := driver.WrapConnector(c, observer, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return wrapped
}

// register registers the driver of a base, and returns its name and that of its watched form.
func register(t *testing.T, base *fakebase.Base) (bare, watched string) {
	t.Helper()
	bare, watched = "base of "+t.TempDir(), "watched base of "+t.TempDir() // a name is taken for the life of the process
	sql.Register(bare, base.Driver())
	if err := driver.Register(watched, bare, observer); err != nil {
		t.Fatal(err)
	}
	return bare, watched
}

// Proves that a statement is recorded once, and reaches the base once, however often a database is wrapped.
func TestADatabaseWrappedTwiceIsRecordedOnce(t *testing.T) {
	for name, open := range map[string]func(*testing.T, *fakebase.Base) *sql.DB{
		"a connector, twice": func(t *testing.T, b *fakebase.Base) *sql.DB {
			return openConnector(t, connectorOf(t, connectorOf(t, b.Connector())))
		},
		"a connector, three times": func(t *testing.T, b *fakebase.Base) *sql.DB {
			return openConnector(t, connectorOf(t, connectorOf(t, connectorOf(t, b.Connector()))))
		},
		"a driver, twice": func(t *testing.T, b *fakebase.Base) *sql.DB {
			return openDriver(t, driver.Wrap(driver.Wrap(b.Driver(), observer), observer))
		},
		"a connector of a wrapped driver": func(t *testing.T, b *fakebase.Base) *sql.DB {
			return openConnector(t, connectorOf(t, plainConnector{driver.Wrap(b.Driver(), observer)}))
		},
		"a registered name, opened": func(t *testing.T, b *fakebase.Base) *sql.DB {
			_, watched := register(t, b)
			db, err := driver.Open(watched, "dsn", observer)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = db.Close() })
			return db
		},
		"a registered name, registered": func(t *testing.T, b *fakebase.Base) *sql.DB {
			_, watched := register(t, b)
			again := "again " + watched
			if err := driver.Register(again, watched, observer); err != nil {
				t.Fatal(err)
			}
			db, err := sql.Open(again, "dsn")
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = db.Close() })
			return db
		},
		"another wrapper between, with Unwrap": func(t *testing.T, b *fakebase.Base) *sql.DB {
			return openConnector(t, connectorOf(t, between{connectorOf(t, b.Connector()), false}))
		},
		"another wrapper between, with Raw": func(t *testing.T, b *fakebase.Base) *sql.DB {
			return openConnector(t, connectorOf(t, between{connectorOf(t, b.Connector()), true}))
		},
	} {
		t.Run(name, func(t *testing.T) {
			for _, features := range []fakebase.Feature{0, modern, modern | fakebase.ReturnsErrSkip} {
				bare := fakebase.New(features)
				want := runScript(t.Context(), bare, openConnector(t, bare.Connector()))
				base := fakebase.New(features)
				db := open(t, base)
				ctx, scope := scoped(t)
				p := &application{base: base, db: db, ctx: ctx}
				p.exec(db, update, "x")
				p.query(db, selectAll)
				p.query(db, selectOne, 1)
				if got := scope.Statements(); got != 3 {
					t.Errorf("with %v: %d statements are recorded, want 3", features, got)
				}
				if strings.HasPrefix(name, "another wrapper") {
					continue // it hides methods of the base
				}
				base = fakebase.New(features)
				same(t, "what the application sees", want, runScript(ctx, base, open(t, base)))
			}
		})
	}
}

// between is a connector of another package's, with connections that have no optional methods but one to unwrap them.
type between struct {
	sqldriver.Connector
	raw bool
}

func (b between) Connect(ctx context.Context) (sqldriver.Conn, error) {
	c, err := b.Connector.Connect(ctx)
	if b.raw {
		return rawConn{c}, err
	}
	return unwrapConn{c}, err
}

type (
	rawConn    struct{ sqldriver.Conn }
	unwrapConn struct{ sqldriver.Conn }
)

func (c rawConn) Raw() sqldriver.Conn       { return c.Conn }
func (c unwrapConn) Unwrap() sqldriver.Conn { return c.Conn }

// Proves that the outer wrapper records, and that its options default to those of the inner one.
func TestTheOuterWrapperRecords(t *testing.T) {
	d := &dialectObserver{}
	inner, err := driver.WrapConnector(fakebase.New(0).Connector(), d, driver.WithDialect(fingerprint.MySQL))
	if err != nil {
		t.Fatal(err)
	}
	ctx, scope := scoped(t)
	if _, err := openConnector(t, connectorOf(t, inner)).ExecContext(ctx, "UPDATE posts SET title = \"x\""); err != nil {
		t.Fatal(err)
	}
	if d.asked || scope.Statements() != 1 {
		t.Errorf("the inner observer is asked: %v; %d statements, want none there and 1", d.asked, scope.Statements())
	}
	want := fingerprint.Parse(fingerprint.MySQL, "UPDATE posts SET title = \"x\"").ID
	if uses := scope.Uses(); len(uses) != 1 || uses[0].Fingerprint.ID != want {
		t.Errorf("the statement is read as %+v, want it read as MySQL", uses)
	}
}

type dialectObserver struct{ asked bool }

func (o *dialectObserver) Scope(context.Context, *record.Scope) *record.Scope {
	o.asked = true
	return nil
}
