package driver

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/nplusgone/nplusgone/internal/record"
)

// A decimal is a driver.Valuer that package value cannot read. It counts its calls.
type decimal struct {
	text  string
	err   error
	panic any
	calls *int
}

func (d decimal) Value() (driver.Value, error) {
	*d.calls++
	if d.panic != nil {
		panic(d.panic)
	}
	return d.text, d.err
}

// A money is another one, which is in pureValuers during the tests.
type money decimal

func (m money) Value() (driver.Value, error) { return decimal(m).Value() }

func init() {
	t := reflect.TypeFor[money]()
	pureValuers[t.PkgPath()] = []string{t.Name()}
}

// An accepting connection takes arguments as they are, as pgx/stdlib does, and converts them itself.
type accepting struct {
	driver.Conn
	got []any
}

func (c *accepting) CheckNamedValue(*driver.NamedValue) error { return nil }

func (c *accepting) ExecContext(_ context.Context, _ string, args []driver.NamedValue) (driver.Result, error) {
	for _, a := range args {
		c.got = append(c.got, a.Value)
		if v, ok := a.Value.(driver.Valuer); ok {
			if _, err := v.Value(); err != nil {
				return nil, err
			}
		}
	}
	return driver.RowsAffected(1), nil
}

func (c *accepting) Close() error { return nil }

type acceptor struct{ c *accepting }

func (a acceptor) Connect(context.Context) (driver.Conn, error) { return a.c, nil }
func (a acceptor) Driver() driver.Driver                        { return nil }

// recorder is an observer of one scope.
type recorder struct{ scope *record.Scope }

func (r recorder) Scope(context.Context, *record.Scope) *record.Scope { return r.scope }

// scopeOf returns a scope for statements of the test.
func scopeOf(t *testing.T) *record.Scope {
	t.Helper()
	_, scope := record.Begin(t.Context(), t.Name(), nil, false, 0)
	t.Cleanup(func() { scope.End() })
	return scope
}

// exec runs a statement with one argument on an accepting connection, watched or not. It returns what the application
// sees, its panic included, and what the base got.
func exec(t *testing.T, watch bool, arg any) (seen any, got []any) {
	t.Helper()
	base := &accepting{}
	var c driver.Connector = acceptor{base}
	if watch {
		var err error
		if c, err = WrapConnector(c, recorder{scopeOf(t)}); err != nil {
			t.Fatal(err)
		}
	}
	db := sql.OpenDB(c)
	defer func() {
		if r := recover(); r != nil {
			seen, got = r, base.got
		}
	}()
	_, err := db.ExecContext(t.Context(), "UPDATE t SET price = ?", arg)
	_ = db.Close()
	return err, base.got
}

// Proves that the method Value of an application's type is called as often as without us, whatever it does, and that its
// errors and panics reach the application unchanged. A method of a type in pureValuers is called once more.
func TestValuersOfTheApplication(t *testing.T) {
	failure := errors.New("no value")
	for name, d := range map[string]decimal{"a value": {text: "1.5"}, "an error": {err: failure}, "a panic": {panic: failure}} {
		for kind, arg := range map[string]func(decimal) any{
			"unknown":              func(d decimal) any { return d },
			"a pointer to unknown": func(d decimal) any { return &d },
			"pure":                 func(d decimal) any { return money(d) },
			"a pointer to pure":    func(d decimal) any { m := money(d); return &m },
		} {
			var bare, watched int
			d.calls = &bare
			wantSeen, wantGot := exec(t, false, arg(d))
			d.calls = &watched
			gotSeen, gotGot := exec(t, true, arg(d))
			if wantSeen != gotSeen {
				t.Errorf("%s, %s: the application sees %v, want %v", name, kind, gotSeen, wantSeen)
			}
			if len(wantGot) != 1 || len(gotGot) != 1 || reflect.TypeOf(wantGot[0]) != reflect.TypeOf(gotGot[0]) {
				t.Errorf("%s, %s: the base gets %T, want %T", name, kind, gotGot, wantGot)
			}
			more := 0
			if (kind == "pure" || kind == "a pointer to pure") && d.panic == nil { // a panic of the base's ends the call
				more = 1
			}
			if bare != 1 || watched != bare+more {
				t.Errorf("%s, %s: called %d times, want %d", name, kind, watched, bare+more)
			}
		}
	}
}

// Proves what is recorded of arguments that the base takes as they are.
func TestReadableArguments(t *testing.T) {
	calls := 0
	values := func(args []driver.NamedValue) (list []any) {
		for _, a := range args {
			list = append(list, a.Value)
		}
		return list
	}
	c := &conn{w: &wrapper{}}
	unknown := decimal{text: "1.5", calls: &calls}
	args := []driver.NamedValue{
		{Ordinal: 1, Value: int64(1)}, {Ordinal: 2, Value: money{text: "1.5", calls: &calls}}, {Ordinal: 3, Value: unknown},
		{Ordinal: 4, Value: money{err: errors.New("no value"), calls: &calls}}, {Ordinal: 5, Value: (*money)(nil)},
		{Ordinal: 6, Value: money{panic: "a panic", calls: &calls}}, {Ordinal: 7, Value: sql.NullString{}},
	}
	before := values(args)
	want := slices.Clone(before)
	want[1] = "1.5"
	if got := values(c.readable(args)); !reflect.DeepEqual(got, want) {
		t.Errorf("recorded are %v, want %v", got, want)
	}
	if !reflect.DeepEqual(values(args), before) {
		t.Error("the arguments of the base were changed")
	}
	plain := args[:1]
	if got := c.readable(plain); &got[0] != &plain[0] {
		t.Error("arguments that need no conversion are copied")
	}
	scope := scopeOf(t)
	c.w = &wrapper{obs: recorder{scope}, database: &record.Database{}}
	c.record(&call{query: "UPDATE t SET price = ?", args: args[1:3], scope: scope}, nil, nil)
	frozen, _ := scope.End()
	if want := []string{"driver.decimal"}; !slices.Equal(frozen.Unread, want) {
		t.Errorf("types that could not be read are %q, want %q", frozen.Unread, want)
	}
}
