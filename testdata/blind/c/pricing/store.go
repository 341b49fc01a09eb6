package pricing

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/singleflight"
)

const tables = `
CREATE TABLE rates (currency varchar(3) PRIMARY KEY, rate integer NOT NULL);
CREATE TABLE skus (code varchar(20) PRIMARY KEY, cents integer NOT NULL, family varchar(10));
CREATE TABLE order_lines (id integer PRIMARY KEY, order_id integer NOT NULL, sku varchar(20) NOT NULL, currency varchar(3) NOT NULL, n integer NOT NULL);
CREATE TABLE tariff (id integer PRIMARY KEY, version integer NOT NULL, vat integer NOT NULL);
CREATE TABLE margins (family varchar(10) PRIMARY KEY, percent integer NOT NULL);
INSERT INTO rates VALUES ('EUR', 100), ('USD', 92), ('GBP', 117), ('SEK', 9), ('CHF', 105), ('JPY', 1);
INSERT INTO skus VALUES ('AX-10', 199, 'a'), ('AX-31', 250, 'a'), ('BQ-07', 999, 'b'), ('BQ-08', 1010, 'b'), ('CC-41', 75, NULL), ('DD-02', 310, 'd'), ('EF-90', 45, 'd'), ('GH-11', 5000, 'g'), ('KL-66', 640, 'g'), ('MN-12', 820, NULL), ('OP-70', 15, 'o'), ('QR-33', 333, 'o'), ('ST-24', 2400, 's'), ('UV-19', 190, 's');
INSERT INTO order_lines VALUES (11, 1, 'AX-10', 'EUR', 1), (12, 1, 'AX-31', 'USD', 2), (13, 1, 'BQ-07', 'GBP', 1), (17, 1, 'BQ-08', 'SEK', 4), (18, 1, 'CC-41', 'EUR', 9), (20, 1, 'DD-02', 'USD', 1), (21, 1, 'EF-90', 'GBP', 2), (25, 1, 'GH-11', 'SEK', 1), (30, 1, 'KL-66', 'EUR', 1), (31, 1, 'MN-12', 'USD', 3), (40, 1, 'OP-70', 'GBP', 7), (41, 1, 'QR-33', 'SEK', 1), (42, 2, 'AX-10', 'EUR', 1), (43, 2, 'BQ-07', 'EUR', 2), (47, 2, 'ZZ-99', 'USD', 1), (48, 2, 'ZZ-99', 'EUR', 1), (49, 2, 'ZZ-99', 'USD', 5), (50, 2, 'ZZ-99', 'EUR', 2), (51, 2, 'AX-10', 'USD', 3), (55, 2, 'BQ-07', 'EUR', 1);
INSERT INTO tariff VALUES (1, 7, 20);
INSERT INTO margins VALUES ('a', 10), ('b', 12), ('d', 8), ('g', 20), ('o', 5), ('s', 15);
`

type line struct {
	id       int
	sku      string
	currency string
	n        int
}

func lines(ctx context.Context, db *sql.DB, order int) ([]line, error) {
	rows, err := db.QueryContext(ctx, `SELECT id, sku, currency, n FROM order_lines WHERE order_id = $1 ORDER BY id`, order)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []line
	for rows.Next() {
		var l line
		if err := rows.Scan(&l.id, &l.sku, &l.currency, &l.n); err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, rows.Err()
}

func rateOf(ctx context.Context, db *sql.DB, currency string) (rate int, err error) {
	err = db.QueryRowContext(ctx, `SELECT rate FROM rates WHERE currency = $1`, currency).Scan(&rate)
	return rate, err
}

func centsOf(ctx context.Context, db *sql.DB, sku string) (cents int, err error) {
	err = db.QueryRowContext(ctx, `SELECT cents FROM skus WHERE code = $1`, sku).Scan(&cents)
	return cents, err
}

// book keeps prices in a map that goroutines share.
type book struct {
	db     *sql.DB
	prices sync.Map
}

func (b *book) price(ctx context.Context, sku string) (int, error) {
	if v, ok := b.prices.Load(sku); ok {
		return v.(int), nil
	}
	cents, err := centsOf(ctx, b.db, sku)
	if err != nil {
		return 0, err
	}
	b.prices.Store(sku, cents)
	return cents, nil
}

func (b *book) warm(ctx context.Context) error {
	rows, err := b.db.QueryContext(ctx, `SELECT code, cents FROM skus`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var sku string
		var cents int
		if err := rows.Scan(&sku, &cents); err != nil {
			return err
		}
		b.prices.Store(sku, cents)
	}
	return rows.Err()
}

func (b *book) priceMany(ctx context.Context, skus []string) (map[string]int, error) {
	out := map[string]int{}
	var marks []string
	var args []any
	for _, sku := range skus {
		if v, ok := b.prices.Load(sku); ok {
			out[sku] = v.(int)
			continue
		}
		args = append(args, sku)
		marks = append(marks, fmt.Sprint("$", len(args)))
	}
	if len(args) == 0 {
		return out, nil
	}
	rows, err := b.db.QueryContext(ctx, `SELECT code, cents FROM skus WHERE code IN (`+strings.Join(marks, ", ")+`)`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var sku string
		var cents int
		if err := rows.Scan(&sku, &cents); err != nil {
			return nil, err
		}
		b.prices.Store(sku, cents)
		out[sku] = cents
	}
	return out, rows.Err()
}

// exchange keeps the rates that were used last.
type exchange struct {
	db    *sql.DB
	rates *lru.Cache[string, int]
}

func newExchange(db *sql.DB, size int) (*exchange, error) {
	c, err := lru.New[string, int](size)
	return &exchange{db, c}, err
}

func (e *exchange) rate(ctx context.Context, currency string) (int, error) {
	if v, ok := e.rates.Get(currency); ok {
		return v, nil
	}
	rate, err := rateOf(ctx, e.db, currency)
	if err == nil {
		e.rates.Add(currency, rate)
	}
	return rate, err
}

// desk lets one of many callers ask the database.
type desk struct {
	db     *sql.DB
	flight singleflight.Group
}

func (d *desk) cents(ctx context.Context, sku string) (int, error) {
	v, err, _ := d.flight.Do(sku, func() (any, error) { return centsOf(ctx, d.db, sku) })
	if err != nil {
		return 0, err
	}
	return v.(int), nil
}

// catalogue remembers prices, and looks unknown goods up.
type catalogue struct {
	db    *sql.DB
	known *lru.TwoQueueCache[string, int]
}

func (c *catalogue) cents(ctx context.Context, sku string) (int, bool, error) {
	if v, ok := c.known.Get(sku); ok {
		return v, true, nil
	}
	v, err := centsOf(ctx, c.db, sku)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	if err == nil {
		c.known.Add(sku, v)
	}
	return v, true, err
}
