// Package grown iterates over lists that seem to be constant: a list with one initial value that grows, a list
// that a function fills, and a part of an array. Each is an n-plus-one.
//
// Related issues: taobojlen/django-zeal#7.
package grown

import (
	"context"
	"database/sql"
	"slices"
)

func get(ctx context.Context, db *sql.DB, id int64) (name string, err error) {
	err = db.QueryRowContext(ctx, "SELECT name FROM nodes WHERE id = ?", id).Scan(&name)
	return
}

func children(ctx context.Context, db *sql.DB, root int64) (*sql.Rows, error) {
	return db.QueryContext(ctx, "SELECT id FROM nodes WHERE parent_id = ? ORDER BY id", root)
}

// Grown appends keys to a list that starts with the root.
func Grown(ctx context.Context, db *sql.DB, root int64) (out []string, err error) {
	ids := []int64{root}
	rows, err := children(ctx, db, root)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	for _, id := range ids { // loopGrown
		n, err := get(ctx, db, id)
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return
}

var watched = []int64{1}

// Watch appends to the list of the package.
func Watch(ids ...int64) { watched = append(watched, ids...) }

func Watched(ctx context.Context, db *sql.DB, _ int64) (out []string, err error) {
	for _, id := range watched { // loopWatched
		n, err := get(ctx, db, id)
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return
}

// Filled scans keys into an array.
func Filled(ctx context.Context, db *sql.DB, root int64) (out []string, err error) {
	var buf [64]int64
	rows, err := children(ctx, db, root)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	n := 0
	for n < len(buf) && rows.Next() {
		if err := rows.Scan(&buf[n]); err != nil {
			return nil, err
		}
		n++
	}
	for _, id := range buf[:n] { // loopFilled
		s, err := get(ctx, db, id)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return
}

// Merged concatenates the root and more keys.
func Merged(ctx context.Context, db *sql.DB, root int64, more []int64) (out []string, err error) {
	ids := slices.Concat([]int64{root}, more)
	for _, id := range ids { // loopMerged
		s, err := get(ctx, db, id)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return
}

// Inline appends in the range expression.
func Inline(ctx context.Context, db *sql.DB, root int64, more []int64) (out []string, err error) {
	for _, id := range append([]int64{root}, more...) { // loopInline
		s, err := get(ctx, db, id)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return
}

// Keyed iterates over a map with one initial entry, to which a function adds more.
func Keyed(ctx context.Context, db *sql.DB, root int64, more []int64) (out []string, err error) {
	wanted := map[int64]bool{root: true}
	add(wanted, more)
	for id := range wanted { // loopKeyed
		s, err := get(ctx, db, id)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return
}

func add(m map[int64]bool, ids []int64) {
	for _, id := range ids {
		m[id] = true
	}
}

// Pointer passes the address of the list to a function that appends to it.
func Pointer(ctx context.Context, db *sql.DB, root int64, more []int64) (out []string, err error) {
	ids := []int64{root}
	fill(&ids, more)
	for _, id := range ids { // loopPointer
		s, err := get(ctx, db, id)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return
}

func fill(to *[]int64, ids []int64) { *to = append(*to, ids...) }
