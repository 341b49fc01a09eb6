package venue

import (
	"database/sql"
	"errors"
	"fmt"

	"github.com/pocketbase/dbx"
)

func programme(b *box) error {
	list, err := b.events()
	if err != nil {
		return err
	}
	for _, e := range list { // want loop: n-plus-one
		if !e.HallID.Valid {
			continue
		}
		if e.Hall, err = b.hall(e.HallID.String); err != nil {
			return err
		}
	}
	return nil
}

func programmeExpanded(b *box) error {
	list, err := b.events()
	if err != nil {
		return err
	}
	var ids []any
	seen := map[string]bool{}
	for _, e := range list {
		if e.HallID.Valid && !seen[e.HallID.String] {
			seen[e.HallID.String] = true
			ids = append(ids, e.HallID.String)
		}
	}
	halls := map[string]*Hall{}
	for start := 0; start < len(ids); start += 3 {
		var part []*Hall
		if err := b.Select("id", "name").From("halls").Where(dbx.In("id", ids[start:min(start+3, len(ids))]...)).All(&part); err != nil {
			return err
		}
		for _, h := range part {
			halls[h.ID] = h
		}
	}
	for _, e := range list {
		e.Hall = halls[e.HallID.String]
	}
	return nil
}

func freeSeats(d *dbx.DB) error {
	var list []*Event
	if err := d.Select().From("events").All(&list); err != nil {
		return err
	}
	q := d.NewQuery("SELECT count(*) FROM seats WHERE event_id = {:event} AND holder IS NULL").Prepare()
	defer q.Close()
	for _, e := range list { // want loop: n-plus-one
		if err := q.Bind(dbx.Params{"event": e.ID}).Row(&e.Free); err != nil {
			return err
		}
	}
	return nil
}

func takings(b *box) error {
	rows, err := b.Select("event_id", "label", "holder", "price").From("seats").OrderBy("event_id", "label").Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	sums := map[string]int{}
	for rows.Next() {
		var s Seat
		if err := rows.ScanStruct(&s); err != nil {
			return err
		}
		if s.Holder.Valid {
			sums[s.EventID] += s.Price
		}
	}
	return rows.Err()
}

func listing(b *box) error {
	const size = 5
	total, shown := 0, 0
	if err := b.Select("count(*)").From("events").Row(&total); err != nil {
		return err
	}
	for page := 0; page*size < total; page++ {
		var part []Event
		if err := b.Select().From("events").OrderBy("starts", "id").Limit(size).Offset(int64(page * size)).All(&part); err != nil {
			return err
		}
		shown += len(part)
	}
	if shown != total {
		return fmt.Errorf("%d of %d events", shown, total)
	}
	return nil
}

func findEvent(b *box) error {
	for _, where := range []dbx.Expression{
		dbx.HashExp{"id": "e44-old"},
		dbx.HashExp{"title": "Filme"},
		dbx.Like("title", "Fil"),
		dbx.NewExp("starts > {:s}", dbx.Params{"s": 0}),
	} {
		var e Event
		err := b.Select().From("events").Where(where).Limit(1).One(&e)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		return err
	}
	return sql.ErrNoRows
}
