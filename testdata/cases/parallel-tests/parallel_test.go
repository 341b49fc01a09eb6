package parallel

import (
	"database/sql"
	"fmt"
	"testing"
	"time"

	"example.com/cases/casetest"
	"github.com/nplusgone/nplusgone/nplusgonetest"
)

func TestMain(m *testing.M) { nplusgonetest.VerifyTestMain(m) }

const schema = `CREATE TABLE things (id integer primary key, name text); CREATE TABLE audit (thing_id int);
INSERT INTO things WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 50) SELECT i, 'thing'||i FROM n`

// TestAll runs tests of three kinds in parallel: without a loop, with a loop, and with a write in another goroutine.
func TestAll(t *testing.T) {
	db := casetest.SQLite(t, schema)
	db.SetMaxOpenConns(1)
	var writer Writer
	t.Run("tests", func(t *testing.T) {
		for i := range 8 {
			t.Run(fmt.Sprint("good", i), func(t *testing.T) { t.Parallel(); good(t, db, i) })
			t.Run(fmt.Sprint("writer", i), func(t *testing.T) { t.Parallel(); write(t, db, &writer, i) })
			if i%2 == 0 {
				t.Run(fmt.Sprint("bad", i), func(t *testing.T) { t.Parallel(); bad(t, db, i) })
			}
		}
	})
}

func good(t *testing.T, db *sql.DB, i int) {
	nplusgonetest.Test(t)
	_, err := One(db, i+1)
	casetest.Must(t, err)
	time.Sleep(20 * time.Millisecond)
	_, err = One(db, i+2)
	casetest.Must(t, err)
}

func bad(t *testing.T, db *sql.DB, i int) {
	nplusgonetest.Test(t)
	casetest.Must(t, All(db, []int{i + 1, i + 2, i + 3, i + 4}))
}

// write inserts one row through w, whose goroutine was started by one of the tests.
func write(t *testing.T, db *sql.DB, w *Writer, i int) {
	ctx := nplusgonetest.Test(t)
	_, err := One(db, 1)
	casetest.Must(t, err)
	w.Audit(ctx, db, i)
	time.Sleep(50 * time.Millisecond)
}
