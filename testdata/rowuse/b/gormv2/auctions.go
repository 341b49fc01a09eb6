package gormv2

import (
	"context"
	"encoding/json"
	"io"
	"time"

	"gorm.io/gorm"
)

type Lot struct {
	ID       uint      `json:"id"`
	HouseID  uint      `json:"house_id"`
	Title    string    `json:"title"`
	Estimate int       `json:"estimate"`
	ClosesAt time.Time `json:"closes_at"`
}

type LotPage struct {
	Total int64 `json:"total"`
	Lots  []Lot `json:"lots"`
}

type lotQueries struct{ db *gorm.DB }

func (q lotQueries) firstPage(ctx context.Context, house uint, size int) (page LotPage, err error) {
	err = q.db.WithContext(ctx).
		Where("house_id = ?", house).
		Limit(size).
		Find(&page.Lots).
		Count(&page.Total).Error
	return page, err
}

func ListLots(ctx context.Context, db *gorm.DB, w io.Writer, house uint) error {
	page, err := lotQueries{db}.firstPage(ctx, house, 10)
	if err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(page)
}
