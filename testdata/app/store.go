package app

import (
	"context"
	"database/sql"
	"strings"
)

// store is the data layer: every statement that more than one handler needs.
type store struct {
	db *sql.DB
}

// inTx runs f in one transaction, which is committed only if f returns no error.
func (s *store) inTx(ctx context.Context, f func(tx *sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// affected returns the number of rows that a statement has written.
func affected(result sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// list repeats a placeholder n times: "?, ?, ?" for an IN list, "(?, ?), (?, ?)" for rows of values.
func list(placeholder string, n int) string {
	return strings.TrimSuffix(strings.Repeat(placeholder+", ", n), ", ")
}

// args turns values of one type into the arguments of a statement.
func args[T any](values []T) []any {
	all := make([]any, len(values))
	for i, value := range values {
		all[i] = value
	}
	return all
}
