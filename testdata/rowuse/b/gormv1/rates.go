package gormv1

import (
	"fmt"
	"sync"

	"github.com/jinzhu/gorm"
)

type Rate struct {
	ID       uint
	Currency string
	Day      string
	Micros   int64
}

// RateTable converts amounts by the rates of a day, which it keeps.
type RateTable struct {
	mu    sync.RWMutex
	rates map[string]Rate
}

func (t *RateTable) Load(db *gorm.DB, day string) error {
	var rates []Rate
	if err := db.Where("day = ?", day).Find(&rates).Error; err != nil {
		return err
	}
	m := make(map[string]Rate, len(rates))
	for _, r := range rates {
		m[r.Currency] = r
	}
	t.mu.Lock()
	t.rates = m
	t.mu.Unlock()
	return nil
}

func (t *RateTable) Convert(cents int64, currency string) (int64, error) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	r, ok := t.rates[currency]
	if !ok {
		return 0, fmt.Errorf("no rate of %s", currency)
	}
	return cents * r.Micros / 1_000_000, nil
}
