package bun

import (
	"context"

	"github.com/uptrace/bun"
)

type Stop struct {
	bun.BaseModel `bun:"table:stops"`

	ID      int64 `bun:",pk,autoincrement"`
	LineID  int64
	Name    string
	Minutes int
}

func saveStops(ctx context.Context, db bun.IDB, stops []Stop) error {
	if len(stops) == 0 {
		return nil
	}
	_, err := db.NewInsert().Model(&stops).Exec(ctx)
	return err
}

type lineEditor struct{ db *bun.DB }

// extend makes the stops of a new line.
func (e *lineEditor) extend(ctx context.Context, line int64, names []string, headway int) (int, error) {
	stops := make([]Stop, 0, len(names))
	for i, n := range names {
		stops = append(stops, Stop{LineID: line, Name: n, Minutes: i * headway})
	}
	return len(stops), saveStops(ctx, e.db, stops)
}
