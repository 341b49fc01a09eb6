package importer

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"time"
)

func values(rows, columns int) string {
	row := "(?" + strings.Repeat(", ?", columns-1) + ")"
	return row + strings.Repeat(", "+row, rows-1)
}

// chunked inserts ten records a statement.
func chunked(ctx context.Context, db *sql.DB, r io.Reader) error {
	all, err := readAll(r)
	if err != nil {
		return err
	}
	for chunk := range slices.Chunk(all, 10) {
		if err := insertChunk(ctx, db, chunk); err != nil {
			return err
		}
	}
	return nil
}

func insertChunk(ctx context.Context, db *sql.DB, chunk []record) error {
	var args []any
	for _, rec := range chunk {
		args = append(args, rec.sku, 31, rec.name, rec.cents)
	}
	_, err := db.ExecContext(ctx, `INSERT INTO parts (sku, supplier_id, name, cents) VALUES `+values(len(chunk), 4), args...)
	return err
}

// upserted changes the parts that are there and adds the others.
func upserted(ctx context.Context, db *sql.DB, r io.Reader) error {
	return eachIn(ctx, db, r, func(tx *sql.Tx, rec record) error {
		res, err := tx.ExecContext(ctx, `UPDATE parts SET name = ?, cents = ? WHERE sku = ?`, rec.name, rec.cents, rec.sku)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n > 0 {
			return err
		}
		_, err = tx.ExecContext(ctx, insertPart, rec.sku, 31, rec.name, rec.cents)
		return err
	})
}

// eachIn runs fn for each record in one transaction.
func eachIn(ctx context.Context, db *sql.DB, r io.Reader, fn func(*sql.Tx, record) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for rec, err := range records(r) {
		if err != nil {
			return err
		}
		if err := fn(tx, rec); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// tolerant keeps what can be kept: a savepoint for each record, and a list of those that were refused.
func tolerant(ctx context.Context, db *sql.DB, r io.Reader) error {
	return eachIn(ctx, db, r, func(tx *sql.Tx, rec record) error {
		if _, err := tx.ExecContext(ctx, `SAVEPOINT record`); err != nil {
			return err
		}
		_, bad := tx.ExecContext(ctx, insertPart, rec.sku, 31, rec.name, rec.cents)
		if bad != nil {
			if _, err := tx.ExecContext(ctx, `ROLLBACK TO record`); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `INSERT INTO rejects (line, reason) VALUES (?, ?)`, rec.line, bad.Error()); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `RELEASE record`)
		return err
	})
}

// document hands all records over as one JSON document.
func document(ctx context.Context, db *sql.DB, r io.Reader) error {
	all, err := readAll(r)
	if err != nil {
		return err
	}
	list := make([][]any, len(all))
	for i, rec := range all {
		list[i] = []any{rec.sku, rec.name, rec.cents}
	}
	text, err := json.Marshal(list)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, `INSERT INTO parts (sku, supplier_id, name, cents)
		SELECT value ->> 0, 31, value ->> 1, value ->> 2 FROM json_each(?)`, string(text))
	return err
}

// staged copies the file into a table and lets the database find the suppliers.
func staged(ctx context.Context, db *sql.DB, r io.Reader) error {
	all, err := readAll(r)
	if err != nil {
		return err
	}
	var args []any
	for _, rec := range all {
		args = append(args, rec.line, rec.sku, rec.supplier, rec.name, rec.cents)
	}
	for _, step := range []struct {
		query string
		args  []any
	}{
		{`DELETE FROM staging`, nil},
		{`INSERT INTO staging (line, sku, supplier, name, cents) VALUES ` + values(len(all), 5), args},
		{`INSERT INTO parts SELECT g.sku, s.id, g.name, g.cents FROM staging g JOIN suppliers s ON s.code = g.supplier`, nil},
		{`INSERT INTO rejects SELECT line, 'unknown supplier' FROM staging WHERE supplier NOT IN (SELECT code FROM suppliers)`, nil},
	} {
		if _, err := db.ExecContext(ctx, step.query, step.args...); err != nil {
			return err
		}
	}
	return nil
}

// mapped loads all suppliers once and inserts with their ids.
func mapped(ctx context.Context, db *sql.DB, r io.Reader) error {
	rows, err := db.QueryContext(ctx, `SELECT code, id FROM suppliers`)
	if err != nil {
		return err
	}
	defer rows.Close()
	ids := map[string]int64{}
	for rows.Next() {
		var code string
		var id int64
		if err := rows.Scan(&code, &id); err != nil {
			return err
		}
		ids[code] = id
	}
	if err := rows.Err(); err != nil {
		return err
	}
	var args []any
	n := 0
	for rec, err := range records(r) {
		if err != nil {
			return err
		}
		args = append(args, rec.sku, ids[rec.supplier], rec.name, rec.cents)
		n++
	}
	_, err = db.ExecContext(ctx, `INSERT INTO parts (sku, supplier_id, name, cents) VALUES `+values(n, 4), args...)
	return err
}

// known says which skus exist, ten a statement.
func known(ctx context.Context, db *sql.DB, skus []string) (found []string, err error) {
	for chunk := range slices.Chunk(skus, 10) {
		args := make([]any, len(chunk))
		for i, sku := range chunk {
			args[i] = sku
		}
		rows, err := db.QueryContext(ctx, `SELECT sku FROM parts WHERE sku IN `+values(1, len(chunk)), args...)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var sku string
			if err := rows.Scan(&sku); err != nil {
				rows.Close()
				return nil, err
			}
			found = append(found, sku)
		}
		if err := rows.Close(); err != nil {
			return nil, err
		}
	}
	return found, nil
}

var migrations = []string{
	`CREATE TABLE warehouses (name TEXT PRIMARY KEY)`,
	`ALTER TABLE parts ADD COLUMN weight INTEGER`,
	`CREATE INDEX parts_supplier ON parts (supplier_id)`,
	`ALTER TABLE parts ADD COLUMN colour TEXT`,
	`CREATE TABLE returns (id INTEGER PRIMARY KEY, sku TEXT NOT NULL)`,
}

// migrate brings the schema up to date.
func migrate(ctx context.Context, db *sql.DB) error {
	for version, text := range migrations {
		var done bool
		if err := db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM schema_versions WHERE version = ?)`, version).Scan(&done); err != nil {
			return err
		}
		if done {
			continue
		}
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, text); err != nil {
			return errors.Join(err, tx.Rollback())
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO schema_versions (version) VALUES (?)`, version); err != nil {
			return errors.Join(err, tx.Rollback())
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}

// demo fills an empty installation.
func demo(ctx context.Context, db *sql.DB) error {
	for _, s := range []struct{ code, name string }{
		{"DEMO1", "Hammer and Sons"}, {"DEMO2", "Nails Ltd"}, {"DEMO3", "The Saw"}, {"DEMO4", "Planks"}, {"DEMO5", "Glue"}, {"DEMO6", "Paint"},
	} {
		if _, err := db.ExecContext(ctx, `INSERT INTO suppliers (code, name) VALUES (?, ?)`, s.code, s.name); err != nil {
			return err
		}
	}
	return nil
}

// stages writes down how far an import has come.
func stages(ctx context.Context, db *sql.DB, r io.Reader) error {
	if err := stage(ctx, db, "reading"); err != nil {
		return err
	}
	all, err := readAll(r)
	if err != nil {
		return err
	}
	if err := stage(ctx, db, "writing"); err != nil {
		return err
	}
	if err := insertChunk(ctx, db, all); err != nil {
		return err
	}
	if err := stage(ctx, db, "counting"); err != nil {
		return err
	}
	return stage(ctx, db, "done")
}

func stage(ctx context.Context, db *sql.DB, name string) error {
	_, err := db.ExecContext(ctx, `INSERT INTO imports (stage) VALUES (?)`, name)
	return err
}

// files imports several files, each in a transaction and by one statement.
func files(ctx context.Context, db *sql.DB, all []io.Reader) error {
	for _, r := range all {
		list, err := readAll(r)
		if err != nil {
			return err
		}
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		var args []any
		for _, rec := range list {
			args = append(args, rec.sku, 31, rec.name, rec.cents)
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO parts (sku, supplier_id, name, cents) VALUES `+values(len(list), 4), args...); err != nil {
			return errors.Join(err, tx.Rollback())
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}

// stubborn inserts one chunk, and again with the line left out that stood in its way.
func stubborn(ctx context.Context, db *sql.DB, r io.Reader) error {
	all, err := readAll(r)
	if err != nil {
		return err
	}
	for try := 0; try < 5; try++ {
		if err = insertChunk(ctx, db, all); err == nil {
			return nil
		}
		all = all[1:]
		time.Sleep(time.Millisecond)
	}
	return err
}

// first returns the first part of a supplier and closes its rows.
func first(ctx context.Context, db *sql.DB, supplier int) (sku string, err error) {
	rows, err := db.QueryContext(ctx, `SELECT sku FROM parts WHERE supplier_id = ? ORDER BY sku LIMIT 1`, supplier)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	if rows.Next() {
		err = rows.Scan(&sku)
	}
	return sku, err
}
