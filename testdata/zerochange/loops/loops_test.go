package loops

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
	s := store{db}
	for name, test := range map[string]func(ids []int64){
		"outer":    func(ids []int64) { s.outer(ids, []string{"text"}) },
		"inner":    func(ids []int64) { s.inner(ids, []string{"text"}) },
		"chunked":  s.chunked,
		"firsts":   s.firsts,
		"twice":    s.twice,
		"labels":   s.labels,
		"generic":  s.generic,
		"literals": s.literals,
		"iterator": s.iterator,
		"tree":     s.tree,
		"page":     s.page,
	} {
		t.Run(name, func(t *testing.T) { test(s.ids()) })
	}
}

// TestLoop repeats a query itself.
func TestLoop(t *testing.T) {
	db, err := sql.Open("memdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	s := store{db}
	for _, id := range s.ids() {
		s.chunks([]int64{id}, 100)
	}
}
