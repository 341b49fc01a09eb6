package sqlc

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/sqlc/roomdb"
)

var errRoomInUse = errors.New("room has bookings")

type hotelAdmin struct{ *roomdb.Queries }

func (h hotelAdmin) removeRoom(ctx context.Context, room int64, today string) error {
	n, err := h.CountBookingsForRoom(ctx, roomdb.CountBookingsForRoomParams{RoomID: room, Night: today}) // also: fetch-to-exist
	if err != nil {
		return fmt.Errorf("bookings of room %d: %w", room, err)
	}
	if n > 0 {
		return errRoomInUse
	}
	return h.DeleteRoom(ctx, room)
}

var roomRemove = rowuse.Case{
	Name:   "hotel room without bookings is removed",
	Want:   []string{rowuse.FetchToExist},
	Why:    "The count is only compared with 0: EXISTS can stop at the first booking.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE rooms (id INTEGER PRIMARY KEY, number TEXT NOT NULL, floor INTEGER NOT NULL);
CREATE TABLE bookings (id INTEGER PRIMARY KEY, room_id INTEGER NOT NULL, guest TEXT NOT NULL, night TEXT NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12) INSERT INTO rooms SELECT i, '1' || i, 1 FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50) INSERT INTO bookings SELECT i, 1 + i % 6, 'g ' || i, date('2024-05-01', '+' || i || ' days') FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		err := hotelAdmin{roomdb.New(db)}.removeRoom(ctx, 3, "2024-05-10")
		Sink = err
		if errors.Is(err, errRoomInUse) {
			return nil
		}
		return err
	},
}
