package warehouse

import (
	"context"
	"database/sql"
	"fmt"
	"sort"
)

// Weigh adds up the pieces that a kit is made of, kit in kit.
func (r *Repo) Weigh(ctx context.Context, parts []int64) (int, error) {
	if len(parts) == 0 {
		return 0, nil
	}
	products, err := r.ProductsByID(ctx, parts)
	if err != nil {
		return 0, err
	}
	n := len(products)
	for _, p := range products { // want loop: recursive-query
		below, err := r.Weigh(ctx, p.Parts)
		if err != nil {
			return 0, err
		}
		n += below
	}
	return n, nil
}

// Explode lists all parts of some kits.
func (r *Repo) Explode(ctx context.Context, kits []int64) ([]Product, error) {
	seen := map[int64]bool{}
	var all []Product
	for level := kits; len(level) > 0; {
		products, err := r.ProductsByID(ctx, level)
		if err != nil {
			return nil, err
		}
		all = append(all, products...)
		level = nil
		for _, p := range products {
			for _, part := range p.Parts {
				if !seen[part] {
					seen[part] = true
					level = append(level, part)
				}
			}
		}
	}
	return all, nil
}

// Catalogue reads all products by pages.
func (r *Repo) Catalogue(ctx context.Context) ([]string, error) {
	return r.catalogueFrom(ctx, 0, nil)
}

func (r *Repo) catalogueFrom(ctx context.Context, id int64, found []string) ([]string, error) {
	page, err := r.AfterID(ctx, id, 7)
	if err != nil || len(page) == 0 {
		return found, err
	}
	for _, p := range page {
		found = append(found, p.SKU)
	}
	return r.catalogueFrom(ctx, page[len(page)-1].ID, found)
}

// Export reads the stock through a server-side cursor.
func (r *Repo) Export(ctx context.Context, emit func(Place)) error {
	return r.inTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DECLARE stocklist NO SCROLL CURSOR FOR SELECT product, bin, qty FROM stock ORDER BY bin`); err != nil {
			return err
		}
		for {
			rows, err := tx.QueryContext(ctx, `FETCH FORWARD 10 FROM stocklist`)
			list, err := scanAll(rows, err, scanPlace)
			if err != nil {
				return err
			}
			if len(list) == 0 {
				return nil
			}
			for _, p := range list {
				emit(p)
			}
		}
	})
}

// Archive copies the movements of each month's partition to its summary.
func (r *Repo) Archive(ctx context.Context, year int) (map[string]int, error) {
	sums := map[string]int{}
	for month := 1; month <= 6; month++ {
		table := fmt.Sprintf("moves_%d_%02d", year, month)
		var n int
		if err := r.db.QueryRowContext(ctx, "SELECT count(*) FROM "+table).Scan(&n); err != nil {
			return nil, err
		}
		sums[table] = n
	}
	return sums, nil
}

// DrainTasks does the tasks that wait, one at a time, as other workers do too.
func (r *Repo) DrainTasks(ctx context.Context, do func(kind string, payload []byte) error) (int, error) {
	done := 0
	for {
		var id int64
		var kind string
		var payload []byte
		err := r.db.QueryRowContext(ctx, `
			UPDATE tasks SET taken = now() WHERE id = (
				SELECT id FROM tasks WHERE taken IS NULL ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 1)
			RETURNING id, kind, payload`).Scan(&id, &kind, &payload)
		if err == sql.ErrNoRows {
			return done, nil
		}
		if err != nil {
			return done, err
		}
		if err := do(kind, payload); err != nil {
			return done, err
		}
		done++
	}
}

// Transfer moves goods between bins, whose locks are taken in a fixed order.
func (r *Repo) Transfer(ctx context.Context, product int64, bins map[int64]int) error {
	return r.inTx(ctx, func(tx *sql.Tx) error {
		keys := make([]int64, 0, len(bins))
		for k := range bins {
			keys = append(keys, k)
		}
		sort.Slice(keys, func(i, j int) bool { return keys[i] < keys[j] })
		for _, k := range keys {
			if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock($1)`, k); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `UPDATE stock SET qty = qty + 1 WHERE product = $1`, product)
		return err
	})
}

// Book runs the movements of a form by the database's own procedure and shows the level after each.
func (r *Repo) Book(ctx context.Context, product int64) ([]int, error) {
	var levels []int
	show := func() error {
		var n int
		if err := r.db.QueryRowContext(ctx, `SELECT coalesce(sum(qty), 0) FROM stock WHERE product = $1`, product).Scan(&n); err != nil {
			return err
		}
		levels = append(levels, n)
		return nil
	}
	move := func(qty int) error {
		_, err := r.db.ExecContext(ctx, `SELECT book_move($1, $2)`, product, qty)
		return err
	}
	if err := show(); err != nil {
		return nil, err
	}
	if err := move(+5); err != nil {
		return nil, err
	}
	if err := show(); err != nil {
		return nil, err
	}
	if err := move(-2); err != nil {
		return nil, err
	}
	if err := show(); err != nil {
		return nil, err
	}
	if err := move(+9); err != nil {
		return nil, err
	}
	return levels, show()
}
