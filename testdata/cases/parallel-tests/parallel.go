// Package parallel has parallel tests that share a database, run code without a context, and use a goroutine that
// one of them started. Each test has its own findings: those with a loop fail, the others pass, in any order.
//
// Related projects: flyerhzm/bullet, uber-go/goleak.
package parallel

import (
	"context"
	"database/sql"
	"sync"
)

// One runs a query without a context.
func One(db *sql.DB, id int) (name string, err error) {
	err = db.QueryRow("SELECT name FROM things WHERE id = ?", id).Scan(&name)
	return
}

func All(db *sql.DB, ids []int) error {
	for _, id := range ids {
		if _, err := One(db, id); err != nil {
			return err
		}
	}
	return nil
}

// A Writer runs functions in one goroutine, which the first call of Put starts.
type Writer struct {
	once sync.Once
	ch   chan func(*sql.DB)
}

func (w *Writer) Put(db *sql.DB, f func(*sql.DB)) {
	w.once.Do(func() {
		w.ch = make(chan func(*sql.DB))
		go func() {
			for f := range w.ch {
				f(db)
			}
		}()
	})
	w.ch <- f
}

// Audit inserts one row in the goroutine of w, and waits for it.
func (w *Writer) Audit(ctx context.Context, db *sql.DB, id int) {
	done := make(chan struct{})
	w.Put(db, func(db *sql.DB) {
		defer close(done)
		db.Exec("INSERT INTO audit (thing_id) VALUES (?)", id)
	})
	<-done
}
