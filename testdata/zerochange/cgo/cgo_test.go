package cgo

import (
	"database/sql"
	"testing"

	_ "example.org/memdb"
)

func Test(t *testing.T) {
	db, err := sql.Open("memdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for name, test := range map[string]func(*sql.DB, []int64) error{"C": inC, "Go": inGo} {
		t.Run(name, func(t *testing.T) {
			list, err := ids(db)
			if err != nil {
				t.Fatal(err)
			}
			if err := test(db, list); err != nil {
				t.Fatal(err)
			}
		})
	}
}
