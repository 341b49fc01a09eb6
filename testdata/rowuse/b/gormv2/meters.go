package gormv2

import (
	"context"
	"encoding/csv"
	"io"
	"strconv"

	"gorm.io/gorm"
)

type Reading struct {
	ID    uint
	Meter string
	Day   string
	KWh   float64
}

type ReadingImport struct {
	db    *gorm.DB
	batch int
}

func (im *ReadingImport) save(ctx context.Context, rows []Reading) error {
	return im.db.WithContext(ctx).CreateInBatches(rows, im.batch).Error
}

// Run reads a file of the network operator.
func (im *ReadingImport) Run(ctx context.Context, r io.Reader) (int, error) {
	records, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return 0, err
	}
	rows := make([]Reading, 0, len(records))
	for _, rec := range records {
		kwh, err := strconv.ParseFloat(rec[2], 64)
		if err != nil {
			return 0, err
		}
		rows = append(rows, Reading{Meter: rec[0], Day: rec[1], KWh: kwh})
	}
	return len(rows), im.save(ctx, rows)
}
