package requests

import (
	"database/sql"
	"fmt"
	"net/http"
)

// Handler has one route with a loop, and one without.
func Handler(db *sql.DB) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /feed", func(w http.ResponseWriter, r *http.Request) {
		ids, err := IDs(db)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		bodies, err := Bodies(db, ids)
		fmt.Fprintln(w, bodies, err)
	})
	mux.HandleFunc("GET /posts/{id}", func(w http.ResponseWriter, r *http.Request) {
		var body string
		if err := db.QueryRow("SELECT body FROM comments WHERE post_id = ?", r.PathValue("id")).Scan(&body); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		fmt.Fprintln(w, body)
	})
	return mux
}
