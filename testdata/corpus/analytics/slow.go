package analytics

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"iter"
	"time"
)

const daySum = `SELECT coalesce(sum(cents), 0) FROM sales WHERE day = ?`

// daily is what was sold on each day of a period.
func daily(ctx context.Context, db *sql.DB, from, to time.Time) (list []amount, err error) {
	for day := from; !day.After(to); day = day.AddDate(0, 0, 1) { // want loop: n-plus-one
		key := day.Format(time.DateOnly)
		cents, err := one[int64](ctx, db, daySum, key)
		if err != nil {
			return nil, err
		}
		list = append(list, amount{key, cents})
	}
	return list, nil
}

const regionSum = `SELECT coalesce(sum(cents), 0) FROM sales WHERE region = ?`

// perRegion sums while it reads the regions.
func perRegion(ctx context.Context, db *sql.DB, out io.Writer) error {
	for r, err := range each(ctx, db, scanRegion, regionsQuery) { // want loop: n-plus-one
		if err != nil {
			return err
		}
		cents, err := one[int64](ctx, db, regionSum, r.Code)
		if err != nil {
			return err
		}
		fmt.Fprintln(out, r.Name, cents)
	}
	return nil
}

// enriched sums through a generic helper.
func enriched(ctx context.Context, db *sql.DB) ([]region, error) {
	regions, err := all(ctx, db, scanRegion, regionsQuery)
	if err != nil {
		return nil, err
	}
	return regions, enrich(regions, func(r *region) (err error) { // want loop: n-plus-one
		r.Cents, err = one[int64](ctx, db, regionSum, r.Code)
		return err
	})
}

// byName goes over a map, whose order is never the same.
func byName(ctx context.Context, db *sql.DB) (map[string]int64, error) {
	regions, err := all(ctx, db, scanRegion, regionsQuery)
	if err != nil {
		return nil, err
	}
	codes := make(map[string]string, len(regions))
	for _, r := range regions {
		codes[r.Name] = r.Code
	}
	sums := make(map[string]int64, len(codes))
	for name, code := range codes { // want loop: n-plus-one
		if sums[name], err = one[int64](ctx, db, regionSum, code); err != nil {
			return nil, err
		}
	}
	return sums, nil
}

// matrix is a table of regions and products, a statement for each cell.
func matrix(ctx context.Context, db *sql.DB) (cells [][]int64, err error) {
	regions, err := all(ctx, db, scanRegion, regionsQuery)
	if err != nil {
		return nil, err
	}
	type product struct {
		id   int64
		name string
	}
	products, err := all(ctx, db, func(s scanner) (p product, err error) { err = s.Scan(&p.id, &p.name); return p, err }, `SELECT id, name FROM products`)
	if err != nil {
		return nil, err
	}
	for _, r := range regions { // want loop: n-plus-one
		row := make([]int64, len(products))
		for i, p := range products { // want loop: n-plus-one
			row[i], err = one[int64](ctx, db, `SELECT coalesce(sum(cents), 0) FROM sales WHERE region = ? AND product_id = ?`, r.Code, p.id)
			if err != nil {
				return nil, err
			}
		}
		cells = append(cells, row)
	}
	return cells, nil
}

// converted multiplies each sale by the rate of its day.
func converted(ctx context.Context, db *sql.DB) ([]float64, error) {
	sales, err := all(ctx, db, scanSale, salesQuery+`WHERE region <> 'IS' ORDER BY id LIMIT 25`)
	if err != nil {
		return nil, err
	}
	out := make([]float64, len(sales))
	for i, s := range sales { // want loop: n-plus-one
		if s.Currency == "EUR" {
			out[i] = float64(s.Cents)
			continue
		}
		rate, err := one[float64](ctx, db, `SELECT rate FROM rates WHERE day = ? AND currency = ?`, s.Day, s.Currency)
		if err != nil {
			return nil, err
		}
		out[i] = float64(s.Cents) * rate
	}
	return out, nil
}

// pulled takes regions out of an iterator one at a time.
func pulled(ctx context.Context, db *sql.DB, out io.Writer) error {
	next, stop := iter.Pull2(each(ctx, db, scanRegion, regionsQuery))
	defer stop()
	for { // want loop: n-plus-one
		r, err, ok := next()
		if !ok || err != nil {
			return err
		}
		cents, err := one[int64](ctx, db, regionSum, r.Code)
		if err != nil {
			return err
		}
		fmt.Fprintln(out, r.Name, cents)
	}
}

// againstTarget compares the months of regions with what was wanted of them.
func againstTarget(ctx context.Context, db *sql.DB, out io.Writer) error {
	type month struct {
		region string
		month  int
		cents  int64
	}
	scan := func(s scanner) (m month, err error) { err = s.Scan(&m.region, &m.month, &m.cents); return m, err }
	months, err := all(ctx, db, scan, `
		SELECT region, CAST(strftime('%m', day) AS INTEGER), sum(cents) FROM sales GROUP BY 1, 2 ORDER BY 1, 2`)
	if err != nil {
		return err
	}
	for _, m := range months { // want loop: n-plus-one
		want, err := one[int64](ctx, db, `SELECT cents FROM targets WHERE region = ? AND month = ?`, m.region, m.month)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%s %d: %d of %d\n", m.region, m.month, m.cents, want)
	}
	return nil
}

// named looks products up by a named argument, as they come along in the sales.
func named(ctx context.Context, db *sql.DB, out io.Writer) error {
	sales, err := all(ctx, db, scanSale, salesQuery+`WHERE cents > 2000 ORDER BY cents DESC LIMIT 10`)
	if err != nil {
		return err
	}
	for _, s := range sales { // want loop: n-plus-one
		name, err := one[string](ctx, db, `SELECT name FROM products WHERE id = :product`, sql.Named("product", s.Product))
		if err != nil {
			return err
		}
		fmt.Fprintln(out, s.Day, name, s.Cents)
	}
	return nil
}

// framed prints the total above and below, and counts it twice.
func framed(ctx context.Context, db *sql.DB, out io.Writer) error {
	if err := header(ctx, db, out); err != nil {
		return err
	}
	if err := grouped(ctx, db, out); err != nil {
		return err
	}
	return footer(ctx, db, out)
}

func total(ctx context.Context, db *sql.DB, from string) (int64, error) {
	return one[int64](ctx, db, `SELECT coalesce(sum(cents), 0) FROM sales WHERE day >= ?`, from)
}

func header(ctx context.Context, db *sql.DB, out io.Writer) error {
	n, err := total(ctx, db, "2024-01-01")
	fmt.Fprintln(out, "Total", n)
	return err
}

func footer(ctx context.Context, db *sql.DB, out io.Writer) error {
	n, err := total(ctx, db, "2024-01-01")
	fmt.Fprintln(out, "=====", n)
	return err
}

// snapshot keeps the sums of today.
func snapshot(ctx context.Context, db *sql.DB, taken string) error {
	sums, err := all(ctx, db, scanAmount, `SELECT region, sum(cents) FROM sales GROUP BY region`)
	if err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, s := range sums { // want loop: row-by-row-insert
		if _, err := tx.ExecContext(ctx, `INSERT INTO snapshots (taken, region, cents) VALUES (?, ?, ?)`, taken, s.Key, s.Cents); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// managers is an older report; its database handle has no context.
func managers(db *sql.DB, out io.Writer) error {
	rows, err := db.Query(`SELECT DISTINCT region FROM sales`)
	if err != nil {
		return err
	}
	defer rows.Close()
	var codes []string
	for rows.Next() {
		var code string
		if err := rows.Scan(&code); err != nil {
			return err
		}
		codes = append(codes, code)
	}
	stmt, err := db.Prepare(`SELECT manager FROM regions WHERE code = ?`)
	if err != nil {
		return err
	}
	defer stmt.Close()
	for _, code := range codes { // want loop: n-plus-one
		var name string
		if err := stmt.QueryRow(code).Scan(&name); err != nil {
			return err
		}
		fmt.Fprintln(out, code, name)
	}
	return rows.Err()
}
