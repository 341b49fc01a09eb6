// Package chat is a chat server whose older half hands no context on: plain Query and Exec, statements prepared once,
// goroutines and callbacks.
package chat

import (
	"context"
	"database/sql"
	"time"

	"github.com/nplusgone/nplusgone/testdata/corpus"
)

// Cases are what clients ask for.
func Cases() []corpus.Case {
	return corpus.Seeded(schema, []corpus.Case{
		{Name: "history with senders", Want: []string{corpus.NPlusOne}, May: []string{corpus.Duplicate}, NoContext: true,
			Why: "a prepared statement runs for each message",
			Run: on(func(_ context.Context, c *Chat) error { return second(c.History("room-a")) })},
		{Name: "sidebar with unread counts", Want: []string{corpus.NPlusOne}, NoContext: true,
			Why: "a count per room, both of its arguments from the room's row",
			Run: on(func(_ context.Context, c *Chat) error { return second(c.Sidebar(34)) })},
		{Name: "reactions by goroutines", Want: []string{corpus.NPlusOne}, NoContext: true,
			Why: "one goroutine and one statement per message; at the same time is still one each",
			Run: on(func(_ context.Context, c *Chat) error { return second(c.WithReactions("room-b")) })},
		{Name: "blocked senders dropped", Want: []string{corpus.NPlusOne}, May: []string{corpus.Duplicate}, NoContext: true,
			Why: "a look-up per message, in the callback of slices.DeleteFunc",
			Run: on(func(_ context.Context, c *Chat) error { return second(c.Unblocked(17, "room-a")) })},
		{Name: "rosters while reading rooms", Want: []string{corpus.NPlusOne}, NoContext: true,
			Why: "a second statement inside rows.Next for each room",
			Run: on(func(_ context.Context, c *Chat) error { return second(c.Rosters()) })},
		{Name: "who is present", Want: []string{corpus.NPlusOne}, NoContext: true,
			Why: "a look-up per member, by a callback; the transaction has the context",
			Run: on(func(ctx context.Context, c *Chat) error { return second(c.Present(ctx, "room-a")) })},
		{Name: "mentions of a message", Want: []string{corpus.RowInsert}, NoContext: true,
			Why: "one INSERT for each person mentioned, in one transaction",
			Run: on(func(ctx context.Context, c *Chat) error {
				return second(c.Post(ctx, "room-a", 17, "hello all", []int{34, 51, 68, 85, 102}))
			})},
		{Name: "all rooms read", Want: []string{corpus.RowUpdate}, NoContext: true,
			Why: "one UPDATE per room where user_id alone would do",
			Run: on(func(_ context.Context, c *Chat) error { return c.ReadAll(34) })},
		{Name: "files of a room purged", Want: []string{corpus.RowDelete}, NoContext: true,
			Why: "one DELETE per message of the room, in one transaction",
			Run: on(func(ctx context.Context, c *Chat) error { return c.Purge(ctx, "room-c") })},
		{Name: "people kicked one by one", Want: []string{corpus.RowDelete}, May: []string{corpus.Prepare, corpus.Implicit},
			Why: "one DELETE for each person, by a statement that is also prepared anew for each",
			Run: on(func(ctx context.Context, c *Chat) error { return c.Kick(ctx, "room-a", []int{34, 51, 85, 102}) })},

		{Name: "history by a join", NoContext: true,
			Why: "one statement",
			Run: on(func(_ context.Context, c *Chat) error { return second(c.HistoryJoined("room-a")) })},
		{Name: "sidebar grouped", NoContext: true,
			Why: "one statement",
			Run: on(func(_ context.Context, c *Chat) error { return second(c.SidebarGrouped(34)) })},
		{Name: "header of a room", NoContext: true,
			Why: "three counts of three things",
			Run: on(func(_ context.Context, c *Chat) error { _, _, _, err := c.Header("room-a"); return err })},
		{Name: "two ends of a direct message", NoContext: true,
			Why: "one statement called on two lines for two people",
			Run: on(func(_ context.Context, c *Chat) error { _, _, err := c.Pair(17, 34); return err })},
		{Name: "message said and read back", NoContext: true,
			Why: "three different steps, once each",
			Run: on(func(_ context.Context, c *Chat) error { return second(c.Say("room-a", 17, "hi")) })},
		{Name: "reaction toggled", NoContext: true,
			Why: "a delete, and an insert when it deleted nothing",
			Run: on(func(_ context.Context, c *Chat) error { return c.Toggle(3, 17, "wave") })},
		{Name: "long poll",
			Why: "it asks again because the answer may have changed",
			Run: on(func(ctx context.Context, c *Chat) error { return second(c.Wait(ctx, "room-a", 1000)) })},
		{Name: "heartbeat",
			Why: "one UPDATE per tick of a clock, not per row",
			Run: on(func(ctx context.Context, c *Chat) error {
				quit := make(chan struct{})
				time.AfterFunc(25*time.Millisecond, func() { close(quit) })
				return c.Beat(ctx, 17, quit)
			})},
		{Name: "catching up by key",
			Why: "keyset paging, ten messages a statement",
			Run: on(func(ctx context.Context, c *Chat) error {
				return c.CatchUp(ctx, 0, func(Message) error { return nil })
			})},
		{Name: "reactions by one statement",
			Why: "all keys go into one JSON argument",
			Run: on(func(ctx context.Context, c *Chat) error { return second(c.ReactionsTo(ctx, "room-b")) })},
		{Name: "joining a room",
			Why: "one insert, one look-up",
			Run: on(func(ctx context.Context, c *Chat) error { return second(c.Join(ctx, "room-h", 17)) })},
		{Name: "handle tried until free",
			Why: "it ends with the first proposal that is free",
			Run: on(func(ctx context.Context, c *Chat) error {
				return second(c.Rename(ctx, 17, []string{"user2", "user3", "user4", "user5", "ann"}))
			})},
	})
}

func on(fn func(context.Context, *Chat) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error {
		c, err := New(db)
		if err != nil {
			return err
		}
		defer c.userByID.Close()
		return fn(ctx, c)
	}
}

func second[T any](_ T, err error) error { return err }
