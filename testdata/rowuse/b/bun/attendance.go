package bun

import (
	"context"
	"time"

	"github.com/uptrace/bun"
)

type Attendance struct {
	bun.BaseModel `bun:"table:attendances"`

	ID      int64 `bun:",pk,autoincrement"`
	ClassID int64
	PupilID int64
	Day     time.Time
	Present bool
}

type register interface {
	Record(ctx context.Context, a *Attendance) error
}

type bunRegister struct{ db *bun.DB }

func (r bunRegister) Record(ctx context.Context, a *Attendance) error {
	_, err := r.db.NewInsert().Model(a).Exec(ctx) // want: row-by-row-insert
	return err
}

// rollCall records who was there.
func rollCall(ctx context.Context, r register, class int64, day time.Time, there map[int64]bool) (present int, err error) {
	for pupil, ok := range there { // also: row-by-row-insert
		if ok {
			present++
		}
		if err := r.Record(ctx, &Attendance{ClassID: class, PupilID: pupil, Day: day, Present: ok}); err != nil { // also: row-by-row-insert
			return 0, err
		}
	}
	return present, nil
}
