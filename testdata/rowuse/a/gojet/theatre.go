package gojet

import (
	"context"
	"database/sql"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/gojet/gen/model"
	. "github.com/nplusgone/nplusgone/testdata/rowuse/a/gojet/gen/table"
)

type hall struct {
	rows    string
	perLine int32
}

func (h hall) seats(show int32) []model.Seats {
	var out []model.Seats
	for _, r := range h.rows {
		for n := int32(1); n <= h.perLine; n++ {
			out = append(out, model.Seats{ShowID: show, SeatRow: string(r), Number: n})
		}
	}
	return out
}

func openShow(ctx context.Context, db *sql.DB, h hall, show int32) (int64, error) {
	res, err := Seats.INSERT(Seats.MutableColumns).MODELS(h.seats(show)).ExecContext(ctx, db)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

var theatreSeats = rowuse.Case{
	Name:   "seats of a show are created",
	Why:    "MODELS makes one INSERT for all seats.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE seats (id INTEGER NOT NULL PRIMARY KEY, show_id INTEGER NOT NULL, seat_row TEXT NOT NULL, number INTEGER NOT NULL);
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		n, err := openShow(ctx, db, hall{rows: "ABCD", perLine: 9}, 3)
		Sink = n
		return err
	},
}
