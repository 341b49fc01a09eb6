// Package lostfound is the lost property office.
package lostfound

import (
	"context"
	"database/sql"

	. "github.com/go-jet/jet/v2/sqlite"

	. "github.com/nplusgone/nplusgone/testdata/rowuse/a/gojet/gen/table"
)

// Item is what the desk shows of a thing.
type Item struct {
	ID      int64  `alias:"lost_items.id"`
	What    string `alias:"lost_items.what"`
	Place   string `alias:"lost_items.place"`
	FoundOn string `alias:"lost_items.found_on"`
}

type Desk struct{ db *sql.DB }

func NewDesk(db *sql.DB) *Desk { return &Desk{db} }

func (d *Desk) Waiting(ctx context.Context) (items []Item, err error) {
	stmt := SELECT(LostItems.ID, LostItems.What, LostItems.Place, LostItems.FoundOn).FROM(LostItems).WHERE(LostItems.State.EQ(String("waiting"))).ORDER_BY(LostItems.FoundOn.DESC())
	err = stmt.QueryContext(ctx, d.db, &items) // want: unbounded-result
	return items, err
}
