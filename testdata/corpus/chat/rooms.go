package chat

import (
	"context"
	"database/sql"
	"slices"
	"sync"
	"time"
)

// Chat serves rooms. Its oldest parts were written before database/sql took contexts.
type Chat struct {
	DB       *sql.DB
	userByID *sql.Stmt
}

func New(db *sql.DB) (*Chat, error) {
	stmt, err := db.Prepare("select id, handle from users where id = ?")
	if err != nil {
		return nil, err
	}
	return &Chat{DB: db, userByID: stmt}, nil
}

type User struct {
	ID     int
	Handle string
}

type Message struct {
	ID, UserID int
	Body       string
	From       User
	Reactions  map[string]int
}

type Room struct {
	Name, Topic string
	LastRead    int
	Unread      int
}

func (c *Chat) user(id int) (u User, err error) {
	err = c.userByID.QueryRow(id).Scan(&u.ID, &u.Handle)
	return
}

func (c *Chat) messages(room string, n int) (list []*Message, err error) {
	rows, err := c.DB.Query("select id, user_id, body from messages where room = ? order by id desc limit ?", room, n)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		m := &Message{}
		if err = rows.Scan(&m.ID, &m.UserID, &m.Body); err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	return list, rows.Err()
}

// History is a room's last messages with who wrote them.
func (c *Chat) History(room string) ([]*Message, error) {
	list, err := c.messages(room, 12)
	if err != nil {
		return nil, err
	}
	for _, m := range list { // want loop: n-plus-one
		if m.From, err = c.user(m.UserID); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// HistoryJoined is History by one statement.
func (c *Chat) HistoryJoined(room string) (list []Message, err error) {
	rows, err := c.DB.Query(`select m.id, m.body, u.id, u.handle from messages m join users u on u.id = m.user_id
		where m.room = ? order by m.id desc limit 12`, room)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var m Message
		if err = rows.Scan(&m.ID, &m.Body, &m.From.ID, &m.From.Handle); err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	return list, rows.Err()
}

func (c *Chat) roomsOf(user int) (rooms []*Room, err error) {
	rows, err := c.DB.Query("select r.name, r.topic, m.last_read from rooms r join members m on m.room = r.name where m.user_id = ?", user)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		r := new(Room)
		if err = rows.Scan(&r.Name, &r.Topic, &r.LastRead); err != nil {
			return nil, err
		}
		rooms = append(rooms, r)
	}
	return rooms, rows.Err()
}

// Sidebar is the list of rooms with unread messages.
func (c *Chat) Sidebar(user int) ([]*Room, error) {
	rooms, err := c.roomsOf(user)
	if err != nil {
		return nil, err
	}
	for _, r := range rooms { // want loop: n-plus-one
		err := c.DB.QueryRow("select count(*) from messages where room = ? and id > ?", r.Name, r.LastRead).Scan(&r.Unread)
		if err != nil {
			return nil, err
		}
	}
	return rooms, nil
}

// SidebarGrouped is Sidebar by one statement.
func (c *Chat) SidebarGrouped(user int) (rooms []Room, err error) {
	rows, err := c.DB.Query(`select m.room, count(g.id) from members m left join messages g on g.room = m.room and g.id > m.last_read
		where m.user_id = ? group by m.room`, user)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var r Room
		if err = rows.Scan(&r.Name, &r.Unread); err != nil {
			return nil, err
		}
		rooms = append(rooms, r)
	}
	return rooms, rows.Err()
}

// WithReactions loads the reactions to all messages of a room at the same time.
func (c *Chat) WithReactions(room string) ([]*Message, error) {
	list, err := c.messages(room, 12)
	if err != nil {
		return nil, err
	}
	var wg sync.WaitGroup
	errs := make([]error, len(list))
	for i, m := range list { // want loop: n-plus-one
		wg.Add(1)
		go func() {
			defer wg.Done()
			m.Reactions, errs[i] = c.reactions(m.ID)
		}()
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

func (c *Chat) reactions(message int) (map[string]int, error) {
	rows, err := c.DB.Query("select emoji, count(*) from reactions where message_id = ? group by emoji", message)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	counts := map[string]int{}
	for rows.Next() {
		var emoji string
		var n int
		if err := rows.Scan(&emoji, &n); err != nil {
			return nil, err
		}
		counts[emoji] = n
	}
	return counts, rows.Err()
}

// Unblocked drops the messages of those whom the user has blocked.
func (c *Chat) Unblocked(user int, room string) ([]*Message, error) {
	list, err := c.messages(room, 12)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(list, func(m *Message) bool { // want loop: n-plus-one
		var blocked bool
		e := c.DB.QueryRow("select exists (select 1 from blocks where user_id = ? and blocked_id = ?)", user, m.UserID).Scan(&blocked)
		if e != nil {
			err = e
		}
		return blocked
	}), err
}

// Rosters prints who is in each room, while it still reads the rooms.
func (c *Chat) Rosters() (lines []string, err error) {
	rooms, err := c.DB.Query("select name, topic from rooms")
	if err != nil {
		return nil, err
	}
	defer rooms.Close()
	for rooms.Next() { // want loop: n-plus-one
		var name, topic string
		if err = rooms.Scan(&name, &topic); err != nil {
			return nil, err
		}
		users, err := c.DB.Query("select u.handle from users u join members m on m.user_id = u.id where m.room = ?", name)
		if err != nil {
			return nil, err
		}
		line := name + ":"
		for users.Next() {
			var handle string
			if err = users.Scan(&handle); err != nil {
				users.Close()
				return nil, err
			}
			line += " " + handle
		}
		users.Close()
		lines = append(lines, line)
	}
	return lines, rooms.Err()
}

func each(ids []int, fn func(id int) error) error {
	for _, id := range ids { // want loop: n-plus-one
		if err := fn(id); err != nil {
			return err
		}
	}
	return nil
}

func ints(rows *sql.Rows, err error) (list []int, _ error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	return list, rows.Err()
}

// Present says who of a room was seen lately, as of one moment.
func (c *Chat) Present(ctx context.Context, room string) (present []int, err error) {
	tx, err := c.DB.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	ids, err := ints(tx.Query("select user_id from members where room = ?", room))
	if err != nil {
		return nil, err
	}
	since := time.Now().Add(-5 * time.Minute).Unix()
	err = each(ids, func(id int) error { // want loop: n-plus-one
		var seen int64
		if err := tx.QueryRow("select seen_at from users where id = ?", id).Scan(&seen); err != nil {
			return err
		}
		if seen > since {
			present = append(present, id)
		}
		return nil
	})
	return present, err
}

// Header is the line above a room.
func (c *Chat) Header(room string) (members, messages, files int, err error) {
	if err = c.DB.QueryRow("select count(*) from members where room = ?", room).Scan(&members); err != nil {
		return
	}
	if err = c.DB.QueryRow("select count(*) from messages where room = ?", room).Scan(&messages); err != nil {
		return
	}
	err = c.DB.QueryRow("select count(*) from attachments a join messages m on m.id = a.message_id where m.room = ?", room).Scan(&files)
	return
}

// Pair loads the two ends of a direct message.
func (c *Chat) Pair(from, to int) (a, b User, err error) {
	if a, err = c.user(from); err != nil {
		return
	}
	b, err = c.user(to)
	return
}
