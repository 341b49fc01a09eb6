// Package newsletter sends letters to lists of subscribers.
package newsletter

import (
	"fmt"

	"github.com/upper/db/v4"
)

type Subscriber struct {
	ID        int    `db:"id,omitempty"`
	List      string `db:"list"`
	Email     string `db:"email"`
	Confirmed bool   `db:"confirmed"`
}

type Lists struct{ Sess db.Session }

func (l Lists) Confirmed(list string) ([]Subscriber, error) {
	var subs []Subscriber
	res := l.Sess.Collection("subscribers").Find(db.Cond{"list": list}).And(db.Cond{"confirmed": true})
	if err := res.All(&subs); err != nil { // want: fetch-to-count
		return nil, fmt.Errorf("list %s: %w", list, err)
	}
	return subs, nil
}

// Cost is what sending a letter to a list costs, in cents.
func Cost(l Lists, list string, perLetter int) (int, error) {
	subs, err := l.Confirmed(list)
	if err != nil {
		return 0, err
	}
	return len(subs) * perLetter, nil
}

// Add puts addresses on a list.
func (l Lists) Add(list string, emails []string) error {
	batch := l.Sess.SQL().InsertInto("subscribers").Columns("list", "email", "confirmed").Batch(50)
	go func() {
		defer batch.Done()
		for _, e := range emails {
			batch.Values(list, e, false)
		}
	}()
	return batch.Wait()
}
