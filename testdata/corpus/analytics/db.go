package analytics

import (
	"context"
	"database/sql"
	"iter"
)

type scanner interface{ Scan(dest ...any) error }

// all reads a whole result.
func all[T any](ctx context.Context, db *sql.DB, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	var list []T
	for v, err := range each(ctx, db, scan, query, args...) {
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, nil
}

// each reads a result row by row.
func each[T any](ctx context.Context, db *sql.DB, scan func(scanner) (T, error), query string, args ...any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		rows, err := db.QueryContext(ctx, query, args...)
		if err != nil {
			yield(zero, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			v, err := scan(rows)
			if !yield(v, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(zero, err)
		}
	}
}

// one reads a single value.
func one[T any](ctx context.Context, db *sql.DB, query string, args ...any) (v T, err error) {
	err = db.QueryRowContext(ctx, query, args...).Scan(&v)
	return v, err
}

// enrich completes each item.
func enrich[T any](items []T, load func(*T) error) error {
	for i := range items { // want loop: n-plus-one
		if err := load(&items[i]); err != nil {
			return err
		}
	}
	return nil
}

type amount struct {
	Key   string
	Cents int64
}

func scanAmount(s scanner) (a amount, err error) { err = s.Scan(&a.Key, &a.Cents); return a, err }

type region struct {
	Code, Name, Manager string
	Cents               int64
}

func scanRegion(s scanner) (r region, err error) {
	err = s.Scan(&r.Code, &r.Name, &r.Manager)
	return r, err
}

const regionsQuery = `SELECT code, name, manager FROM regions ORDER BY name`

type sale struct {
	ID       int64
	Day      string
	Region   string
	Product  int64
	Cents    int64
	Currency string
}

func scanSale(s scanner) (v sale, err error) {
	err = s.Scan(&v.ID, &v.Day, &v.Region, &v.Product, &v.Cents, &v.Currency)
	return v, err
}

const salesQuery = `SELECT id, day, region, product_id, cents, currency FROM sales `
