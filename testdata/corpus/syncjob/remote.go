package syncjob

import (
	"fmt"
	"time"
)

// remote stands for the other side's API.
type remote struct{ people []person }

type person struct {
	id, email, name string
	version         int
}

func newRemote() *remote {
	r := &remote{}
	for i := 1; i <= 16; i++ {
		r.people = append(r.people, person{fmt.Sprintf("ext_%05d", i*617%10007), fmt.Sprintf("p%d@example.com", i), fmt.Sprintf("Person %d", i), 3})
	}
	return r
}

// page answers some people and where the next ones begin, or -1.
func (r *remote) page(from int) ([]person, int) {
	time.Sleep(100 * time.Microsecond)
	to := min(from+5, len(r.people))
	if to == len(r.people) {
		return r.people[from:], -1
	}
	return r.people[from:to], to
}

// push sends one contact and answers a status.
func (r *remote) push(id string) (int, error) {
	time.Sleep(100 * time.Microsecond)
	return 200, nil
}
