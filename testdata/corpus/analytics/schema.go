package analytics

const schema = `
CREATE TABLE regions (code TEXT PRIMARY KEY, name TEXT NOT NULL, manager TEXT NOT NULL);
CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE sales (id INTEGER PRIMARY KEY, day TEXT NOT NULL, region TEXT NOT NULL, product_id INTEGER NOT NULL, cents INTEGER NOT NULL, currency TEXT NOT NULL);
CREATE TABLE targets (region TEXT NOT NULL, month INTEGER NOT NULL, cents INTEGER NOT NULL, PRIMARY KEY (region, month));
CREATE TABLE rates (day TEXT NOT NULL, currency TEXT NOT NULL, rate REAL NOT NULL, PRIMARY KEY (day, currency));
CREATE TABLE saved_reports (id TEXT PRIMARY KEY, title TEXT NOT NULL, query TEXT NOT NULL);
CREATE TABLE snapshots (taken TEXT NOT NULL, region TEXT NOT NULL, cents INTEGER NOT NULL, PRIMARY KEY (taken, region));

INSERT INTO regions VALUES ('NO', 'North', 'Ada'), ('SO', 'South', 'Bea'), ('EA', 'East', 'Cid'), ('WE', 'West', 'Dan'), ('CE', 'Centre', 'Eve'), ('IS', 'Islands', 'Fay');
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8)
INSERT INTO products SELECT 400 + i * 9, 'Product ' || i FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
INSERT INTO sales SELECT i, date('2024-01-01', '+' || (i * 7 % 40) || ' days'), substr('NOSOEAWECEIS', 1 + 2 * (i % 6), 2),
	400 + 9 * (1 + (i * i + i / 5) % 8), 1000 + i * 37, CASE i % 3 WHEN 0 THEN 'EUR' WHEN 1 THEN 'USD' ELSE 'GBP' END FROM n;
INSERT INTO targets SELECT code, m, 5000 + m * 100 FROM regions JOIN (SELECT 1 AS m UNION ALL SELECT 2 UNION ALL SELECT 3);
INSERT INTO rates SELECT DISTINCT day, c, 1.1 FROM sales JOIN (SELECT 'EUR' AS c UNION ALL SELECT 'USD' UNION ALL SELECT 'GBP');
INSERT INTO saved_reports VALUES
	('r-1', 'by region', 'SELECT region, sum(cents) FROM sales GROUP BY region'),
	('r-2', 'by product', 'SELECT name, sum(cents) FROM sales JOIN products ON products.id = product_id GROUP BY name'),
	('r-3', 'by currency', 'SELECT currency, sum(cents) FROM sales GROUP BY currency'),
	('r-4', 'targets', 'SELECT region, sum(cents) FROM targets GROUP BY region'),
	('r-5', 'by day', 'SELECT day, sum(cents) FROM sales GROUP BY day');
`
