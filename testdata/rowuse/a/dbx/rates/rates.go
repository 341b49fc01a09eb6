// Package rates keeps exchange rates in memory.
package rates

import (
	"context"
	"fmt"
	"log"
	"sync"

	"github.com/pocketbase/dbx"
)

type Rate struct {
	Currency string  `db:"currency"`
	PerUnit  float64 `db:"per_unit"`
}

type Cache struct {
	db  *dbx.DB
	log *log.Logger

	mu    sync.RWMutex
	rates map[string]float64
}

func NewCache(db *dbx.DB, l *log.Logger) *Cache { return &Cache{db: db, log: l} }

// Refresh loads the rates of the base currency.
func (c *Cache) Refresh(ctx context.Context, base string) error {
	var rs []Rate
	if err := c.db.Select("currency", "per_unit").From("rates").Where(dbx.HashExp{"base": base}).WithContext(ctx).All(&rs); err != nil {
		return err
	}
	m := make(map[string]float64, len(rs))
	for _, r := range rs {
		m[r.Currency] = r.PerUnit
	}
	c.mu.Lock()
	c.rates = m
	c.mu.Unlock()
	c.log.Printf("%d rates of %s", len(rs), base)
	return nil
}

func (c *Cache) Convert(amount float64, currency string) (float64, error) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	r, ok := c.rates[currency]
	if !ok {
		return 0, fmt.Errorf("no rate of %s", currency)
	}
	return amount / r, nil
}
