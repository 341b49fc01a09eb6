package bun

import (
	"context"
	"fmt"
	"io"
	"sync"

	"github.com/uptrace/bun"
)

type Mail struct {
	bun.BaseModel `bun:"table:mails"`

	ID      int64 `bun:",pk,autoincrement"`
	Address string
	Subject string
	Body    string
	State   string
}

type outbox struct {
	db    *bun.DB
	queue chan Mail
}

func (o *outbox) fill(ctx context.Context, max int64) (int, error) {
	var mails []Mail
	if err := o.db.NewSelect().Model(&mails).Where("state = 'new'").Order("id").Limit(max).Scan(ctx); err != nil {
		return 0, err
	}
	for _, m := range mails {
		o.queue <- m
	}
	return len(mails), nil
}

// send works the queue off until it is closed.
func (o *outbox) send(w io.Writer, done *sync.WaitGroup) {
	defer done.Done()
	for m := range o.queue {
		fmt.Fprintf(w, "To: %s\nSubject: %s\nMessage-Id: <%d@x>\n\n%s\n", m.Address, m.Subject, m.ID, m.Body)
	}
}

func flush(ctx context.Context, db *bun.DB, w io.Writer) (int, error) {
	o := &outbox{db, make(chan Mail, 4)}
	var wg sync.WaitGroup
	wg.Add(1)
	go o.send(w, &wg)
	n, err := o.fill(ctx, 50)
	close(o.queue)
	wg.Wait()
	return n, err
}
