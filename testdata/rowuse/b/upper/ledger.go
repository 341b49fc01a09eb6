package upper

import (
	"encoding/json"
	"io"

	"github.com/upper/db/v4"
)

type Entry struct {
	ID      int    `db:"id" json:"id"`
	Account string `db:"account" json:"account"`
	Text    string `db:"text" json:"text"`
	Cents   int    `db:"cents" json:"cents"`
}

// statement is an account's entry with the balance after it.
type statement struct {
	Entry
	Balance int `json:"balance"`
}

func eachEntry(sess db.Session, account string, f func(Entry) error) error {
	res := sess.Collection("entries").Find("account", account).OrderBy("id")
	defer res.Close()
	var e Entry
	for res.Next(&e) {
		if err := f(e); err != nil {
			return err
		}
	}
	return res.Err()
}

func writeStatement(w io.Writer, sess db.Session, account string) error {
	enc, balance := json.NewEncoder(w), 0
	return eachEntry(sess, account, func(e Entry) error {
		balance += e.Cents
		return enc.Encode(statement{e, balance})
	})
}
