package warehouse

import (
	"context"
	"database/sql"
	"slices"
	"sync"
	"time"
)

// Stop is one halt of a picker's tour.
type Stop struct {
	Order int64
	Place
}

// Tour plans which bins a picker goes to.
func (r *Repo) Tour(ctx context.Context) ([]Stop, error) {
	orders, err := r.OpenOrders(ctx)
	if err != nil {
		return nil, err
	}
	var tour []Stop
	for _, o := range orders {
		for _, l := range o.Lines { // want loop: n-plus-one
			p := Place{Product: l.Product}
			err := r.db.QueryRowContext(ctx,
				`SELECT bin, qty FROM stock WHERE product = $1 AND qty >= $2 ORDER BY qty LIMIT 1`, l.Product, l.Qty).Scan(&p.Bin, &p.Qty)
			if err == sql.ErrNoRows {
				continue
			} else if err != nil {
				return nil, err
			}
			tour = append(tour, Stop{Order: o.ID, Place: p})
		}
	}
	return tour, nil
}

// Shortages tells for each product of a tag how many pieces there are.
func (r *Repo) Shortages(ctx context.Context, tag string) (map[int64]int, error) {
	ids, err := r.Tagged(ctx, tag)
	if err != nil {
		return nil, err
	}
	total := map[int64]int{}
	for _, id := range ids { // want loop: n-plus-one
		places, err := r.PlacesOf(ctx, id)
		if err != nil {
			return nil, err
		}
		for _, p := range places {
			total[id] += p.Qty
		}
	}
	return total, nil
}

// Labels loads, order by order, the products to print.
func (r *Repo) Labels(ctx context.Context) (map[int64][]string, error) {
	orders, err := r.OpenOrders(ctx)
	if err != nil {
		return nil, err
	}
	labels := make(map[int64][]string, len(orders))
	for i := 0; i < len(orders); i++ { // want loop: n-plus-one
		var ids []int64
		for _, l := range orders[i].Lines {
			ids = append(ids, l.Product)
		}
		products, err := r.ProductsByID(ctx, ids)
		if err != nil {
			return nil, err
		}
		for _, p := range products {
			labels[orders[i].ID] = append(labels[orders[i].ID], p.SKU)
		}
	}
	return labels, nil
}

// Valuation adds up the whole stock.
func (r *Repo) Valuation(ctx context.Context) (int, error) {
	rows, err := r.db.QueryContext(ctx, `SELECT id FROM products ORDER BY id`)
	ids, err := scanAll(rows, err, scanID)
	if err != nil {
		return 0, err
	}
	sum := 0
	for chunk := range slices.Chunk(ids, 8) {
		places, err := r.PlacesOf(ctx, chunk...)
		if err != nil {
			return 0, err
		}
		for _, p := range places {
			sum += p.Qty
		}
	}
	return sum, nil
}

// Recount asks the scales of many products at once.
func (r *Repo) Recount(ctx context.Context, products []int64) (map[int64]int, error) {
	jobs := make(chan int64)
	found := map[int64]int{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	var failed error
	for range 3 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for id := range jobs { // want loop: n-plus-one
				var n sql.NullInt64
				err := r.db.QueryRowContext(ctx, `SELECT sum(qty) FROM stock WHERE product = $1`, id).Scan(&n)
				mu.Lock()
				if err != nil {
					failed = err
				}
				found[id] = int(n.Int64)
				mu.Unlock()
			}
		}()
	}
	for _, id := range products { // also loop: n-plus-one
		jobs <- id
	}
	close(jobs)
	wg.Wait()
	return found, failed
}

// ReleaseExpired frees what has been reserved for too long.
func (r *Repo) ReleaseExpired(now time.Time) error {
	ids, err := r.Expired(now)
	if err != nil {
		return err
	}
	for len(ids) > 0 { // want loop: row-by-row-delete
		if _, err := r.db.Exec("DELETE FROM reservations WHERE id = $1", ids[0]); err != nil {
			return err
		}
		ids = ids[1:]
	}
	return nil
}

// ApplyCount writes the result of stock-taking.
func (r *Repo) ApplyCount(ctx context.Context, counted map[int64]int) error {
	return r.inTx(ctx, func(tx *sql.Tx) error {
		put, err := tx.PrepareContext(ctx, `UPDATE stock SET qty = $2, counted = now() WHERE product = $1`)
		if err != nil {
			return err
		}
		defer put.Close()
		for product, qty := range counted { // want loop: row-by-row-update
			if _, err := put.ExecContext(ctx, product, qty); err != nil {
				return err
			}
		}
		return nil
	})
}

// LoadCount loads the result of stock-taking out of a file.
func (r *Repo) LoadCount(ctx context.Context, counted []Place) error {
	for part := range slices.Chunk(counted, 9) {
		var products []int64
		var qty []int32
		for _, p := range part {
			products = append(products, p.Product)
			qty = append(qty, int32(p.Qty))
		}
		_, err := r.db.ExecContext(ctx, `
			UPDATE stock s SET qty = c.qty, counted = now()
			FROM unnest($1::bigint[], $2::int[]) AS c (product, qty) WHERE c.product = s.product`, products, qty)
		if err != nil {
			return err
		}
	}
	return nil
}
