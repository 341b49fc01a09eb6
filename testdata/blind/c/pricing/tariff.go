package pricing

import (
	"context"
	"database/sql"
)

type tariff struct{ version, vat int }

func loadTariff(ctx context.Context, db *sql.DB) (t tariff, err error) {
	err = db.QueryRowContext(ctx, `SELECT version, vat FROM tariff WHERE id = 1`).Scan(&t.version, &t.vat) // want loop: duplicate-query
	return t, err
}

type basket struct {
	db    *sql.DB
	lines []line
}

func (b *basket) net(ctx context.Context) (int, error) {
	t, err := loadTariff(ctx, b.db)
	if err != nil {
		return 0, err
	}
	sum := 0
	for _, l := range b.lines {
		sum += l.n * (100 + t.version)
	}
	return sum, nil
}

func (b *basket) tax(ctx context.Context, net int) (int, error) {
	t, err := loadTariff(ctx, b.db)
	return net * t.vat / 100, err
}

func (b *basket) footer(ctx context.Context) (string, error) {
	t, err := loadTariff(ctx, b.db)
	if t.vat == 0 {
		return "no VAT", err
	}
	return "with VAT", err
}

func invoice(ctx context.Context, db *sql.DB) error {
	list, err := lines(ctx, db, 1)
	if err != nil {
		return err
	}
	b := &basket{db, list}
	net, err := b.net(ctx)
	if err != nil {
		return err
	}
	if _, err := b.tax(ctx, net); err != nil {
		return err
	}
	_, err = b.footer(ctx)
	return err
}

func changeVAT(ctx context.Context, db *sql.DB) error {
	var cached *tariff
	current := func() (tariff, error) {
		if cached == nil {
			t := tariff{}
			if err := db.QueryRowContext(ctx, `SELECT version, vat FROM tariff WHERE id = $1`, 1).Scan(&t.version, &t.vat); err != nil {
				return t, err
			}
			cached = &t
		}
		return *cached, nil
	}
	for _, vat := range []int{21, 22, 19} {
		t, err := current()
		if err != nil {
			return err
		}
		if _, err := db.ExecContext(ctx, `UPDATE tariff SET vat = $1, version = $2 WHERE id = 1`, vat, t.version+1); err != nil {
			return err
		}
		cached = nil
	}
	_, err := current()
	return err
}

func margins(ctx context.Context, db *sql.DB) error {
	list, err := lines(ctx, db, 1)
	if err != nil {
		return err
	}
	for i, l := range list { // want loop: row-by-row-update
		if l.n > 1 {
			continue
		}
		if _, err := db.ExecContext(ctx, `UPDATE order_lines SET n = n + $1 WHERE id = $2`, i%3, l.id); err != nil {
			return err
		}
	}
	return nil
}

func reprice(ctx context.Context, db *sql.DB) error {
	b := &book{db: db}
	if err := b.warm(ctx); err != nil {
		return err
	}
	var fault error
	b.prices.Range(func(sku, old any) bool { // want loop: n-plus-one
		cents, err := centsOf(ctx, db, sku.(string))
		if err != nil {
			fault = err
			return false
		}
		if cents != old.(int) {
			b.prices.Store(sku, cents)
		}
		return true
	})
	return fault
}

func dropOutdated(ctx context.Context, db *sql.DB) error {
	b := &book{db: db}
	if err := b.warm(ctx); err != nil {
		return err
	}
	var version int
	if err := db.QueryRowContext(ctx, `SELECT version FROM tariff WHERE id = $1`, 1).Scan(&version); err != nil {
		return err
	}
	b.prices.Range(func(sku, old any) bool {
		if old.(int)%version == 0 {
			b.prices.Delete(sku)
		}
		return true
	})
	return b.warm(ctx)
}
