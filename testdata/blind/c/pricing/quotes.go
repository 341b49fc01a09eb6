package pricing

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/errgroup"
)

func firstQuote(ctx context.Context, db *sql.DB) error {
	b := &book{db: db}
	list, err := lines(ctx, db, 1)
	if err != nil {
		return err
	}
	total := 0
	for _, l := range list { // want loop: n-plus-one
		cents, err := b.price(ctx, l.sku)
		if err != nil {
			return err
		}
		total += cents * l.n
	}
	return nil
}

func nextQuote(ctx context.Context, db *sql.DB) error {
	b := &book{db: db}
	if err := b.warm(ctx); err != nil {
		return err
	}
	list, err := lines(ctx, db, 1)
	if err != nil {
		return err
	}
	total := 0
	for _, l := range list {
		cents, err := b.price(ctx, l.sku)
		if err != nil {
			return err
		}
		total += cents * l.n
	}
	return nil
}

func bulkQuote(ctx context.Context, db *sql.DB) error {
	b := &book{db: db}
	for _, order := range []int{1, 2} {
		list, err := lines(ctx, db, order)
		if err != nil {
			return err
		}
		skus := make([]string, len(list))
		for i, l := range list {
			skus[i] = l.sku
		}
		if _, err := b.priceMany(ctx, skus); err != nil {
			return err
		}
	}
	return nil
}

func convert(ctx context.Context, db *sql.DB) error {
	e, err := newExchange(db, 2)
	if err != nil {
		return err
	}
	list, err := lines(ctx, db, 1)
	if err != nil {
		return err
	}
	for _, l := range list { // want loop: n-plus-one duplicate-query
		if _, err := e.rate(ctx, l.currency); err != nil {
			return err
		}
	}
	return nil
}

func convertSmall(ctx context.Context, db *sql.DB) error {
	e, err := newExchange(db, 16)
	if err != nil {
		return err
	}
	list, err := lines(ctx, db, 2)
	if err != nil {
		return err
	}
	for _, l := range list {
		if _, err := e.rate(ctx, l.currency); err != nil {
			return err
		}
	}
	return nil
}

func stampede(ctx context.Context, db *sql.DB) error {
	d := &desk{db: db}
	ready := make(chan struct{})
	time.AfterFunc(40*time.Millisecond, func() { close(ready) })
	g, ctx := errgroup.WithContext(ctx)
	for range 16 {
		g.Go(func() error {
			_, err, _ := d.flight.Do("tariff", func() (any, error) {
				<-ready
				var vat int
				err := db.QueryRowContext(ctx, `SELECT vat FROM tariff WHERE id = $1`, 1).Scan(&vat)
				return vat, err
			})
			return err
		})
	}
	return g.Wait()
}

func parallelQuote(ctx context.Context, db *sql.DB) error {
	d := &desk{db: db}
	list, err := lines(ctx, db, 1)
	if err != nil {
		return err
	}
	var g errgroup.Group
	for _, l := range list { // want loop: n-plus-one
		g.Go(func() error {
			_, err := d.cents(ctx, l.sku)
			return err
		})
	}
	return g.Wait()
}

func unknownGoods(ctx context.Context, db *sql.DB) error {
	known, err := lru.New2Q[string, int](64)
	if err != nil {
		return err
	}
	c := &catalogue{db, known}
	list, err := lines(ctx, db, 2)
	if err != nil {
		return err
	}
	missing := 0
	for _, l := range list { // want loop: duplicate-query n-plus-one
		_, ok, err := c.cents(ctx, l.sku)
		if err != nil {
			return err
		}
		if !ok {
			missing++
		}
	}
	if missing != 4 {
		return fmt.Errorf("%d lines of unknown goods", missing)
	}
	return nil
}

type rateKey struct {
	currency *string
}

func memoised(_ context.Context, db *sql.DB) error {
	list, err := lines(context.Background(), db, 2)
	if err != nil {
		return err
	}
	seen := map[rateKey]int{}
	for i := range list { // want loop: duplicate-query n-plus-one
		key := rateKey{&list[i].currency}
		if _, ok := seen[key]; ok {
			continue
		}
		var rate int
		if err := db.QueryRow(`SELECT rate FROM rates WHERE currency = $1`, list[i].currency).Scan(&rate); err != nil {
			return err
		}
		seen[key] = rate
	}
	return nil
}
