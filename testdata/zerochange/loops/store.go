// Package loops has loops for which the order of the statements does not show which of them turned, and counters do.
package loops

import (
	"database/sql"
	"iter"
)

type store struct{ db *sql.DB }

// ids returns the posts.
func (s store) ids() (ids []int64) {
	rows, err := s.db.Query("SELECT id FROM posts ORDER BY id")
	if err != nil {
		panic(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			panic(err)
		}
		ids = append(ids, id)
	}
	return ids
}

// body reads one post.
func (s store) body(id int64) (body string) {
	if err := s.db.QueryRow("SELECT body FROM bodies WHERE post_id = ?", id).Scan(&body); err != nil { // want: n-plus-one likely
		panic(err)
	}
	return body
}

// outer has an inner loop that turns once each time.
func (s store) outer(ids []int64, kinds []string) {
	for _, id := range ids { // want: n-plus-one proven measured
		for range kinds {
			s.body(id)
		}
	}
}

// inner has an outer loop that turns once.
func (s store) inner(ids []int64, kinds []string) {
	for range kinds {
		for _, id := range ids { // want: n-plus-one proven measured
			s.body(id)
		}
	}
}

// chunks is called for each post, and reads it in one chunk.
func (s store) chunks(ids []int64, size int) {
	for len(ids) > 0 {
		n := min(size, len(ids))
		for _, id := range ids[:n] {
			s.body(id)
		}
		ids = ids[n:]
	}
}

func (s store) chunked(ids []int64) {
	for _, id := range ids { // want: n-plus-one likely measured
		s.chunks([]int64{id}, 100)
	}
}

// first leaves its loop in the first turn.
func (s store) first(ids []int64) string {
	for _, id := range ids {
		return s.body(id)
	}
	return ""
}

func (s store) firsts(ids []int64) {
	for i := range ids { // want: n-plus-one likely measured
		s.first(ids[i:])
	}
}

// twice calls a loop that turns once, from one line, without a loop of its own.
func (s store) twice(ids []int64) {
	one := func(id int64) { s.chunks([]int64{id}, 100) }
	one(ids[0])
	one(ids[1])
}

// labels continues the outer loop from the inner one.
func (s store) labels(ids []int64) {
posts:
	for _, id := range ids { // want: n-plus-one likely measured
	again:
		for {
			s.body(id)
			switch {
			case id > 0:
				continue posts
			default:
				break again
			}
		}
	}
}

// each is generic.
func each[T any](list []T, f func(T)) {
	for _, item := range list { // want: n-plus-one likely measured
		f(item)
	}
}

func (s store) generic(ids []int64) {
	each(ids, func(id int64) { s.body(id) })
}

// literals makes function literals in one loop and calls them in another.
func (s store) literals(ids []int64) {
	var list []func()
	for _, id := range ids {
		list = append(list, func() { s.body(id) })
	}
	for _, f := range list { // want: n-plus-one likely measured
		f()
	}
}

// posts is an iterator, whose loop turns together with the one of its user.
func posts(ids []int64) iter.Seq[int64] {
	return func(yield func(int64) bool) {
		for _, id := range ids {
			if !yield(id) {
				return
			}
		}
	}
}

func (s store) iterator(ids []int64) {
	for id := range posts(ids) { // want: n-plus-one likely measured
		s.body(id)
	}
}

// tree reads posts in a recursion, behind the call that descends.
func (s store) tree(ids []int64) {
	for i, id := range ids { // want: recursive-query likely
		if i == 0 {
			s.tree(ids[1:])
		}
		_ = id
	}
	if len(ids) > 0 {
		s.body(ids[0])
	}
}

// pages is called by two goroutines at a time, each of which waits for the other one behind each query.
func (s store) pages(pages [][]int64, wait func()) {
	for _, page := range pages { // want: n-plus-one proven measured
		for _, id := range page { // want: n-plus-one proven measured
			s.body(id)
			wait()
		}
	}
}
