// Package shapes holds the ways in which Go code comes to run a statement many times, or seems to. Its database answers
// every query with the same three rows and remembers from where each statement came.
package shapes

import (
	"runtime"
	"sync"
)

// A Frame is a call of a stack.
type Frame struct {
	Function string
	File     string
	Line     int
}

// A DB records the stacks of its statements by their text. It may be used concurrently.
type DB struct {
	mu     sync.Mutex
	stacks map[string][][]Frame
}

// Stacks returns the stacks of the statements with that text, in the order in which they ran.
func (db *DB) Stacks(text string) [][]Frame {
	db.mu.Lock()
	defer db.mu.Unlock()
	return db.stacks[text]
}

// Query runs a statement. Its caller is the first frame of the stack.
func (db *DB) Query(text string, args ...any) (*Rows, error) {
	db.record(text, 3)
	rows := &Rows{all: make(chan int, 3)}
	for n := 1; n <= 3; n++ {
		rows.all <- n
	}
	close(rows.all)
	return rows, nil
}

// Get runs a statement and stores its row in what dest points to.
func (db *DB) Get(dest any, text string, args ...any) error {
	db.record(text, 3)
	assign(dest, 1)
	return nil
}

// Exec runs a statement.
func (db *DB) Exec(text string, args ...any) error {
	db.record(text, 3)
	return nil
}

//go:noinline
func (db *DB) record(text string, skip int) {
	pcs := make([]uintptr, 64)
	pcs = pcs[:runtime.Callers(skip, pcs)]
	var stack []Frame
	for frames := runtime.CallersFrames(pcs); ; {
		fr, more := frames.Next()
		stack = append(stack, Frame{fr.Function, fr.File, fr.Line})
		if !more {
			break
		}
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.stacks == nil {
		db.stacks = map[string][][]Frame{}
	}
	db.stacks[text] = append(db.stacks[text], stack)
}

// Rows are three rows of ones, twos and threes.
type Rows struct {
	all chan int
	at  int
}

// Next goes to the next row.
func (r *Rows) Next() bool {
	n, ok := <-r.all
	r.at = n
	return ok
}

// Scan stores the row in what dest points to.
func (r *Rows) Scan(dest ...any) error {
	for _, d := range dest {
		assign(d, r.at)
	}
	return nil
}

// Close and Err are there because real rows have them.
func (r *Rows) Close() error { return nil }
func (r *Rows) Err() error   { return nil }

func assign(dest any, n int) {
	switch dest := dest.(type) {
	case *int:
		*dest = n
	case *Post:
		*dest = Post{ID: n, AuthorID: n}
	case *[]Post:
		*dest = []Post{{1, 1, "a"}, {2, 2, "b"}, {3, 3, "c"}}
	case *[]int:
		*dest = []int{1, 2, 3}
	}
}

// A Post is an entity with a reference to another one.
type Post struct {
	ID, AuthorID int
	Title        string
}

// posts are data that no statement returned.
func posts() []Post {
	var list []Post
	for n := 1; n <= 3; n++ {
		list = append(list, Post{ID: n, AuthorID: n})
	}
	return list
}
