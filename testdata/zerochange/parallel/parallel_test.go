package parallel

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"runtime/pprof"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	_ "example.org/memdb"
)

// db is opened before any test begins, as in many code bases.
var db *sql.DB

func TestMain(m *testing.M) {
	var err error
	if db, err = sql.Open("memdb", ""); err != nil {
		panic(err)
	}
	if _, err := db.Exec("CREATE TABLE posts (id INTEGER)"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// TestMany runs a good loop and a bad one beside each other, and each of their statements belongs to its own test.
func TestMany(t *testing.T) {
	for i := range 8 {
		t.Run(fmt.Sprint("bad ", i), func(t *testing.T) {
			t.Parallel()
			ids, err := IDs(db)
			if err != nil {
				t.Fatal(err)
			}
			// Labels of the application do not replace the one that carries the scope.
			pprof.Do(context.Background(), pprof.Labels("job", "bodies"), func(context.Context) {
				if _, err := Bodies(db, ids); err != nil {
					t.Error(err)
				}
			})
		})
		t.Run(fmt.Sprint("good ", i), func(t *testing.T) {
			t.Parallel()
			ids, err := IDs(db)
			if err != nil {
				t.Fatal(err)
			}
			var body string
			if err := db.QueryRow("SELECT body FROM comments WHERE post_id = ?", ids[i%6]).Scan(&body); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func ExampleIDs() {
	ids, err := IDs(db)
	fmt.Println(len(ids), err)
	// Output: 6 <nil>
}

func FuzzOne(f *testing.F) {
	f.Add(int64(100))
	f.Fuzz(func(t *testing.T, id int64) {
		var body string
		if err := db.QueryRow("SELECT body FROM comments WHERE post_id = ?", id).Scan(&body); err != nil {
			t.Fatal(err)
		}
	})
}

// Proves that a statement on a goroutine which a test starts belongs to it.
func TestGoroutines(t *testing.T) {
	ids, err := IDs(db)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		if _, err := Bodies(db, ids); err != nil {
			t.Error(err)
		}
	})
	wg.Wait()
}

// In a bubble the test has a clock of its own, and the recorder has that of the machine.
func TestBubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db, err := sql.Open("memdb", "")
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		ids, err := IDs(db)
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour)
		if _, err := Bodies(db, ids); err != nil {
			t.Fatal(err)
		}
	})
}
