package syncjob

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
)

// remote stands for the other side's API.
type remote struct {
	server *httptest.Server
	people []person
}

type person struct {
	id, email, name string
	version         int
}

func newRemote() *remote {
	r := &remote{server: httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		w.WriteHeader(http.StatusAccepted)
	}))}
	for i := 1; i <= 16; i++ {
		r.people = append(r.people, person{fmt.Sprintf("ext_%05d", i*617%10007), fmt.Sprintf("p%d@example.com", i), fmt.Sprintf("Person %d", i), 3})
	}
	return r
}

// page answers some people and where the next ones begin, or -1.
func (r *remote) page(from int) ([]person, int) {
	to := min(from+5, len(r.people))
	if to == len(r.people) {
		return r.people[from:], -1
	}
	return r.people[from:to], to
}

// push sends one contact and answers a status.
func (r *remote) push(ctx context.Context, contact string) (int, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, r.server.URL, strings.NewReader(contact))
	if err != nil {
		return 0, err
	}
	res, err := r.server.Client().Do(req)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	return res.StatusCode, nil
}
