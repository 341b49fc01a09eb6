package uses

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"
)

// ways are the ways that rows take from Scan to where they are counted.
func ways() []Case {
	fires, quiet := about("fetch-to-count")
	proven := func(name string, run runner) Case { return fires(name, run).at("proven") }
	return []Case{
		proven("a list of destinations that append makes", func(ctx context.Context, db *sql.DB) error {
			all, err := collect(ctx, db, `SELECT id, name, email FROM users`, func(rows *sql.Rows) (u user, err error) {
				dests := []any{&u.ID}
				dests = append(dests, &u.Name, &u.Email)
				return u, rows.Scan(dests...)
			})
			Out = len(all)
			return err
		}),
		proven("destinations that a method returns", func(ctx context.Context, db *sql.DB) error {
			all, err := collect(ctx, db, `SELECT id, name, email FROM users`, func(rows *sql.Rows) (u user, err error) {
				return u, rows.Scan(u.destinations()...)
			})
			Out = len(all)
			return err
		}),
		proven("a slice of values and one of their addresses", func(ctx context.Context, db *sql.DB) error {
			rows, err := db.QueryContext(ctx, `SELECT id, name, email FROM users`)
			if err != nil {
				return err
			}
			defer rows.Close()
			names, err := rows.Columns()
			if err != nil {
				return err
			}
			var all []map[string]any
			for rows.Next() {
				values, addresses := make([]any, len(names)), make([]any, len(names))
				for i := range values {
					addresses[i] = &values[i]
				}
				if err := rows.Scan(addresses...); err != nil {
					return err
				}
				record := map[string]any{}
				for i, name := range names {
					record[name] = values[i]
				}
				all = append(all, record)
			}
			Out = len(all)
			return rows.Err()
		}),
		quiet("a slice of values that are looked at by their addresses", func(ctx context.Context, db *sql.DB) error {
			rows, err := db.QueryContext(ctx, `SELECT id, name, email FROM users`)
			if err != nil {
				return err
			}
			defer rows.Close()
			var all []any
			n := 0
			for rows.Next() {
				addresses := make([]any, 3)
				for i := range addresses {
					addresses[i] = new(any)
				}
				if err := rows.Scan(addresses...); err != nil {
					return err
				}
				for _, a := range addresses {
					all = append(all, *a.(*any))
				}
				n++
			}
			Out = []any{n, all}
			return rows.Err()
		}),
		proven("eighteen variables", func(ctx context.Context, db *sql.DB) error {
			rows, err := db.QueryContext(ctx, `SELECT 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, id FROM users`)
			if err != nil {
				return err
			}
			defer rows.Close()
			n := 0
			for rows.Next() {
				var a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, r, s int
				if err := rows.Scan(&a, &b, &c, &d, &e, &f, &g, &h, &i, &j, &k, &l, &m, &o, &p, &q, &r, &s); err != nil {
					return err
				}
				n++
			}
			Out = n
			return rows.Err()
		}),
		proven("a row that cannot be read is logged and left out", func(ctx context.Context, db *sql.DB) error {
			rows, err := db.QueryContext(ctx, `SELECT id, name FROM users`)
			if err != nil {
				return err
			}
			defer rows.Close()
			var all []user
			for rows.Next() {
				var u user
				if err := rows.Scan(&u.ID, &u.Name); err != nil {
					slog.Error("cannot read a user", "err", err)
					continue
				}
				all = append(all, u)
			}
			Out = len(all)
			return rows.Err()
		}),
		proven("a function in a package variable", func(ctx context.Context, db *sql.DB) error {
			all, err := collect(ctx, db, `SELECT id, name FROM users`, readUser)
			Out = len(all)
			return err
		}),
		proven("a bound method", func(ctx context.Context, db *sql.DB) error {
			r := reader{prefix: "Mx "}
			all, err := collect(ctx, db, `SELECT id, name FROM users`, r.user)
			Out = len(all)
			return err
		}),
		proven("a method expression", func(ctx context.Context, db *sql.DB) error {
			all, err := collectBy(ctx, db, `SELECT id, name FROM users`, reader{}, reader.user)
			Out = len(all)
			return err
		}),
		proven("a function in a field of a query", func(ctx context.Context, db *sql.DB) error {
			q := query[user]{text: `SELECT id, name FROM users`, read: func(rows *sql.Rows) (u user, err error) { return u, rows.Scan(&u.ID, &u.Name) }}
			all, err := q.all(ctx, db)
			Out = len(all)
			return err
		}),
		proven("a generic method that gets pointers from a type parameter", func(ctx context.Context, db *sql.DB) error {
			all, err := find[user](ctx, db, `SELECT id, name, email FROM users`)
			Out = len(all)
			return err
		}),
		quiet("a generic method whose rows an encoder gets", func(ctx context.Context, db *sql.DB) error {
			all, err := find[user](ctx, db, `SELECT id, name, email FROM users`)
			if err != nil {
				return err
			}
			slog.Info("users", "n", len(all))
			return json.NewEncoder(io.Discard).Encode(all)
		}),
		proven("rows in slices within slices within maps", func(ctx context.Context, db *sql.DB) error {
			all, err := collect(ctx, db, `SELECT id, name FROM users`, readUser)
			if err != nil {
				return err
			}
			type shelf struct{ users [][]user }
			house := map[string][]shelf{"a": {{users: [][]user{all}}}}
			_ = house
			Out = len(all)
			return nil
		}),
		proven("a column that a function of the standard library converts", func(ctx context.Context, db *sql.DB) error {
			all, err := collect(ctx, db, `SELECT id, name FROM users`, func(rows *sql.Rows) (u user, err error) {
				var name string
				err = rows.Scan(&u.ID, &name)
				u.Name = strings.ReplaceAll(name, "_", " ")
				return u, err
			})
			Out = len(all)
			return err
		}),
		quiet("a converted column that is written", func(ctx context.Context, db *sql.DB) error {
			all, err := collect(ctx, db, `SELECT id, name FROM users`, readUser)
			if err != nil {
				return err
			}
			var b strings.Builder
			for _, u := range all {
				b.WriteString(strings.ToUpper(u.Name))
			}
			Out = fmt.Sprint(len(all), b.String())
			return nil
		}),
		quiet("a column whose conversion may fail, which is counted", func(ctx context.Context, db *sql.DB) error {
			all, err := collect(ctx, db, `SELECT id, email FROM users`, readUser)
			if err != nil {
				return err
			}
			wrong := 0
			for _, u := range all {
				if _, err := strconv.Atoi(u.Name); err != nil {
					wrong++
				}
			}
			Out = []int{len(all), wrong}
			return nil
		}),
		quiet("a number that is waited for", func(ctx context.Context, db *sql.DB) error {
			all, err := scalars[int64](ctx, db, `SELECT score FROM users LIMIT 30`)
			if err != nil {
				return err
			}
			for _, n := range all {
				time.Sleep(time.Duration(n))
			}
			Out = len(all)
			return nil
		}),
		proven("a field that is only filled if a column is not NULL", func(ctx context.Context, db *sql.DB) error {
			all, err := collect(ctx, db, `SELECT id, nickname FROM users`, readNick)
			Out = len(all)
			return err
		}),
		quiet("such a field that is read", func(ctx context.Context, db *sql.DB) error {
			all, err := collect(ctx, db, `SELECT id, nickname FROM users`, readNick)
			if err != nil {
				return err
			}
			n := 0
			for _, u := range all {
				if u.nick != nil {
					n++
				}
			}
			Out = []int{len(all), n}
			return nil
		}),
		quiet("numbers that a generic query returns, and that are added up", func(ctx context.Context, db *sql.DB) error {
			all, err := scalars[int](ctx, db, `SELECT score FROM users`)
			if err != nil {
				return err
			}
			Out = []any{len(all), all[0] + 1}
			return nil
		}),
		quiet("rows in a sync.Map", func(ctx context.Context, db *sql.DB) error {
			all, err := collect(ctx, db, `SELECT id, name FROM users`, readUser)
			if err != nil {
				return err
			}
			known.Store("users", all)
			Out = len(all)
			return nil
		}),
		quiet("elements of another slice of the same type are computed from", func(ctx context.Context, db *sql.DB) error {
			all, err := (store{db}).posts(ctx)
			if err != nil {
				return err
			}
			out := make([]post, len(all))
			for i := range all {
				out[i].Views = all[i].Views + 1
			}
			Out = []any{out, len(all)}
			return nil
		}),
		quiet("a field of another value of the same type is computed from", func(ctx context.Context, db *sql.DB) error {
			all, err := (store{db}).posts(ctx)
			if err != nil {
				return err
			}
			var last post
			for _, p := range all {
				last.Views = p.Views * 2
			}
			Out = []any{last, len(all)}
			return nil
		}),
	}
}

// waysOfSums are accumulators that the loop moves.
func waysOfSums() []Case {
	_, quiet := about("aggregate-in-app")
	return []Case{
		quiet("a field of an element that moves with the loop", func(ctx context.Context, db *sql.DB) error {
			all, err := (store{db}).posts(ctx)
			if err != nil {
				return err
			}
			totals := make([]struct{ Total int }, len(all))
			for i, p := range all {
				totals[i].Total += p.Views
			}
			Out = totals
			return nil
		}),
		quiet("an element that moves with the loop", func(ctx context.Context, db *sql.DB) error {
			all, err := (store{db}).posts(ctx)
			if err != nil {
				return err
			}
			totals := make([]int, 7)
			for i, p := range all {
				totals[i%7] += p.Views
			}
			Out = totals
			return nil
		}),
		quiet("what a pointer points to that moves with the loop", func(ctx context.Context, db *sql.DB) error {
			all, err := (store{db}).posts(ctx)
			if err != nil {
				return err
			}
			type bucket struct {
				sum  int
				next *bucket
			}
			first := &bucket{}
			b := first
			for _, p := range all {
				b.sum += p.Views
				b.next = &bucket{}
				b = b.next
			}
			Out = first
			return nil
		}),
	}
}

var known sync.Map

var readUser = func(rows *sql.Rows) (u user, err error) { return u, rows.Scan(&u.ID, &u.Name) }

type nicked struct {
	id   int64
	nick *string
}

func readNick(rows *sql.Rows) (u nicked, err error) {
	var nick sql.NullString
	if err := rows.Scan(&u.id, &nick); err != nil {
		return u, err
	}
	if nick.Valid {
		u.nick = &nick.String
	}
	return u, nil
}

func scalars[T any](ctx context.Context, db *sql.DB, text string) ([]T, error) {
	return collect(ctx, db, text, func(rows *sql.Rows) (v T, err error) { return v, rows.Scan(&v) })
}

type reader struct{ prefix string }

func (r reader) user(rows *sql.Rows) (u user, err error) {
	err = rows.Scan(&u.ID, &u.Name)
	return u, err
}

func (u *user) destinations() []any { return []any{&u.ID, &u.Name, &u.Email} }

func collect[T any](ctx context.Context, db *sql.DB, text string, read func(*sql.Rows) (T, error)) ([]T, error) {
	return query[T]{text, read}.all(ctx, db)
}

func collectBy[R, T any](ctx context.Context, db *sql.DB, text string, by R, read func(R, *sql.Rows) (T, error)) ([]T, error) {
	return collect(ctx, db, text, func(rows *sql.Rows) (T, error) { return read(by, rows) })
}

type query[T any] struct {
	text string
	read func(*sql.Rows) (T, error)
}

func (q query[T]) all(ctx context.Context, db *sql.DB) ([]T, error) {
	rows, err := db.QueryContext(ctx, q.text)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		v, err := q.read(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

type scannable[T any] interface {
	*T
	destinations() []any
}

func find[T any, P scannable[T]](ctx context.Context, db *sql.DB, text string) ([]T, error) {
	rows, err := db.QueryContext(ctx, text)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		var v T
		if err := rows.Scan(P(&v).destinations()...); err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}
