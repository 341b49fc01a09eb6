package chat

import (
	"context"
	"encoding/json"
	"errors"
	"time"
)

// Post stores a message and tells those it mentions.
func (c *Chat) Post(ctx context.Context, room string, user int, body string, mentioned []int) (int64, error) {
	tx, err := c.DB.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer tx.Rollback()
	res, err := tx.Exec("insert into messages (room, user_id, body, sent_at) values (?, ?, ?, ?)", room, user, body, time.Now().Unix())
	if err != nil {
		return 0, err
	}
	id, err := res.LastInsertId()
	if err != nil {
		return 0, err
	}
	mention, err := tx.Prepare("insert into mentions (message_id, user_id) values (?, ?)")
	if err != nil {
		return 0, err
	}
	defer mention.Close()
	for _, u := range mentioned { // want loop: row-by-row-insert
		if _, err := mention.Exec(id, u); err != nil {
			return 0, err
		}
	}
	return id, tx.Commit()
}

// Say stores a message and returns it as stored.
func (c *Chat) Say(room string, user int, body string) (m Message, err error) {
	res, err := c.DB.Exec("insert into messages (room, user_id, body, sent_at) values (?, ?, ?, ?)", room, user, body, time.Now().Unix())
	if err != nil {
		return m, err
	}
	id, _ := res.LastInsertId()
	if err = c.DB.QueryRow("select id, user_id, body from messages where id = ?", id).Scan(&m.ID, &m.UserID, &m.Body); err != nil {
		return m, err
	}
	_, err = c.DB.Exec("update members set last_read = ? where room = ? and user_id = ?", id, room, user)
	return m, err
}

// ReadAll marks every room as read.
func (c *Chat) ReadAll(user int) error {
	rooms, err := c.roomsOf(user)
	if err != nil {
		return err
	}
	for _, r := range rooms { // want loop: row-by-row-update
		_, err := c.DB.Exec("update members set last_read = (select max(id) from messages) where room = ? and user_id = ?", r.Name, user)
		if err != nil {
			return err
		}
	}
	return nil
}

// Kick takes people out of a room, with a statement of the database that it borrows for a transaction.
func (c *Chat) Kick(ctx context.Context, room string, users []int) error {
	remove, err := c.DB.PrepareContext(ctx, "delete from members where room = ? and user_id = ?")
	if err != nil {
		return err
	}
	defer remove.Close()
	tx, err := c.DB.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, u := range users { // want loop: row-by-row-delete
		if _, err := tx.StmtContext(ctx, remove).ExecContext(ctx, room, u); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// Purge deletes the files of a room.
func (c *Chat) Purge(ctx context.Context, room string) error {
	tx, err := c.DB.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	ids, err := ints(tx.Query("select id from messages where room = ?", room))
	if err != nil {
		return err
	}
	for _, id := range ids { // want loop: row-by-row-delete
		if _, err := tx.Exec("delete from attachments where message_id = ?", id); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// Toggle takes a reaction back, or adds it when there was none.
func (c *Chat) Toggle(message, user int, emoji string) error {
	res, err := c.DB.Exec("delete from reactions where message_id = ? and user_id = ? and emoji = ?", message, user, emoji)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n > 0 {
		return err
	}
	_, err = c.DB.Exec("insert into reactions values (?, ?, ?)", message, user, emoji)
	return err
}

// Wait polls until a room has a message after the given one, or for as long as it is worth it.
func (c *Chat) Wait(ctx context.Context, room string, after int) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, 40*time.Millisecond)
	defer cancel()
	for {
		var last int
		err := c.DB.QueryRowContext(ctx, "select max(id) from messages where room = ?", room).Scan(&last)
		if ctx.Err() != nil {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if last > after {
			return true, nil
		}
		select {
		case <-ctx.Done():
			return false, nil
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// Beat says that a user is there until quit is closed.
func (c *Chat) Beat(ctx context.Context, user int, quit <-chan struct{}) error {
	tick := time.NewTicker(3 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case now := <-tick.C:
			if _, err := c.DB.ExecContext(ctx, "update users set seen_at = ? where id = ?", now.UnixMilli(), user); err != nil {
				return err
			}
		case <-quit:
			return nil
		}
	}
}

// CatchUp hands all messages after the given one to fn.
func (c *Chat) CatchUp(ctx context.Context, after int, fn func(Message) error) error {
	const page = 10
	for {
		rows, err := c.DB.QueryContext(ctx, "select id, user_id, body from messages where id > ? order by id limit ?", after, page)
		if err != nil {
			return err
		}
		n := 0
		for rows.Next() {
			var m Message
			if err := rows.Scan(&m.ID, &m.UserID, &m.Body); err != nil {
				rows.Close()
				return err
			}
			after = m.ID
			n++
			if err := fn(m); err != nil {
				rows.Close()
				return err
			}
		}
		if err := rows.Close(); err != nil {
			return err
		}
		if n < page {
			return nil
		}
	}
}

// ReactionsTo counts the reactions to many messages by one statement.
func (c *Chat) ReactionsTo(ctx context.Context, room string) ([]*Message, error) {
	list, err := c.messages(room, 12)
	if err != nil {
		return nil, err
	}
	byID := map[int]*Message{}
	var ids []int
	for _, m := range list {
		m.Reactions = map[string]int{}
		byID[m.ID] = m
		ids = append(ids, m.ID)
	}
	keys, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	rows, err := c.DB.QueryContext(ctx, `select message_id, emoji, count(*) from reactions
		where message_id in (select value from json_each(?)) group by message_id, emoji`, string(keys))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id, n int
		var emoji string
		if err := rows.Scan(&id, &emoji, &n); err != nil {
			return nil, err
		}
		byID[id].Reactions[emoji] = n
	}
	return list, rows.Err()
}

// Join lets a user into a room and returns its topic.
func (c *Chat) Join(ctx context.Context, room string, user int) (topic string, err error) {
	_, err = c.DB.ExecContext(ctx, "insert or ignore into members (room, user_id, last_read) values (?, ?, 0)", room, user)
	if err != nil {
		return "", err
	}
	err = c.DB.QueryRowContext(ctx, "select topic from rooms where name = ?", room).Scan(&topic)
	return topic, err
}

// Rename takes a handle; while it is taken, it tries the next of the user's own proposals.
func (c *Chat) Rename(ctx context.Context, user int, proposals []string) (string, error) {
	for _, handle := range proposals {
		res, err := c.DB.ExecContext(ctx, "update or ignore users set handle = ? where id = ?", handle, user)
		if err != nil {
			return "", err
		}
		if n, _ := res.RowsAffected(); n == 1 {
			return handle, nil
		}
	}
	return "", errors.New("all taken")
}
