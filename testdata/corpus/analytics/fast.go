package analytics

import (
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"
)

func grouped(ctx context.Context, db *sql.DB, out io.Writer) error {
	for a, err := range each(ctx, db, scanAmount, `SELECT day, sum(cents) FROM sales GROUP BY day ORDER BY day`) {
		if err != nil {
			return err
		}
		fmt.Fprintln(out, a.Key, a.Cents)
	}
	return nil
}

// export streams all sales.
func export(ctx context.Context, db *sql.DB, out io.Writer) error {
	w := csv.NewWriter(out)
	for s, err := range each(ctx, db, scanSale, salesQuery+`ORDER BY id`) {
		if err != nil {
			return err
		}
		if err := w.Write([]string{strconv.FormatInt(s.ID, 10), s.Day, s.Region, strconv.FormatInt(s.Cents, 10)}); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// exportPaged reads a few sales at a time, by key.
func exportPaged(ctx context.Context, db *sql.DB, out io.Writer) error {
	last := int64(0)
	for {
		page, err := all(ctx, db, scanSale, salesQuery+`WHERE id > ? ORDER BY id LIMIT 9`, last)
		if err != nil {
			return err
		}
		if len(page) == 0 {
			return nil
		}
		for _, s := range page {
			fmt.Fprintln(out, s.ID, s.Day, s.Region, s.Product, s.Cents)
		}
		last = page[len(page)-1].ID
	}
}

const monthSum = `SELECT coalesce(sum(cents), 0) FROM sales WHERE CAST(strftime('%m', day) AS INTEGER) = ?`

// year is a line of twelve months.
func year(ctx context.Context, db *sql.DB) (months [12]int64, err error) {
	for m := 1; m <= 12; m++ {
		if months[m-1], err = one[int64](ctx, db, monthSum, m); err != nil {
			return months, err
		}
	}
	return months, nil
}

// week is a small chart of the last seven days.
func week(ctx context.Context, db *sql.DB, today time.Time) (days []int64, err error) {
	for i := range 7 {
		n, err := one[int64](ctx, db, daySum, today.AddDate(0, 0, -i).Format(time.DateOnly))
		if err != nil {
			return nil, err
		}
		days = append(days, n)
	}
	return days, nil
}

var quarters = [4][2]string{{"2024-01-01", "2024-03-31"}, {"2024-04-01", "2024-06-30"}, {"2024-07-01", "2024-09-30"}, {"2024-10-01", "2024-12-31"}}

func perQuarter(ctx context.Context, db *sql.DB, out io.Writer) error {
	for i, q := range quarters {
		n, err := one[int64](ctx, db, `SELECT coalesce(sum(cents), 0) FROM sales WHERE day BETWEEN ? AND ?`, q[0], q[1])
		if err != nil {
			return err
		}
		fmt.Fprintln(out, "Q", i+1, n)
	}
	return nil
}

// widgets are the boxes of the dashboard.
var widgets = map[string]string{
	"sales":    `SELECT count(*) FROM sales`,
	"turnover": `SELECT sum(cents) FROM sales`,
	"regions":  `SELECT count(DISTINCT region) FROM sales`,
	"products": `SELECT count(*) FROM products`,
	"best day": `SELECT max(cents) FROM sales`,
	"targets":  `SELECT sum(cents) FROM targets`,
}

func dashboard(ctx context.Context, db *sql.DB) (map[string]int64, error) {
	boxes := map[string]int64{}
	for name, query := range widgets {
		n, err := one[int64](ctx, db, query)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		boxes[name] = n
	}
	return boxes, nil
}

// dashboardAtOnce asks for all boxes at the same time.
func dashboardAtOnce(ctx context.Context, db *sql.DB) (map[string]int64, error) {
	boxes := map[string]int64{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	var failed error
	for name, query := range widgets {
		wg.Go(func() {
			n, err := one[int64](ctx, db, query)
			mu.Lock()
			defer mu.Unlock()
			boxes[name], failed = n, errors.Join(failed, err)
		})
	}
	wg.Wait()
	return boxes, failed
}

// namedPages reads sales in pages, and the products of each page together.
func namedPages(ctx context.Context, db *sql.DB, out io.Writer) error {
	for last := int64(0); ; {
		page, err := all(ctx, db, scanSale, salesQuery+`WHERE id > ? ORDER BY id LIMIT 11`, last)
		if err != nil || len(page) == 0 {
			return err
		}
		ids := make([]any, len(page))
		for i, s := range page {
			ids[i] = s.Product
		}
		names, err := all(ctx, db, func(s scanner) (n string, err error) { err = s.Scan(&n); return n, err },
			`SELECT name FROM products WHERE id IN (?`+strings.Repeat(`, ?`, len(ids)-1)+`)`, ids...)
		if err != nil {
			return err
		}
		fmt.Fprintln(out, page, names)
		last = page[len(page)-1].ID
	}
}

// compared puts two days next to each other.
func compared(ctx context.Context, db *sql.DB, day, before string) (string, error) {
	a, err := one[int64](ctx, db, daySum, day)
	if err != nil {
		return "", err
	}
	b, err := one[int64](ctx, db, daySum, before)
	return fmt.Sprintf("%d after %d", a, b), err
}

// running sums up over time with a window.
func running(ctx context.Context, db *sql.DB) ([]amount, error) {
	return all(ctx, db, scanAmount, `SELECT day, sum(sum(cents)) OVER (ORDER BY day) FROM sales GROUP BY day`)
}

// joined reads two results and matches them in memory.
func joined(ctx context.Context, db *sql.DB) ([]region, error) {
	regions, err := all(ctx, db, scanRegion, regionsQuery)
	if err != nil {
		return nil, err
	}
	sums, err := all(ctx, db, scanAmount, `SELECT region, sum(cents) FROM sales GROUP BY region`)
	if err != nil {
		return nil, err
	}
	byCode := map[string]int64{}
	for _, s := range sums {
		byCode[s.Key] = s.Cents
	}
	for i := range regions {
		regions[i].Cents = byCode[regions[i].Code]
	}
	return regions, nil
}

// saved runs the reports that users have written.
func saved(ctx context.Context, db *sql.DB, out io.Writer) error {
	type report struct{ id, title, query string }
	scan := func(s scanner) (r report, err error) { err = s.Scan(&r.id, &r.title, &r.query); return r, err }
	reports, err := all(ctx, db, scan, `SELECT id, title, query FROM saved_reports`)
	if err != nil {
		return err
	}
	for _, r := range reports {
		lines, err := all(ctx, db, scanAmount, r.query)
		if err != nil {
			return err
		}
		fmt.Fprintln(out, r.title, lines)
	}
	return nil
}

// percentiles are three points of a distribution.
func percentiles(ctx context.Context, db *sql.DB, out io.Writer) error {
	n, err := one[int64](ctx, db, `SELECT count(*) FROM sales`)
	if err != nil {
		return err
	}
	for _, p := range []int64{50, 75, 90, 99} {
		v, err := one[int64](ctx, db, `SELECT cents FROM sales ORDER BY cents LIMIT 1 OFFSET ?`, n*p/100)
		if err != nil {
			return err
		}
		fmt.Fprintln(out, p, v)
	}
	return nil
}

// describe lists tables with their columns.
func describe(ctx context.Context, db *sql.DB, out io.Writer) error {
	name := func(s scanner) (n string, err error) { err = s.Scan(&n); return n, err }
	tables, err := all(ctx, db, name, `SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`)
	if err != nil {
		return err
	}
	for _, table := range tables {
		columns, err := all(ctx, db, name, `SELECT name FROM pragma_table_info(?)`, table)
		if err != nil {
			return err
		}
		fmt.Fprintln(out, table, columns)
	}
	return nil
}
