//go:build go1.27

package driver_test

import (
	"context"
	"database/sql"
	sqldriver "database/sql/driver"
	"fmt"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/driver"
	"github.com/nplusgone/nplusgone/driver/internal/fakebase"
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/testdata/uses"
)

func init() {
	optional["a result"] = append(optional["a result"], reflect.TypeFor[sqldriver.RowsColumnScanner]())
}

// Proves that database/sql scans the columns of a base's rows in the base's own way, if and only if the base has one.
func TestRowsThatScanTheirOwnColumns(t *testing.T) {
	scans := func(db *sql.DB, base *fakebase.Base, ctx context.Context) bool {
		var id, rest any
		row := db.QueryRowContext(ctx, selectAll)
		if err := row.Scan(&id, &rest, &rest, &rest, &rest, &rest, &rest); err != nil {
			t.Fatal(err)
		}
		return strings.Contains(strings.Join(base.Calls(), "\n"), ".ScanColumn(")
	}
	ctx, _ := scoped(t)
	for name, ctx := range map[string]context.Context{"observed": ctx, "unobserved": t.Context()} {
		base := fakebase.New(fakebase.ColumnScanner)
		if !scans(withUs(t, base), base, ctx) {
			t.Errorf("%s: the base's own way to scan is lost", name)
		}
		base = fakebase.New(0)
		if scans(withUs(t, base), base, ctx) {
			t.Errorf("%s: a base that cannot scan is asked to", name)
		}
	}
}

// Proves that the values of rows that scan their own columns are recorded like those of other rows.
func TestValuesOfScannedColumnsAreObserved(t *testing.T) {
	var want []finding.Finding
	for _, features := range []fakebase.Feature{0, fakebase.ColumnScanner} {
		got := nPlusOne(t, withUs(t, fakebase.New(features)))
		if want == nil {
			want = got
		}
		if len(got) != 1 || len(want) != 1 || got[0].Level != want[0].Level || got[0].Parent == nil || want[0].Parent == nil {
			t.Errorf("with %v: %d findings, want one, with its parent and the same level as without: %+v", features, len(got), got)
		}
	}
}

// nPlusOne runs one statement for each row of a result, and returns the findings.
func nPlusOne(t *testing.T, db *sql.DB) []finding.Finding {
	t.Helper()
	ctx, scope := scoped(t)
	rows, err := db.QueryContext(ctx, selectAll)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, rest any
		if err := rows.Scan(&id, &rest, &rest, &rest, &rest, &rest, &rest); err != nil {
			t.Fatal(err)
		}
		one, err := db.QueryContext(ctx, "SELECT * FROM comments WHERE post_id = ?", id)
		if err != nil {
			t.Fatal(err)
		}
		_ = one.Close()
	}
	return scope.End(ctx)
}

// Proves that rows which scan their own columns show whether the application reads a value of them.
func TestRowsThatNobodyScans(t *testing.T) {
	for _, tt := range []struct {
		name     string
		features fakebase.Feature
		scan     bool
		want     int
	}{
		{"a base that scans, rows that are counted", fakebase.ColumnScanner, false, 1},
		{"a base that scans, rows that are read", fakebase.ColumnScanner, true, 0},
		{"a base that cannot scan", 0, false, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ctx, scope := scoped(t)
			var scan func(*sql.Rows) error
			if tt.scan {
				scan = func(rows *sql.Rows) error {
					var id, rest any
					return rows.Scan(&id, &rest, &rest, &rest, &rest, &rest, &rest)
				}
			}
			n, err := uses.Step(ctx, withUs(t, fakebase.New(tt.features)), selectAll, scan)
			if err != nil {
				t.Fatal(err)
			}
			findings := scope.End(ctx)
			if len(findings) != tt.want || n < 2 {
				t.Errorf("%d findings of %d rows, want %d of two or more: %+v", len(findings), n, tt.want, findings)
			}
			for _, f := range findings {
				if f.Rule != "fetch-to-count" || f.Level != finding.Proven {
					t.Errorf("found %s (%v), want fetch-to-count (proven)", f.Rule, f.Level)
				}
			}
		})
	}
}

// Proves that a column which the base scans for the application alone reaches the application.
func TestAColumnThatOnlyTheApplicationCanRead(t *testing.T) {
	base := fakebase.New(fakebase.ColumnScanner)
	db := withUs(t, base)
	ctx, scope := scoped(t)
	base.Arm(fakebase.ScanColumn, fakebase.Outcome{Err: fakebase.Err}) // for the scan that is recorded, which is the first
	var id int
	var rest any
	if err := db.QueryRowContext(ctx, selectAll).Scan(&id, &rest, &rest, &rest, &rest, &rest, &rest); err != nil || id != 1 {
		t.Errorf("%v, id %d; want no error and 1", err, id)
	}
	if scope.Statements() != 1 {
		t.Errorf("%d statements, want 1", scope.Statements())
	}
}

// Proves that rows whose base does not scan its own columns do not either: database/sql would hold the connection's lock, and
// a Scanner that runs a statement in its own transaction would deadlock.
func TestAScannerMayRunStatementsInItsTransaction(t *testing.T) {
	if out, err := child(t, "scanner", 20*time.Second); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

// Proves why WithScans is off by default: with it the same program deadlocks, after it printed a line.
func TestWithScansAScannerThatRunsStatementsDeadlocks(t *testing.T) {
	out, err := child(t, "scanner with scans", time.Second)
	if err == nil || !strings.Contains(out, "scanning") {
		t.Errorf("%v, it printed %q; want it to print that it is scanning, and then to be ended", err, out)
	}
}

func init() {
	children["scanner"] = func() { scanWithin() }
	children["scanner with scans"] = func() { scanWithin(driver.WithScans()) }
}

// child runs this binary as one of children, and ends it after a time.
func child(t *testing.T, name string, most time.Duration) (said string, err error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), most)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(cmd.Environ(), childEnv+"="+name)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// scanWithin scans a row into a Scanner that runs a statement in its own transaction.
func scanWithin(opts ...driver.Option) {
	d, err := detector.New()
	if err != nil {
		panic(err)
	}
	ctx, _ := d.Begin(context.Background(), "a scanner")
	db, err := driver.OpenDB(fakebase.New(0).Connector(), record.Observer{}, opts...)
	if err != nil {
		panic(err)
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		panic(err)
	}
	fmt.Println("scanning")
	var rest any
	if err := tx.QueryRowContext(ctx, selectAll).Scan(querying{tx}, &rest, &rest, &rest, &rest, &rest, &rest); err != nil {
		panic(err)
	}
}

// Proves that WithScans scans as database/sql does without it, errors included.
func TestWithScansConvertsAsDatabaseSQLDoes(t *testing.T) {
	ctx, _ := scoped(t)
	scan := func(db *sql.DB) (string, error) {
		var id sql.NullString
		var rest any
		err := db.QueryRowContext(ctx, selectAll).Scan(&id, &rest, &rest, &rest, &rest, &rest, new(time.Time))
		return id.String, err
	}
	db, err := driver.OpenDB(fakebase.New(0).Connector(), record.Observer{}, driver.WithScans())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	wantID, want := scan(withUs(t, fakebase.New(0)))
	gotID, got := scan(db)
	if wantID == "" || gotID != wantID || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("scanned %q with error %v, want %q with %v", gotID, got, wantID, want)
	}
}

// querying is a sql.Scanner that looks something up.
type querying struct{ tx *sql.Tx }

func (q querying) Scan(any) error {
	_, err := q.tx.Exec(plain)
	return err
}
