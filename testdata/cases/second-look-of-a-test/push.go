// Package push sends messages to subscribers. Its test looks at the subscribers again, with the function that the code under test has
// used: that is no duplicate, also if the code ran on a goroutine of its own.
package push

import "database/sql"

func Subscribers(db *sql.DB, topic string) (out []string, err error) {
	rows, err := db.Query(`SELECT endpoint FROM subscribers WHERE topic = ?`, topic)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var e string
		if err := rows.Scan(&e); err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, rows.Err()
}

func Publish(db *sql.DB, topic string, send func(string)) error {
	list, err := Subscribers(db, topic)
	for _, e := range list {
		send(e)
	}
	return err
}

// Start publishes on a goroutine, as a handler that does not wait.
func Start(db *sql.DB) chan bool {
	done := make(chan bool)
	go func() {
		_ = Publish(db, "a", func(string) {})
		done <- true
	}()
	return done
}

// Both reads the list for itself and publishes.
func Both(db *sql.DB, send func(string)) (int, error) {
	list, err := Subscribers(db, "a")
	if err != nil {
		return 0, err
	}
	return len(list), Publish(db, "a", send) // call
}

// Same compares two reads of one row, which it makes on one line.
func Same(db *sql.DB, topic string) bool {
	return equal(first(db, topic), first(db, topic)) // callSame
}

func equal(a, b string) bool { return a == b }

func first(db *sql.DB, topic string) (url string) {
	_ = db.QueryRow("SELECT endpoint FROM subscribers WHERE topic = ? ORDER BY endpoint LIMIT 1", topic).Scan(&url)
	return url
}

// URL returns the text of a topic's first subscriber.
func URL(db *sql.DB, topic string) string { return "at " + first(db, topic) }
