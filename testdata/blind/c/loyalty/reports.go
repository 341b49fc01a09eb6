package loyalty

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

func turnover(ctx context.Context, db *sql.DB) error {
	list, err := members(ctx, db)
	if err != nil {
		return err
	}
	var report strings.Builder
	for _, m := range list { // want loop: n-plus-one
		var sum sql.NullInt64
		if err := db.QueryRowContext(ctx, "SELECT SUM(cents) FROM purchases WHERE member_id = ?", m.id).Scan(&sum); err != nil {
			return err
		}
		fmt.Fprintf(&report, "%s\t%d\n", m.name, sum.Int64)
	}
	return nil
}

func turnoverByStore(ctx context.Context, db *sql.DB) error {
	rows, err := db.QueryContext(ctx, "SELECT store_id, COUNT(*) FROM purchases GROUP BY store_id, member_id ORDER BY store_id")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var store, n int
		if err := rows.Scan(&store, &n); err != nil {
			return err
		}
	}
	return rows.Err()
}

func mailing(_ context.Context, db *sql.DB) error {
	rows, err := db.Query("SELECT id, name, interests FROM members WHERE interests IS NOT NULL ORDER BY id")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() { // want loop: n-plus-one
		var m member
		if err := rows.Scan(&m.id, &m.name, &m.interests); err != nil {
			return err
		}
		titles, err := offersFor(db, m.interests.String)
		if err != nil {
			return err
		}
		_ = strings.Join(titles, "; ")
	}
	return rows.Err()
}

func offersFor(db *sql.DB, interests string) ([]string, error) {
	first, _, _ := strings.Cut(interests, ",")
	rows, err := db.Query("SELECT title FROM offers WHERE FIND_IN_SET(?, tags)", first)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var t string
		if err := rows.Scan(&t); err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, rows.Err()
}

func winners(ctx context.Context, db *sql.DB) error {
	list, err := members(ctx, db)
	if err != nil {
		return err
	}
	ids := make([]string, 0, len(list))
	for _, m := range list {
		ids = append(ids, strconv.Itoa(m.id))
	}
	rows, err := db.QueryContext(ctx, "SELECT member_id, MAX(cents) FROM purchases WHERE FIND_IN_SET(member_id, ?) GROUP BY member_id", strings.Join(ids, ","))
	if err != nil {
		return err
	}
	defer rows.Close()
	best := map[int]int{}
	for rows.Next() {
		var id, cents int
		if err := rows.Scan(&id, &cents); err != nil {
			return err
		}
		best[id] = cents
	}
	return rows.Err()
}

func basket() []priceKey {
	var out []priceKey
	for i := range 13 {
		out = append(out, priceKey{1 + i%3, "SKU-" + strconv.Itoa(111+11*i)})
	}
	return out
}

type till struct{ db *sql.DB }

func (t *till) price(ctx context.Context, k priceKey) (cents int, err error) {
	err = t.db.QueryRowContext(ctx, "SELECT cents FROM prices WHERE store_id = ? AND sku = ?", k.store, k.sku).Scan(&cents)
	return cents, err
}

func checkout(ctx context.Context, db *sql.DB) error {
	t := &till{db}
	total := 0
	for _, k := range basket() { // want loop: n-plus-one
		cents, err := t.price(ctx, k)
		if err != nil {
			return fmt.Errorf("%v: %w", k, err)
		}
		total += cents
	}
	return nil
}

func quote(ctx context.Context, db *sql.DB) error {
	total := 0
	for part := range slices.Chunk(basket(), 5) {
		var args []any
		for _, k := range part {
			args = append(args, k.store, k.sku)
		}
		var cents int
		if err := db.QueryRowContext(ctx, "SELECT COALESCE(SUM(cents), 0) FROM prices WHERE (store_id, sku) IN ("+placeholders("(?, ?)", len(part))+")", args...).Scan(&cents); err != nil {
			return err
		}
		total += cents
	}
	return nil
}

func exportPrices(ctx context.Context, db *sql.DB) error {
	last := priceKey{}
	for {
		page, err := pricesAfter(ctx, db, last, 10)
		if err != nil || len(page) == 0 {
			return err
		}
		last = page[len(page)-1]
	}
}

func pricesAfter(ctx context.Context, db *sql.DB, k priceKey, limit int) ([]priceKey, error) {
	rows, err := db.QueryContext(ctx, "SELECT store_id, sku FROM prices WHERE (store_id, sku) > (?, ?) ORDER BY store_id, sku LIMIT ?", k.store, k.sku, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []priceKey
	for rows.Next() {
		var k priceKey
		if err := rows.Scan(&k.store, &k.sku); err != nil {
			return nil, err
		}
		out = append(out, k)
	}
	return out, rows.Err()
}

func quarters(ctx context.Context, db *sql.DB) error {
	type span struct{ name, from, to string }
	for _, q := range []span{{"Q1", "2025-01-01", "2025-03-31"}, {"Q2", "2025-04-01", "2025-06-30"}, {"Q3", "2025-07-01", "2025-09-30"}, {"Q4", "2025-10-01", "2025-12-31"}} {
		var n int
		if err := db.QueryRowContext(ctx, "SELECT COUNT(*) FROM purchases WHERE bought_on BETWEEN ? AND ?", q.from, q.to).Scan(&n); err != nil {
			return err
		}
	}
	return nil
}
