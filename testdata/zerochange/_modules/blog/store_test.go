package blog

import (
	"database/sql"
	"testing"

	_ "example.org/memdb"
)

func TestBodies(t *testing.T) {
	db, err := sql.Open("memdb", "")
	if err != nil {
		t.Fatal(err)
	}
	if bodies, err := Bodies(db); err != nil || len(bodies) != 6 {
		t.Fatal(bodies, err)
	}
}
