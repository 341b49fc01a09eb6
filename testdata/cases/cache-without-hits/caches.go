// Package caches uses xorm without its cache, and a cache of the process that has no entry for any of the keys.
// Both are an n-plus-one. Without a cache it is likely or proven; where every lookup misses, any level is right.
package caches

//lint:file-ignore ST1003 xorm reads the column id into a field Id

import (
	"database/sql"
	"sync"

	"xorm.io/xorm"
)

type Person struct {
	Id   int64
	Name string
}

type Post struct {
	Id, PersonId int64
}

// Feed uses xorm without a cache.
func Feed(e *xorm.Session) (names []string, err error) {
	var posts []Post
	if err := e.OrderBy("id").Find(&posts); err != nil {
		return nil, err
	}
	for _, p := range posts { // loopFeed
		var u Person
		if _, err := e.ID(p.PersonId).Get(&u); err != nil {
			return nil, err
		}
		names = append(names, u.Name)
	}
	return names, nil
}

var (
	mu    sync.RWMutex
	known = map[int64]string{}
)

func name(db *sql.DB, id int64) (n string, err error) {
	mu.RLock()
	n, ok := known[id]
	mu.RUnlock()
	if ok {
		return n, nil
	}
	if err = db.QueryRow("SELECT name FROM person WHERE id = ?", id).Scan(&n); err == nil {
		mu.Lock()
		known[id] = n
		mu.Unlock()
	}
	return n, err
}

// Cold uses a cache that is empty.
func Cold(db *sql.DB) (names []string, err error) {
	rows, err := db.Query("SELECT person_id FROM post ORDER BY id")
	if err != nil {
		return nil, err
	}
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			rows.Close()
			return nil, err
		}
		ids = append(ids, id)
	}
	rows.Close()
	for _, id := range ids { // loopCold
		n, err := name(db, id)
		if err != nil {
			return nil, err
		}
		names = append(names, n)
	}
	return names, nil
}
