package driver_test

import (
	"context"
	"database/sql"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/driver/internal/fakebase"
)

// quietly returns a watched database whose base records no calls.
func quietly(t *testing.T) (*fakebase.Base, *sql.DB) {
	t.Helper()
	base := fakebase.New(modern)
	base.Quiet = true
	return base, withUs(t, base)
}

func TestStrangeStatementsRunAsTheyAre(t *testing.T) {
	const mib = 1 << 20
	for name, text := range map[string]string{
		"nothing":             "",
		"only space":          " \n\t",
		"a NUL":               "SELECT 1 FROM posts WHERE title = 'a\x00b'",
		"no UTF-8":            "SELECT \xff\xfe FROM posts",
		"an open quote":       "SELECT 'never closed",
		"an open comment":     "SELECT 1 /* never closed",
		"10 MiB of a literal": "UPDATE posts SET body = '" + strings.Repeat("x", 10*mib) + "'",
		"10 MiB of a list":    "SELECT id FROM posts WHERE id IN (1" + strings.Repeat(", 123456", 10*mib/8) + ")",
		"a MiB of columns":    "SELECT id" + strings.Repeat(", title", mib/7) + " FROM posts",
		"a MiB of nesting":    "SELECT " + strings.Repeat("(", mib/2) + "1" + strings.Repeat(")", mib/2),
		"a MiB of NULs":       strings.Repeat("\x00", mib),
	} {
		t.Run(name, func(t *testing.T) {
			base := fakebase.New(modern)
			ctx, scope := scoped(t)
			if _, err := withUs(t, base).ExecContext(ctx, text); err != nil {
				t.Fatal(err)
			}
			scope.End(ctx)
			if scope.Statements() != 1 {
				t.Errorf("%d statements, want 1", scope.Statements())
			}
			calls := base.Calls()
			if !strings.Contains(calls[len(calls)-1], fmt.Sprintf("%q", text)) {
				t.Error("the base was given another text")
			}
		})
	}
}

func TestAStatementMayHaveAsManyArgumentsAsPostgreSQLAllows(t *testing.T) {
	_, db := quietly(t)
	ctx, scope := scoped(t)
	args := make([]any, 65_535)
	text := strings.Builder{}
	text.WriteString("INSERT INTO posts (id) VALUES ")
	for i := range args {
		args[i] = i
		fmt.Fprintf(&text, "($%d),", i+1)
	}
	for range 3 {
		if _, err := db.ExecContext(ctx, strings.TrimSuffix(text.String(), ","), args...); err != nil {
			t.Fatal(err)
		}
	}
	if scope.Statements() != 3 {
		t.Errorf("%d statements, want 3", scope.Statements())
	}
	if found := scope.End(ctx); len(found) > 0 {
		t.Errorf("three statements with all their rows at once are a finding: %+v", found)
	}
}

func TestTenMillionRowsTakeBoundedMemory(t *testing.T) {
	const rowsRead, bound = 10_000_000, 16 << 20
	base, db := quietly(t)
	base.Rows, base.Columns = rowsRead, 1
	ctx, scope := scoped(t)
	rows, err := db.QueryContext(ctx, selectAll)
	if err != nil {
		t.Fatal(err)
	}
	before, n := heap(), 0
	for rows.Next() {
		n++
	}
	after := heap()
	if err := rows.Close(); err != nil || n != rowsRead {
		t.Fatalf("%v, %d rows", err, n)
	}
	if grown := int64(after) - int64(before); grown > bound {
		t.Errorf("%d rows took %d bytes, want at most %d", n, grown, bound)
	}
	scope.End(ctx)
}

// heap returns the bytes that are in use.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func TestAThousandGoroutinesShareAScope(t *testing.T) {
	_, db := quietly(t)
	db.SetMaxOpenConns(50)
	ctx, scope := scoped(t)
	const goroutines = 1000
	together(goroutines, func(int) { work(t, ctx, db) })
	if got := scope.Statements(); got != goroutines*statementsOfWork {
		t.Errorf("%d statements, want %d", got, goroutines*statementsOfWork)
	}
	scope.End(ctx)
}

func TestAScopeMayEndWhileItsStatementsRun(t *testing.T) {
	_, db := quietly(t)
	ctx, scope := scoped(t)
	var counted int
	together(100, func(i int) {
		if i == 50 {
			scope.End(ctx)
			counted = scope.Statements()
			return
		}
		for range 20 {
			work(t, ctx, db)
		}
	})
	if got := scope.Statements(); got != counted {
		t.Errorf("%d statements were added to a scope that had ended", got-counted)
	}
}

// Proves that a result which is never closed keeps its connection, as with the bare driver, and that its scope can end.
func TestRowsThatAreNeverClosed(t *testing.T) {
	base, db := quietly(t)
	ctx, cancel := context.WithCancel(t.Context())
	d, err := detector.New()
	if err != nil {
		t.Fatal(err)
	}
	scopeCtx, scope := d.Begin(ctx, t.Name())
	for range 20 {
		rows, err := db.QueryContext(scopeCtx, selectAll)
		if err != nil {
			t.Fatal(err)
		}
		rows.Next()
	}
	scope.End(scopeCtx)
	if scope.Statements() != 20 || base.Open("rows") != 20 {
		t.Errorf("%d statements, %d results open; want 20 and 20", scope.Statements(), base.Open("rows"))
	}
	cancel() // the context's end closes them, after the scope's
	for base.Open("rows") > 0 {
		runtime.Gosched()
	}
}

const statementsOfWork = 4

// work runs a statement of each kind, in a transaction of its own.
func work(t *testing.T, ctx context.Context, db *sql.DB) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		t.Error(err)
		return
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(ctx, update, "x"); err != nil {
		t.Error(err)
	}
	for _, text := range []string{selectAll, selectOne} {
		rows, err := tx.QueryContext(ctx, text)
		if err != nil {
			t.Error(err)
			return
		}
		for rows.Next() {
		}
		_ = rows.Close()
	}
	stmt, err := tx.PrepareContext(ctx, update)
	if err != nil {
		t.Error(err)
		return
	}
	if _, err := stmt.ExecContext(ctx, "y"); err != nil {
		t.Error(err)
	}
	_ = stmt.Close()
}

// together calls do from n goroutines, with their numbers, and waits for all of them.
func together(n int, do func(int)) {
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { do(i) })
	}
	wg.Wait()
}
