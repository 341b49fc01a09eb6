package registry

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"strings"
)

var errNotFound = errors.New("not found")

// entity is a row that can say where it lives and how it is read.
type entity interface {
	table() string
	columns() string
	fields() []any
}

type ref[T any] interface {
	*T
	entity
}

// Repo reads rows of one table.
type Repo[T any, P ref[T]] struct{ db *sql.DB }

// Find returns the row of a key.
func Find[T any, P ref[T]](ctx context.Context, db *sql.DB, id string) (*T, error) {
	row := P(new(T))
	err := db.QueryRowContext(ctx, "SELECT "+row.columns()+" FROM "+row.table()+" WHERE id = $1", id).Scan(row.fields()...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("%s %s: %w", row.table(), id, errNotFound)
	}
	return (*T)(row), err
}

// Get returns the row of a key.
func (r Repo[T, P]) Get(ctx context.Context, id string) (*T, error) { return Find[T, P](ctx, r.db, id) }

// All iterates over the rows of the table in the order of their keys, from an open cursor.
func (r Repo[T, P]) All(ctx context.Context) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		p := P(new(T))
		rows, err := r.db.QueryContext(ctx, "SELECT "+p.columns()+" FROM "+p.table()+" ORDER BY id")
		if err != nil {
			yield(nil, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			row := P(new(T))
			err := rows.Scan(row.fields()...)
			if !yield((*T)(row), err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(nil, err)
		}
	}
}

// List returns the rows of a condition.
func (r Repo[T, P]) List(ctx context.Context, where string, args ...any) ([]*T, error) {
	p := P(new(T))
	rows, err := r.db.QueryContext(ctx, "SELECT "+p.columns()+" FROM "+p.table()+" WHERE "+where+" ORDER BY id", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []*T
	for rows.Next() {
		row := P(new(T))
		if err := rows.Scan(row.fields()...); err != nil {
			return nil, err
		}
		out = append(out, (*T)(row))
	}
	return out, rows.Err()
}

// Many returns the rows of many keys.
func (r Repo[T, P]) Many(ctx context.Context, ids []string) ([]*T, error) {
	marks := make([]string, len(ids))
	args := make([]any, len(ids))
	for i, id := range ids {
		marks[i], args[i] = fmt.Sprint("$", i+1), id
	}
	return r.List(ctx, "id IN ("+strings.Join(marks, ", ")+")", args...)
}

// Pages iterates over pages of rows; a page is read when the one before it was used.
func (r Repo[T, P]) Pages(ctx context.Context, size int, key func(*T) string) iter.Seq2[[]*T, error] {
	return func(yield func([]*T, error) bool) {
		for last := ""; ; {
			page, err := r.List(ctx, fmt.Sprintf("id IN (SELECT id FROM %s WHERE id > $1 ORDER BY id LIMIT %d)", P(new(T)).table(), size), last)
			if len(page) == 0 || !yield(page, err) || err != nil {
				return
			}
			last = key(page[len(page)-1])
		}
	}
}

// Getter is the part of Repo that services need.
type Getter[T any] interface {
	Get(ctx context.Context, id string) (*T, error)
}

// Counting is a Getter that counts its calls.
type Counting[T any] struct {
	Getter[T]
	Calls int
}

// Get counts, and asks the getter inside.
func (c *Counting[T]) Get(ctx context.Context, id string) (*T, error) {
	c.Calls++
	return c.Getter.Get(ctx, id)
}

// Filter passes on the elements that keep agrees to.
func Filter[T any](seq iter.Seq[T], keep func(T) bool) iter.Seq[T] {
	return func(yield func(T) bool) {
		for v := range seq { // also loop: n-plus-one
			if keep(v) && !yield(v) {
				return
			}
		}
	}
}
