package venue

import (
	"fmt"

	"github.com/pocketbase/dbx"
)

func guests(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("guest%02d@example.org", i*3)
	}
	return out
}

func issueTickets(b *box) error {
	list, err := b.events()
	if err != nil {
		return err
	}
	for i, email := range guests(12) { // want loop: row-by-row-insert
		t := &Ticket{ID: fmt.Sprintf("t%05d", 881+i*17), EventID: list[i%3].ID, Email: email}
		if err := b.Model(t).Insert(); err != nil {
			return err
		}
	}
	return nil
}

func issueGuestList(d *dbx.DB) error {
	return d.Transactional(func(tx *dbx.Tx) error {
		params := dbx.Params{"event": "e23"}
		sql := "INSERT INTO tickets (id, event_id, email) VALUES "
		for i, email := range guests(15) {
			if i > 0 {
				sql += ", "
			}
			sql += fmt.Sprintf("({:id%d}, {:event}, {:mail%d})", i, i)
			params[fmt.Sprint("id", i)] = fmt.Sprintf("g%04d", i)
			params[fmt.Sprint("mail", i)] = email
		}
		_, err := tx.NewQuery(sql).Bind(params).Execute()
		return err
	})
}

func importTickets(d *dbx.DB) error {
	return d.Transactional(func(tx *dbx.Tx) error {
		q := tx.Insert("tickets", dbx.Params{"id": "", "event_id": "", "email": ""}).Prepare()
		defer q.Close()
		for i, email := range guests(10) {
			if _, err := q.Bind(dbx.Params{"p0": email, "p1": "e31", "p2": fmt.Sprintf("i%04d", i)}).Execute(); err != nil {
				return err
			}
		}
		return nil
	})
}

func discount(b *box) error {
	var seats []Seat
	if err := b.Select().From("seats").Where(dbx.NewExp("holder IS NULL")).All(&seats); err != nil {
		return err
	}
	for i := range seats { // want loop: row-by-row-update
		seats[i].Price -= seats[i].Price / 10
		if err := b.Model(&seats[i]).Update("Price"); err != nil {
			return err
		}
	}
	return nil
}

func release(b *box) error {
	var seats []Seat
	if err := b.Select().From("seats").Where(dbx.HashExp{"holder": []any{"bo", "lu"}}).All(&seats); err != nil {
		return err
	}
	for _, s := range seats { // want loop: row-by-row-delete
		if _, err := b.Delete("seats", dbx.HashExp{"event_id": s.EventID, "label": s.Label}).Execute(); err != nil {
			return err
		}
	}
	return nil
}

func swap(d *dbx.DB) error {
	return d.Transactional(func(tx *dbx.Tx) error {
		var a, b Seat
		if err := tx.Select().From("seats").Where(dbx.HashExp{"event_id": "e14", "label": "A1"}).One(&a); err != nil {
			return err
		}
		if err := tx.Select().From("seats").Where(dbx.HashExp{"event_id": "e60", "label": "A2"}).One(&b); err != nil {
			return err
		}
		a.Holder, b.Holder = b.Holder, a.Holder
		if err := tx.Model(&a).Update("Holder"); err != nil {
			return err
		}
		return tx.Model(&b).Update("Holder")
	})
}
