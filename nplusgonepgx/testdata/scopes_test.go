package pgxuses_test

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgproto3"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/nplusgone/nplusgone"
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/nplusgonepgx"
	"github.com/nplusgone/nplusgone/nplusgonepgx/testdata/blog"
	"github.com/nplusgone/nplusgone/report"
)

// ran returns what the only scope of a report ran.
func ran(t *testing.T, d *report.Document) (statements, failed, rows int, shed string) {
	t.Helper()
	if len(d.Profile.Scopes) != 1 {
		t.Fatalf("%d scopes", len(d.Profile.Scopes))
	}
	s := d.Profile.Scopes[0]
	return s.Statements, s.Errors, s.Rows, s.Shed
}

// Proves that statements are counted as those of database/sql: once each, without those that control transactions, and those
// that fail as errors, whatever makes them fail.
func TestCounting(t *testing.T) {
	for _, mode := range modes {
		t.Run(mode.String(), func(t *testing.T) {
			c := config(t)
			c.ConnConfig.DefaultQueryExecMode = mode
			conn := connect(t, c)
			d := in(t, func(ctx context.Context) error {
				var n int
				conn.QueryRow(ctx, "SELECT count(*) FROM no").Scan(&n)                                  // fails when it is prepared
				conn.QueryRow(ctx, "SELECT 1 / $1::int FROM posts", 0).Scan(&n)                         // when it runs
				conn.QueryRow(ctx, "SELECT id FROM posts WHERE id = $1", make(chan int)).Scan(&n)       // before it is sent
				conn.Exec(ctx, "INSERT INTO authors (id, name) VALUES ($1, 'twice')", 1007)             // by a constraint
				conn.SendBatch(ctx, &pgx.Batch{QueuedQueries: []*pgx.QueuedQuery{{SQL: "no"}}}).Close() // in a batch
				conn.CopyFrom(ctx, pgx.Identifier{"no"}, []string{"a"}, pgx.CopyFromRows([][]any{{1}})) // before COPY is sent
				return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
					return pgx.BeginFunc(ctx, tx, func(tx pgx.Tx) error {
						_, err := tx.Exec(ctx, "UPDATE posts SET views = 1 WHERE id = $1", 1)
						return err
					})
				})
			})
			if statements, failed, _, shed := ran(t, d); statements != 6 || failed != 5 || shed != "" {
				show(t, d)
				t.Errorf("%d statements, %d failed, %q; want 6 and 5", statements, failed, shed)
			}
		})
	}
}

// Proves that writes in one transaction of a loop are distinguished from writes with a transaction each.
func TestTransactions(t *testing.T) {
	ids := []int64{5003, 5006, 5009, 5012, 5027}
	conn := connect(t, config(t))
	d := in(t, func(ctx context.Context) error {
		return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error { return blog.Write(ctx, tx, ids) })
	})
	if found := serious(d); len(found) != 1 || found[0].Rule != "row-by-row-update" || found[0].Level != finding.Proven {
		show(t, d)
		t.Error("writes in one transaction are not found")
	}
	d = in(t, func(ctx context.Context) error { return blog.WriteInTransactions(ctx, conn, ids) })
	if found := serious(d); len(found) != 0 {
		show(t, d)
		t.Error("writes with a transaction each are found")
	}
	d = in(t, func(ctx context.Context) error {
		return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error { return blog.WriteInTransactions(ctx, tx, ids) })
	})
	if found := serious(d); len(found) != 0 || notes(d, "transaction-per-row") {
		show(t, d)
		t.Error("writes with a savepoint each are found, or their savepoints are taken for transactions")
	}
}

// notes reports whether a rule has found something, at any level.
func notes(d *report.Document, rule string) bool {
	return slices.ContainsFunc(d.Findings, func(f finding.Finding) bool { return f.Rule == rule })
}

// Proves what a profile says of rows: QueryRow reads one, a result that is closed early was sent as a whole.
func TestRowsOfClosedResults(t *testing.T) {
	conn := connect(t, config(t))
	d := in(t, func(ctx context.Context) error {
		var id int64
		return conn.QueryRow(ctx, "SELECT id FROM comments ORDER BY id").Scan(&id)
	})
	if _, _, rows, _ := ran(t, d); rows != 1 {
		t.Errorf("QueryRow read %d rows", rows)
	}
	d = in(t, func(ctx context.Context) error { _, err := blog.Exists(ctx, conn); return err })
	if _, _, rows, _ := ran(t, d); rows != 60 {
		t.Errorf("%d rows were sent", rows)
	}
}

// Proves that a database/sql pool on watched connections is recorded once, by whichever of the two.
func TestDatabaseSQLOnTop(t *testing.T) {
	c := config(t)
	p := pool(t, c)
	for name, connector := range map[string]func() error{
		"connections": func() error {
			db, err := nplusgone.OpenDB(stdlib.GetConnector(*c.ConnConfig))
			if err != nil {
				return err
			}
			defer db.Close()
			d := in(t, func(ctx context.Context) error {
				_, err := db.ExecContext(ctx, "UPDATE posts SET views = 1")
				return err
			})
			if n, _, _, _ := ran(t, d); n != 1 {
				t.Errorf("%d statements, want 1", n)
			}
			return nil
		},
		"a pool": func() error {
			db, err := nplusgone.OpenDB(stdlib.GetPoolConnector(p))
			if err != nil {
				return err
			}
			defer db.Close()
			d := in(t, func(ctx context.Context) error {
				_, err := db.ExecContext(ctx, "UPDATE posts SET views = 1")
				return err
			})
			if n, _, _, _ := ran(t, d); n != 1 {
				t.Errorf("%d statements, want 1", n)
			}
			return nil
		},
		"no wrapper": func() error {
			db := stdlib.OpenDBFromPool(p)
			defer db.Close()
			d := in(t, func(ctx context.Context) error {
				_, err := db.ExecContext(ctx, "UPDATE posts SET views = 1")
				return err
			})
			if n, _, _, _ := ran(t, d); n != 1 {
				t.Errorf("%d statements, want 1", n)
			}
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			if err := connector(); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// Proves that an N+1 is found whose parent was read through database/sql, and one whose parent was read through pgx.
func TestAcrossHandles(t *testing.T) {
	c := config(t)
	bare := c.ConnConfig.Copy()
	conn := connect(t, c)
	db, err := nplusgone.OpenDB(stdlib.GetConnector(*bare))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for name, run := range map[string]func(context.Context) error{
		"from database/sql to pgx": func(ctx context.Context) error { return blog.FromSQLToPgx(ctx, db, conn) },
		"from pgx to database/sql": func(ctx context.Context) error { return blog.FromPgxToSQL(ctx, conn, db) },
	} {
		t.Run(name, func(t *testing.T) {
			d := in(t, run)
			if found := serious(d); len(found) != 1 || found[0].Parent == nil || found[0].Parent.Columns[0] != "public_id" {
				show(t, d)
				t.Error("no N+1 with its parent")
			}
		})
	}
}

// Proves that goroutines with one pool have their own scopes, and that no statement or row is lost or counted twice. The race
// detector looks on.
func TestConcurrency(t *testing.T) {
	p := pool(t, config(t))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			d := in(t, func(ctx context.Context) error {
				for range 5 {
					if _, err := blog.AuthorsOneByOne(ctx, p); err != nil {
						return err
					}
					if _, err := blog.AuthorsInOneBatch(ctx, p); err != nil {
						return err
					}
				}
				return nil
			})
			if n, failed, rows, shed := ran(t, d); n != 5*(21+2) || failed != 0 || rows != 5*(40+40) || shed != "" {
				t.Errorf("%d statements, %d failed, %d rows, %q; want %d, 0, %d", n, failed, rows, shed, 5*(21+2), 5*80)
			}
		})
	}
	wg.Wait()
}

// Proves that the scope of WithScope gets the statements of goroutines that were there before, and that a statement without a
// scope is counted as such.
func TestScopes(t *testing.T) {
	c := config(t)
	work := make(chan func())
	defer close(work)
	go func() {
		for fn := range work {
			fn()
		}
	}()
	elsewhere := func(fn func()) {
		done := make(chan struct{})
		work <- func() { defer close(done); fn() }
		<-done
	}
	w, err := nplusgone.New()
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := w.Begin(t.Context(), t.Name())
	own := connect(t, c, nplusgonepgx.WithScope(ctx))
	elsewhere(func() { own.Exec(context.Background(), "UPDATE posts SET views = 2") })
	own.Exec(context.Background(), "UPDATE posts SET views = 3") // by the goroutine
	end()
	elsewhere(func() { own.Exec(context.Background(), "UPDATE posts SET views = 4") }) // no scope
	if n, _, _, _ := ran(t, w.Report()); n != 2 {
		t.Errorf("%d statements, want 2", n)
	}
}

// Proves that a connection whose protocol is not seen is recorded without rows, and that the profile says so.
func TestOtherFrontends(t *testing.T) {
	c := config(t)
	hidden := c.ConnConfig.Copy()
	hidden.BuildFrontend = func(r io.Reader, w io.Writer) *pgproto3.Frontend { return pgproto3.NewFrontend(hide(r), w) }
	past := c.ConnConfig.Copy()
	past.BuildFrontend = func(r io.Reader, w io.Writer) *pgproto3.Frontend {
		return pgproto3.NewFrontend(beneath(r).(io.Reader), beneath(w).(io.Writer))
	}
	for name, cc := range map[string]*pgx.ConnConfig{"another reader": hidden, "past nplusgone": past} {
		t.Run(name, func(t *testing.T) {
			c := c.Copy()
			c.ConnConfig = cc
			conn := connect(t, c)
			d := in(t, func(ctx context.Context) error { _, err := blog.AuthorsOneByOne(ctx, conn); return err })
			n, failed, rows, shed := ran(t, d)
			if n != 21 || failed != 0 || rows != 40 || (name == "past nplusgone") != (shed != "") {
				show(t, d)
				t.Errorf("%d statements, %d failed, %d rows, %q", n, failed, rows, shed)
			}
		})
	}
}

type hidden struct{ io.Reader }

func hide(r io.Reader) io.Reader { return hidden{r} }

// beneath returns what a reader or a writer of nplusgonepgx wraps.
func beneath(v any) any { return v.(interface{ Unwrap() any }).Unwrap() }

// Proves that a statement which is cancelled is an error, and that the pool works on.
func TestCancellation(t *testing.T) {
	p := pool(t, config(t))
	d := in(t, func(ctx context.Context) error {
		short, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
		defer cancel()
		if _, err := p.Exec(short, "SELECT pg_sleep(5) FROM posts"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v", err)
		}
		_, err := blog.AuthorsOneByOne(ctx, p)
		return err
	})
	if n, failed, _, _ := ran(t, d); n != 22 || failed != 1 || len(serious(d)) != 1 {
		show(t, d)
		t.Errorf("%d statements, %d failed", n, failed)
	}
}

// Proves that notifications arrive and large objects are read as without nplusgone, and that rows of megabytes are.
func TestLessUsualTraffic(t *testing.T) {
	conn := connect(t, config(t))
	d := in(t, func(ctx context.Context) error {
		if _, err := conn.Exec(ctx, "LISTEN news"); err != nil {
			return err
		}
		if _, err := conn.Exec(ctx, "NOTIFY news, 'hello'"); err != nil {
			return err
		}
		if n, err := conn.WaitForNotification(ctx); err != nil || n.Payload != "hello" {
			t.Errorf("notification %v, error %v", n, err)
		}
		var long string
		if err := conn.QueryRow(ctx, "SELECT repeat('x', 3000000) FROM posts").Scan(&long); err != nil || len(long) != 3000000 {
			t.Errorf("%d bytes, error %v", len(long), err)
		}
		return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
			large := tx.LargeObjects()
			oid, err := large.Create(ctx, 0)
			if err != nil {
				return err
			}
			object, err := large.Open(ctx, oid, pgx.LargeObjectModeRead|pgx.LargeObjectModeWrite)
			if err != nil {
				return err
			}
			text := strings.Repeat("large ", 1000)
			if _, err := object.Write([]byte(text)); err != nil {
				return err
			}
			object.Seek(0, io.SeekStart)
			if got, err := io.ReadAll(object); err != nil || string(got) != text {
				t.Errorf("%d bytes, error %v", len(got), err)
			}
			return nil
		})
	})
	if len(serious(d)) > 0 {
		show(t, d)
	}
}
