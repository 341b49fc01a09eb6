package intake

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

const pgTables = `
CREATE TABLE suppliers (id bigint PRIMARY KEY, code text NOT NULL UNIQUE, name text NOT NULL);
CREATE TABLE items (id bigserial PRIMARY KEY, sku text NOT NULL UNIQUE, supplier_id bigint, cents int NOT NULL, stale boolean NOT NULL DEFAULT false);
CREATE TABLE contacts (remote_id uuid PRIMARY KEY, email text, etag text NOT NULL);
CREATE TABLE sync_state (name text PRIMARY KEY, cursor text NOT NULL);
CREATE TABLE outbox (id bigserial PRIMARY KEY, tenant text NOT NULL, topic text NOT NULL, body text NOT NULL, sent boolean NOT NULL DEFAULT false);
CREATE TABLE inbox (message_id uuid PRIMARY KEY);
CREATE TABLE import_settings (kind text PRIMARY KEY, delimiter text NOT NULL, strict boolean NOT NULL);
INSERT INTO suppliers SELECT 300 + n * 23, 'SUP' || n, 'Supplier ' || n FROM generate_series(1, 9) n;
INSERT INTO items (sku, supplier_id, cents, stale) SELECT 'OLD-' || n, CASE WHEN n % 4 = 0 THEN NULL ELSE 323 END, n * 10, n % 2 = 0 FROM generate_series(1, 20) n;
INSERT INTO contacts SELECT (lpad(to_hex(n * 7919), 8, '0') || '-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, CASE WHEN n % 3 = 0 THEN NULL ELSE 'c' || n || '@example.org' END, 'v' || (2 + n % 4) FROM generate_series(1, 19, 2) n;
INSERT INTO sync_state VALUES ('contacts', '');
INSERT INTO outbox (tenant, topic, body) SELECT 't' || (n % 3), 'orders', '{"n":' || n || '}' FROM generate_series(1, 25) n;
INSERT INTO import_settings VALUES ('items', ';', true);
`

const liteTables = `
CREATE TABLE suppliers (id integer PRIMARY KEY, code text NOT NULL UNIQUE, name text NOT NULL);
CREATE TABLE items (id integer PRIMARY KEY, sku text NOT NULL UNIQUE, supplier_id integer, cents integer NOT NULL, stale integer NOT NULL DEFAULT 0);
CREATE TABLE import_settings (kind text PRIMARY KEY, delimiter text NOT NULL, strict integer NOT NULL);
INSERT INTO suppliers VALUES (323, 'SUP1', 'One'), (346, 'SUP2', 'Two'), (369, 'SUP3', 'Three'), (392, 'SUP4', 'Four'), (415, 'SUP5', 'Five'), (438, 'SUP6', 'Six'), (461, 'SUP7', 'Seven'), (484, 'SUP8', 'Eight'), (507, 'SUP9', 'Nine');
INSERT INTO items (sku, supplier_id, cents, stale) VALUES ('OLD-1', 323, 10, 0), ('OLD-2', NULL, 20, 1), ('OLD-3', 346, 30, 1);
INSERT INTO import_settings VALUES ('items', ';', 1);
`

const feed = `sku;supplier;price
NEW-0031;SUP3;1210
NEW-0032;SUP1;99
NEW-0040;SUP2;450
NEW-0041;SUP5;75
NEW-0077;SUP8;3000
NEW-0078;SUP4;640
NEW-0102;SUP9;15
NEW-0110;SUP6;880
NEW-0111;SUP7;210
NEW-0300;SUP3;1000
NEW-0301;SUP1;55
NEW-0302;SUP2;610
`

type item struct {
	sku      string
	supplier int64
	cents    int
}

type contact struct {
	id, email, etag string
}

func remoteContacts(from, n int) []contact {
	out := make([]contact, n)
	for i := range out {
		k := from + i
		out[i] = contact{fmt.Sprintf("%08x-0000-4000-8000-%012x", k*7919, k), fmt.Sprintf("r%d@example.org", k), fmt.Sprint("v", 2+k%2)}
	}
	return out
}

func supplierID(ctx context.Context, db *sql.DB, code string) (id int64, err error) {
	err = db.QueryRowContext(ctx, `SELECT id FROM suppliers WHERE code = $1`, code).Scan(&id)
	return id, err
}

func supplierIDs(ctx context.Context, db *sql.DB) (map[string]int64, error) {
	rows, err := db.QueryContext(ctx, `SELECT code, id FROM suppliers`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]int64{}
	for rows.Next() {
		var code string
		var id int64
		if err := rows.Scan(&code, &id); err != nil {
			return nil, err
		}
		out[code] = id
	}
	return out, rows.Err()
}

type execer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

func insertItems(ctx context.Context, db execer, list []item) error {
	if len(list) == 0 {
		return nil
	}
	vals := make([]string, len(list))
	var args []any
	for i, it := range list {
		vals[i] = fmt.Sprintf("($%d, $%d, $%d)", 3*i+1, 3*i+2, 3*i+3)
		args = append(args, it.sku, it.supplier, it.cents)
	}
	_, err := db.ExecContext(ctx, `INSERT INTO items (sku, supplier_id, cents) VALUES `+strings.Join(vals, ", "), args...)
	return err
}
