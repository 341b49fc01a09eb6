// Command serve serves requests that it sends itself, until it has sent as many as its argument says.
package main

import (
	"database/sql"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"

	_ "example.org/memdb"
)

func main() {
	db, err := sql.Open("memdb", "")
	if err != nil {
		log.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /feed", func(w http.ResponseWriter, r *http.Request) {
		ids, err := IDs(db)
		if err != nil {
			log.Fatal(err)
		}
		bodies, err := Bodies(db, ids)
		fmt.Fprintln(w, bodies, err)
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	n, err := strconv.Atoi(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	for range n {
		r, err := http.Get(server.URL + "/feed")
		if err != nil {
			log.Fatal(err)
		}
		_, _ = io.Copy(os.Stdout, r.Body)
		r.Body.Close()
	}
}
