package loops

import (
	"database/sql"
	"fmt"
	"runtime"
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

// TestTwoGoroutines reads one page of six posts, and beside it six pages of one post: each goroutine turns another one of the two loops.
func TestTwoGoroutines(t *testing.T) {
	db, err := sql.Open("memdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	s := store{db}
	page := s.ids()
	var pages [][]int64
	for _, id := range page {
		pages = append(pages, []int64{id})
	}
	mine, started, turn, done := goroutine(), false, make(chan bool), make(chan bool)
	for !started { // two goroutines may share a counter, and it would not be known which loop turned
		go func() {
			if started = goroutine()%8 != mine%8; started {
				done <- true
				s.pages(pages, func() { turn <- true; <-turn })
			}
			done <- true
		}()
		<-done
	}
	s.pages([][]int64{page}, func() { <-turn; turn <- true })
	<-done
}

// goroutine returns the number of the calling goroutine.
func goroutine() (n int) {
	var text [32]byte
	_, _ = fmt.Sscanf(string(text[:runtime.Stack(text[:], false)]), "goroutine %d", &n)
	return n
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
