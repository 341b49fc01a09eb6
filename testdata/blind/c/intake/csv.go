package intake

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

func openFeed() (*csv.Reader, error) {
	r := csv.NewReader(strings.NewReader(feed))
	r.Comma = ';'
	_, err := r.Read()
	return r, err
}

func importFeed(ctx context.Context, db *sql.DB) error {
	r, err := openFeed()
	if err != nil {
		return err
	}
	var list []item
	for { // want loop: n-plus-one
		rec, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		id, err := supplierID(ctx, db, rec[1])
		if err != nil {
			return fmt.Errorf("%s: %w", rec[0], err)
		}
		cents, err := strconv.Atoi(rec[2])
		if err != nil {
			return err
		}
		list = append(list, item{rec[0], id, cents})
	}
	return insertItems(ctx, db, list)
}

func importFeedByStatement(ctx context.Context, db *sql.DB) error {
	r, err := openFeed()
	if err != nil {
		return err
	}
	records, err := r.ReadAll()
	if err != nil {
		return err
	}
	ids, err := supplierIDs(ctx, db)
	if err != nil {
		return err
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for n, rec := range records { // want loop: row-by-row-insert
		if _, err := tx.Exec(`INSERT INTO items (sku, supplier_id, cents) VALUES ($1, $2, $3)`, rec[0], ids[rec[1]], rec[2]); err != nil {
			return fmt.Errorf("record %d: %w", n, err)
		}
	}
	return tx.Commit()
}

type itemWriter struct {
	ctx  context.Context
	db   execer
	buf  []item
	size int
}

func (w *itemWriter) Write(it item) error {
	if w.buf = append(w.buf, it); len(w.buf) < w.size {
		return nil
	}
	return w.Flush()
}

func (w *itemWriter) Flush() error {
	err := insertItems(w.ctx, w.db, w.buf)
	w.buf = w.buf[:0]
	return err
}

func importFeedBuffered(ctx context.Context, db *sql.DB) error {
	r, err := openFeed()
	if err != nil {
		return err
	}
	ids, err := supplierIDs(ctx, db)
	if err != nil {
		return err
	}
	w := &itemWriter{ctx: ctx, db: db, size: 3}
	for {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			return w.Flush()
		}
		if err != nil {
			return err
		}
		cents, _ := strconv.Atoi(rec[2])
		if err := w.Write(item{rec[0], ids[rec[1]], cents}); err != nil {
			return err
		}
	}
}

func settings(ctx context.Context, db *sql.DB, kind string) (delimiter string, strict bool, err error) {
	err = db.QueryRowContext(ctx, `SELECT delimiter, strict FROM import_settings WHERE kind = $1`, kind).Scan(&delimiter, &strict) // want loop: duplicate-query
	return delimiter, strict, err
}

func checkHeader(ctx context.Context, db *sql.DB) error {
	delimiter, _, err := settings(ctx, db, "items")
	if err == nil && !strings.Contains(feed, delimiter) {
		err = errors.New("wrong delimiter")
	}
	return err
}

func checkNames(ctx context.Context, db *sql.DB) error {
	_, strict, err := settings(ctx, db, "items")
	if err == nil && strict && strings.Contains(feed, "OLD") {
		err = errors.New("old item")
	}
	return err
}

func previewFeed(ctx context.Context, db *sql.DB) error {
	if err := checkHeader(ctx, db); err != nil {
		return err
	}
	if err := checkNames(ctx, db); err != nil {
		return err
	}
	delimiter, _, err := settings(ctx, db, "items")
	if err != nil {
		return err
	}
	_ = strings.Count(feed, delimiter)
	return nil
}

func addItem(ctx context.Context, db *sql.DB) error {
	code, name := "SUP77", "New supplier"
	id, err := supplierID(ctx, db, code)
	if errors.Is(err, sql.ErrNoRows) {
		if _, err = db.ExecContext(ctx, `INSERT INTO suppliers (id, code, name) VALUES ($1, $2, $3) ON CONFLICT (code) DO NOTHING`, 9001, code, name); err != nil {
			return err
		}
		id, err = supplierID(ctx, db, code)
	}
	if err != nil {
		return err
	}
	return insertItems(ctx, db, []item{{"ONE-1", id, 5}})
}

func repeatedImport(ctx context.Context, db *sql.DB) error {
	const tries = 4
	var err error
	for attempt := range tries {
		if err = tryImport(ctx, db, attempt); err == nil {
			return nil
		}
	}
	return fmt.Errorf("after %d tries: %w", tries, err)
}

func tryImport(ctx context.Context, db *sql.DB, attempt int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var n int
	if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM items WHERE stale = $1`, true).Scan(&n); err != nil {
		return err
	}
	if err := insertItems(ctx, tx, []item{{"TRY-1", 323, n}, {"TRY-2", 346, n}}); err != nil {
		return err
	}
	if attempt < 3 {
		return errors.New("could not serialize access")
	}
	return tx.Commit()
}

func checkList(ctx context.Context, db *sql.DB) error {
	sc := bufio.NewScanner(strings.NewReader("OLD-1\nOLD-7\nOLD-9\n\nOLD-12\nOLD-15\nNEW-2\nOLD-20\n"))
	unknown := 0
	for sc.Scan() { // want loop: n-plus-one
		sku := strings.TrimSpace(sc.Text())
		if sku == "" {
			continue
		}
		var known bool
		if err := db.QueryRow(`SELECT EXISTS (SELECT 1 FROM items WHERE sku = $1)`, sku).Scan(&known); err != nil {
			return err
		}
		if !known {
			unknown++
		}
	}
	return sc.Err()
}

var migrations = []string{
	`CREATE TABLE migrations (n integer PRIMARY KEY)`,
	`ALTER TABLE items ADD COLUMN colour text`,
	`ALTER TABLE items ADD COLUMN weight integer`,
	`UPDATE items SET colour = 'none'`,
	`CREATE INDEX items_colour ON items (colour)`,
}

func migrate(ctx context.Context, db *sql.DB) error {
	for n, stmt := range migrations {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		if _, err = tx.ExecContext(ctx, stmt); err == nil {
			_, err = tx.ExecContext(ctx, `INSERT INTO migrations (n) VALUES ($1)`, n)
		}
		if err != nil {
			return errors.Join(err, tx.Rollback())
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}
