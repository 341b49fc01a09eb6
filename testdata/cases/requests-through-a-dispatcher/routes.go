// Package routes has a dispatcher of its own. Two requests of one test pass it, and both authorize with the same statement: that is no
// duplicate, because one request cannot take both branches. A request that authorizes twice has one.
package routes

import (
	"database/sql"
	"net/http"
)

func authorize(db *sql.DB, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var ok bool
		if err := db.QueryRow(`SELECT ok FROM access WHERE topic = ?`, "a").Scan(&ok); err != nil || !ok {
			http.Error(w, "no", http.StatusForbidden)
			return
		}
		next(w, r)
	}
}

func done(http.ResponseWriter, *http.Request) {}

func Routes(db *sql.DB) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.Method {
		case http.MethodPut:
			authorize(db, done)(w, r)
		case http.MethodPost:
			authorize(db, done)(w, r)
			authorize(db, done)(w, r) // call
		default:
			authorize(db, done)(w, r)
		}
	})
}
