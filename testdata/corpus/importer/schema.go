package importer

const schema = `
CREATE TABLE suppliers (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL);
CREATE TABLE parts (sku TEXT PRIMARY KEY, supplier_id INTEGER NOT NULL, name TEXT NOT NULL, cents INTEGER NOT NULL);
CREATE TABLE stock (sku TEXT NOT NULL, warehouse TEXT NOT NULL, qty INTEGER NOT NULL, PRIMARY KEY (sku, warehouse));
CREATE TABLE staging (line INTEGER PRIMARY KEY, sku TEXT NOT NULL, supplier TEXT NOT NULL, name TEXT NOT NULL, cents INTEGER NOT NULL);
CREATE TABLE rejects (line INTEGER PRIMARY KEY, reason TEXT NOT NULL);
CREATE TABLE imports (id INTEGER PRIMARY KEY, stage TEXT NOT NULL, at TEXT NOT NULL DEFAULT (datetime('now')));
CREATE TABLE purchase_orders (id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, supplier TEXT NOT NULL);
CREATE TABLE purchase_lines (order_id INTEGER NOT NULL, line INTEGER NOT NULL, sku TEXT NOT NULL, qty INTEGER NOT NULL, PRIMARY KEY (order_id, line));
CREATE TABLE schema_versions (version INTEGER PRIMARY KEY);

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9)
INSERT INTO suppliers SELECT i * 31, 'SUP' || char(64 + i), 'Supplier ' || i FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)
INSERT INTO parts SELECT 'OLD-' || printf('%03d', i), 31 * (1 + i % 9), 'Part ' || i, 100 + i * 7 FROM n;
INSERT INTO stock SELECT sku, w, 5 FROM parts JOIN (SELECT 'north' AS w UNION ALL SELECT 'south');
`
