package uses

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"iter"
)

type visit struct {
	ID     int64  `json:"id"`
	Kind   string `json:"kind"`
	Amount int    `json:"amount"`
}

func huge() []Case {
	fires, quiet := about("unbounded-result")
	suspect := func(name string, run runner) Case { return fires(name, run).at("suspect") }
	return []Case{
		suspect("a table in a slice", func(ctx context.Context, db *sql.DB) error {
			all, err := visits(ctx, db, `SELECT id, kind, amount FROM events`)
			Out = fmt.Sprint(all)
			return err
		}),
		suspect("a table in JSON", func(ctx context.Context, db *sql.DB) error {
			all, err := visits(ctx, db, `SELECT id, kind, amount FROM events ORDER BY id`)
			if err != nil {
				return err
			}
			return json.NewEncoder(io.Discard).Encode(all)
		}),
		suspect("most of a table", func(ctx context.Context, db *sql.DB) error {
			all, err := visits(ctx, db, `SELECT id, kind, amount FROM events WHERE amount >= ?`, 10)
			Out = fmt.Sprint(all)
			return err
		}),
		suspect("a table in a map by key", func(ctx context.Context, db *sql.DB) error {
			rows, err := db.QueryContext(ctx, `SELECT id, amount FROM events`)
			if err != nil {
				return err
			}
			defer rows.Close()
			byID := map[int64]int{}
			for rows.Next() {
				var id int64
				var amount int
				if err := rows.Scan(&id, &amount); err != nil {
					return err
				}
				byID[id] = amount
			}
			Out = byID
			return rows.Err()
		}),
		suspect("all ids", func(ctx context.Context, db *sql.DB) error {
			all, err := store{db}.ids(ctx, `SELECT id FROM events`)
			Out = fmt.Sprint(all)
			return err
		}),
		suspect("a join of everything", func(ctx context.Context, db *sql.DB) error {
			all, err := store{db}.ids(ctx, `SELECT e.id FROM events e JOIN posts p ON p.id = e.amount OR p.id = 1`)
			Out = fmt.Sprint(all)
			return err
		}),

		quiet("an export that writes each row as it comes", func(ctx context.Context, db *sql.DB) error {
			rows, err := db.QueryContext(ctx, `SELECT id, kind, amount FROM events`)
			if err != nil {
				return err
			}
			defer rows.Close()
			out := json.NewEncoder(io.Discard)
			for rows.Next() {
				var v visit
				if err := rows.Scan(&v.ID, &v.Kind, &v.Amount); err != nil {
					return err
				}
				if err := out.Encode(v); err != nil {
					return err
				}
			}
			return rows.Err()
		}),
		quiet("a page", func(ctx context.Context, db *sql.DB) error {
			all, err := visits(ctx, db, `SELECT id, kind, amount FROM events ORDER BY id LIMIT 1200`)
			Out = fmt.Sprint(all)
			return err
		}),
		quiet("pages by key", func(ctx context.Context, db *sql.DB) error {
			for last := int64(0); ; {
				page, err := visits(ctx, db, `SELECT id, kind, amount FROM events WHERE id > ? ORDER BY id LIMIT ?`, last, 500)
				if err != nil || len(page) == 0 {
					return err
				}
				last = page[len(page)-1].ID
				Out = fmt.Sprint(page)
			}
		}),
		quiet("a list of a hundred", func(ctx context.Context, db *sql.DB) error {
			all, err := visits(ctx, db, `SELECT id, kind, amount FROM events WHERE id <= 100`)
			Out = fmt.Sprint(all)
			return err
		}),
		quiet("an iterator over the rows", func(ctx context.Context, db *sql.DB) error {
			for v, err := range stream(ctx, db) {
				if err != nil {
					return err
				}
				Out = fmt.Sprint(v.ID, v.Kind, v.Amount)
			}
			return nil
		}),
		quiet("a callback for each row", func(ctx context.Context, db *sql.DB) error {
			return eachEvent(ctx, db, func(v visit) error {
				_, err := fmt.Fprintln(io.Discard, v.ID, v.Kind, v.Amount)
				return err
			})
		}),
		quiet("lines of a file", func(ctx context.Context, db *sql.DB) error {
			rows, err := db.QueryContext(ctx, `SELECT id, kind FROM events`)
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				var id int64
				var kind string
				if err := rows.Scan(&id, &kind); err != nil {
					return err
				}
				if _, err := fmt.Fprintf(io.Discard, "%d;%s\n", id, kind); err != nil {
					return err
				}
			}
			return rows.Err()
		}),
		quiet("a number from the database", func(ctx context.Context, db *sql.DB) error {
			var n int
			err := db.QueryRowContext(ctx, `SELECT count(*) FROM events`).Scan(&n)
			Out = n
			return err
		}),
		quiet("groups from the database", func(ctx context.Context, db *sql.DB) error {
			all, err := store{db}.ids(ctx, `SELECT sum(amount) FROM events GROUP BY kind`)
			Out = fmt.Sprint(all)
			return err
		}),
		quiet("a result that is left early", func(ctx context.Context, db *sql.DB) error {
			rows, err := db.QueryContext(ctx, `SELECT id FROM events`)
			if err != nil {
				return err
			}
			defer rows.Close()
			for n := 0; n < 1100 && rows.Next(); n++ {
				var id int64
				if err := rows.Scan(&id); err != nil {
					return err
				}
				Out = id
			}
			return rows.Err()
		}),
	}
}

func visits(ctx context.Context, db *sql.DB, query string, args ...any) ([]visit, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []visit
	for rows.Next() {
		var v visit
		if err := rows.Scan(&v.ID, &v.Kind, &v.Amount); err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

func stream(ctx context.Context, db *sql.DB) iter.Seq2[visit, error] {
	return func(yield func(visit, error) bool) {
		rows, err := db.QueryContext(ctx, `SELECT id, kind, amount FROM events`)
		if err != nil {
			yield(visit{}, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			var v visit
			if err := rows.Scan(&v.ID, &v.Kind, &v.Amount); !yield(v, err) {
				return
			}
		}
	}
}

func eachEvent(ctx context.Context, db *sql.DB, do func(visit) error) error {
	rows, err := db.QueryContext(ctx, `SELECT id, kind, amount FROM events`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var v visit
		if err := rows.Scan(&v.ID, &v.Kind, &v.Amount); err != nil {
			return err
		}
		if err := do(v); err != nil {
			return err
		}
	}
	return rows.Err()
}
