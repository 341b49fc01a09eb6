// Package inbox keeps the messages of users.
package inbox

import (
	"context"
	"time"

	"github.com/nplusgone/nplusgone/testdata/rowuse/a/pgxstd/pgq"
)

type Message struct {
	ID      int64
	Sender  string
	Subject string
	SentAt  time.Time
}

type Inbox struct {
	db   pgq.DB
	user int64
}

func Of(db pgq.DB, user int64) *Inbox { return &Inbox{db, user} }

func (in *Inbox) Unread(ctx context.Context) ([]Message, error) {
	return pgq.All[Message](ctx, in.db, `SELECT id, sender, subject, sent_at FROM messages WHERE user_id = $1 AND read_at IS NULL`, in.user) // want: fetch-to-count
}
