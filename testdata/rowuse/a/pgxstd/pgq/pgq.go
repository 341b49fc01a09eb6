// Package pgq has helpers to run statements and scan rows.
package pgq

import (
	"context"
	"database/sql"
	"errors"
	"iter"

	"github.com/georgysavva/scany/v2/sqlscan"
)

// DB is a database or a transaction.
type DB interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

var ErrNone = errors.New("no such row")

// All returns the rows of a query.
func All[T any](ctx context.Context, db DB, query string, args ...any) ([]T, error) {
	var out []T
	if err := sqlscan.Select(ctx, db, &out, query, args...); err != nil {
		return nil, err
	}
	return out, nil
}

// One returns the only row of a query.
func One[T any](ctx context.Context, db DB, query string, args ...any) (v T, err error) {
	err = sqlscan.Get(ctx, db, &v, query, args...)
	if sqlscan.NotFound(err) {
		err = ErrNone
	}
	return v, err
}

// Exec runs a statement and returns the number of rows that it changed.
func Exec(ctx context.Context, db DB, query string, args ...any) (int64, error) {
	res, err := db.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// Each yields the rows of a query one by one.
func Each[T any](ctx context.Context, db DB, query string, args ...any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		rows, err := db.QueryContext(ctx, query, args...)
		if err != nil {
			yield(zero, err)
			return
		}
		defer rows.Close()
		rs := sqlscan.NewRowScanner(rows)
		for rows.Next() {
			var v T
			if err := rs.Scan(&v); err != nil {
				yield(zero, err)
				return
			}
			if !yield(v, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(zero, err)
		}
	}
}

// InTx runs f in a transaction.
func InTx(ctx context.Context, db *sql.DB, f func(tx *sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := f(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}
