package race

import (
	"testing"

	"database/sql"
	"sync"

	_ "example.org/memdb"
)

// TestRace has a data race around its statements, which the race detector has to find: the recorder must not order the goroutines.
func TestRace(t *testing.T) {
	db, err := sql.Open("memdb", "")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxIdleConns(8)
	for range 2 {
		if err := db.Ping(); err != nil {
			t.Fatal(err)
		}
	}
	count := 0
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			conn, err := db.Conn(t.Context())
			if err != nil {
				t.Error(err)
				return
			}
			defer conn.Close()
			if _, err := conn.ExecContext(t.Context(), "UPDATE posts SET seen = 1"); err != nil {
				t.Error(err)
			}
			count++ // output: WARNING: DATA RACE
		})
	}
	wg.Wait()
	ids, err := IDs(db)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Bodies(db, ids); err != nil {
		t.Fatal(err)
	}
}
