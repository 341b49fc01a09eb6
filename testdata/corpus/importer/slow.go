package importer

import (
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
)

const insertPart = `INSERT INTO parts (sku, supplier_id, name, cents) VALUES (?, ?, ?, ?)`

// plain reads and writes in turns.
func plain(ctx context.Context, db *sql.DB, r io.Reader) error {
	in := csv.NewReader(r)
	for { // want loop: row-by-row-insert
		fields, err := in.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		cents, err := strconv.Atoi(fields[3])
		if err != nil {
			return err
		}
		if _, err := db.ExecContext(ctx, insertPart, fields[0], 31, fields[2], cents); err != nil {
			return err
		}
	}
}

// prepared is the way that many tutorials recommend.
func prepared(ctx context.Context, db *sql.DB, r io.Reader) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	stmt, err := tx.PrepareContext(ctx, insertPart)
	if err != nil {
		return err
	}
	defer stmt.Close()
	for rec, err := range records(r) { // want loop: row-by-row-insert
		if err != nil {
			return err
		}
		if _, err := stmt.ExecContext(ctx, rec.sku, 31, rec.name, rec.cents); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// preparedAgain prepares for each record what one statement could do for all.
func preparedAgain(ctx context.Context, db *sql.DB, r io.Reader) error {
	all, err := readAll(r)
	if err != nil {
		return err
	}
	for _, rec := range all { // want loop: row-by-row-insert prepare-in-loop
		stmt, err := db.PrepareContext(ctx, insertPart)
		if err != nil {
			return err
		}
		_, err = stmt.ExecContext(ctx, rec.sku, 62, rec.name, rec.cents)
		stmt.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

// committed commits each record, though the file is imported as a whole.
func committed(ctx context.Context, db *sql.DB, r io.Reader) error {
	all, err := readAll(r)
	if err != nil {
		return err
	}
	for _, rec := range all { // want loop: transaction-per-row
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, insertPart, rec.sku, 62, rec.name, rec.cents); err != nil {
			tx.Rollback()
			return err
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}

// calledBack inserts in a callback.
func calledBack(ctx context.Context, db *sql.DB, r io.Reader) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	err = forEach(r, func(rec record) error { // want loop: row-by-row-insert
		_, err := tx.ExecContext(ctx, insertPart, rec.sku, 93, rec.name, rec.cents)
		return err
	})
	if err != nil {
		return err
	}
	return tx.Commit()
}

// resolved looks the supplier of each record up before it stages all of them.
func resolved(ctx context.Context, db *sql.DB, r io.Reader) error {
	var ids []any
	for rec, err := range records(r) { // want loop: n-plus-one
		if err != nil {
			return err
		}
		var id int64
		if err := db.QueryRowContext(ctx, `SELECT id FROM suppliers WHERE code = ?`, rec.supplier).Scan(&id); err != nil {
			return fmt.Errorf("line %d: supplier %s: %w", rec.line, rec.supplier, err)
		}
		ids = append(ids, id)
	}
	_, err := db.ExecContext(ctx, `INSERT INTO imports (stage) VALUES (?)`, fmt.Sprint("resolved ", len(ids)))
	return err
}

// newPrices sets the price of each part.
func newPrices(db *sql.DB, r io.Reader) error {
	all, err := readAll(r)
	if err != nil {
		return err
	}
	for _, rec := range all { // want loop: row-by-row-update
		if _, err := db.Exec(`UPDATE parts SET cents = ? WHERE sku = ?`, rec.cents, rec.sku); err != nil {
			return err
		}
	}
	return nil
}

// dropped deletes what a supplier no longer sells.
func dropped(db *sql.DB, skus []string) error {
	for _, sku := range skus { // want loop: row-by-row-delete
		if _, err := db.Exec(fmt.Sprintf("DELETE FROM parts WHERE sku = '%s'", sku)); err != nil {
			return err
		}
	}
	return nil
}

type purchase struct {
	number, supplier string
	skus             []string
}

func purchases() []purchase {
	var list []purchase
	for i := range 5 {
		list = append(list, purchase{fmt.Sprintf("PO-%d", 70+i*3), "SUPA", []string{"OLD-001", "OLD-002", "OLD-003", "OLD-004"}})
	}
	return list
}

// orders inserts purchases with their lines.
func orders(ctx context.Context, db *sql.DB, list []purchase) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, p := range list { // want loop: row-by-row-insert
		res, err := tx.ExecContext(ctx, `INSERT INTO purchase_orders (number, supplier) VALUES (?, ?)`, p.number, p.supplier)
		if err != nil {
			return err
		}
		id, err := res.LastInsertId()
		if err != nil {
			return err
		}
		for n, sku := range p.skus { // want loop: row-by-row-insert
			_, err := tx.ExecContext(ctx, `INSERT INTO purchase_lines (order_id, line, sku, qty) VALUES (?, ?, ?, 1)`, id, n+1, sku)
			if err != nil {
				return err
			}
		}
	}
	return tx.Commit()
}

// singly calls what can insert many records with one at a time.
func singly(ctx context.Context, db *sql.DB, r io.Reader) error {
	for rec, err := range records(r) { // want loop: row-by-row-insert
		if err != nil {
			return err
		}
		if err := insertChunk(ctx, db, []record{rec}); err != nil {
			return err
		}
	}
	return nil
}

// cheap says whether a supplier has a part below a price. It leaves as soon as it knows.
func cheap(ctx context.Context, db *sql.DB, below int64) (string, error) {
	rows, err := db.QueryContext(ctx, `SELECT sku, cents FROM parts ORDER BY sku`) // want loop: rows-not-closed
	if err != nil {
		return "", err
	}
	for rows.Next() {
		var sku string
		var cents int64
		if err := rows.Scan(&sku, &cents); err != nil {
			return "", err
		}
		if cents < below {
			return sku, nil
		}
	}
	return "", rows.Err()
}
