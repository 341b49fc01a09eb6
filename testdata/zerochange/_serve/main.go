// Command serve serves requests: as many as its argument says, which it sends itself, or without one until it gets an interrupt.
package main

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/signal"
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
		if n, err := strconv.Atoi(r.FormValue("n")); err == nil {
			ids = ids[:n]
		}
		bodies, err := Bodies(db, ids)
		fmt.Fprintln(w, bodies, err)
		if r.FormValue("wait") != "" {
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		}
	})
	if len(os.Args) < 2 {
		serve(mux)
		return
	}
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

// serve prints its process ID and its address, and serves requests until the first interrupt.
func serve(handler http.Handler) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	server := &http.Server{Handler: handler}
	ended := context.AfterFunc(ctx, func() {
		stop() // another interrupt kills the program
		_ = server.Shutdown(context.Background())
	})
	defer ended()
	fmt.Println(os.Getpid(), listener.Addr())
	if err := server.Serve(listener); err != http.ErrServerClosed {
		log.Fatal(err)
	}
	fmt.Println("shut down")
}
