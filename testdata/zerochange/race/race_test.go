package race

import (
	"database/sql"
	"sync"
	"testing"

	_ "example.org/memdb"
)

// TestRace has a data race around statements of two databases, which share no lock: the recorder must not order the goroutines.
func TestRace(t *testing.T) {
	var dbs [2]*sql.DB
	for i := range dbs {
		var err error
		if dbs[i], err = sql.Open("memdb", ""); err != nil {
			t.Fatal(err)
		}
		defer dbs[i].Close()
	}
	count := 0
	var wg sync.WaitGroup
	for _, db := range dbs {
		wg.Go(func() {
			if _, err := db.Exec("UPDATE posts SET seen = 1"); err != nil {
				t.Error(err)
			}
			count++ // output: WARNING: DATA RACE
			if _, err := db.Exec("UPDATE posts SET seen = 2"); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	ids, err := IDs(dbs[0])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Bodies(dbs[0], ids); err != nil {
		t.Fatal(err)
	}
}
