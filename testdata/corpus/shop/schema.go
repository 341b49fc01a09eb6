package shop

const schema = `
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL UNIQUE, tier TEXT NOT NULL);
CREATE TABLE categories (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES categories, name TEXT NOT NULL);
CREATE TABLE products (id INTEGER PRIMARY KEY, category_id INTEGER NOT NULL REFERENCES categories, sku TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL, cents INTEGER NOT NULL, currency TEXT NOT NULL, stock INTEGER NOT NULL, shelf TEXT NOT NULL);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers, status TEXT NOT NULL, placed_at TEXT NOT NULL);
CREATE TABLE order_items (order_id INTEGER NOT NULL REFERENCES orders, product_id INTEGER NOT NULL REFERENCES products,
	qty INTEGER NOT NULL, cents INTEGER NOT NULL, PRIMARY KEY (order_id, product_id));
CREATE TABLE cart_items (customer_id INTEGER NOT NULL, product_id INTEGER NOT NULL, qty INTEGER NOT NULL, PRIMARY KEY (customer_id, product_id));
CREATE TABLE reviews (id INTEGER PRIMARY KEY, product_id INTEGER NOT NULL REFERENCES products, stars INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE coupons (code TEXT PRIMARY KEY, percent INTEGER NOT NULL, customer_id INTEGER NOT NULL);
CREATE TABLE currencies (code TEXT PRIMARY KEY, symbol TEXT NOT NULL);

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12)
INSERT INTO customers SELECT i * 7, 'Customer ' || i, 'c' || i || '@example.com', CASE i % 3 WHEN 0 THEN 'gold' ELSE 'basic' END FROM n;

INSERT INTO categories VALUES (1, NULL, 'All'), (2, 1, 'Garden'), (3, 1, 'Kitchen'), (4, 2, 'Tools'), (5, 2, 'Seeds'),
	(6, 3, 'Knives'), (7, 3, 'Pots'), (8, 4, 'Spades'), (9, 4, 'Rakes');

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30)
INSERT INTO products SELECT 100 + i * 3, 4 + i % 6, 'SKU-' || printf('%04d', i * 37), 'Product ' || i, 500 + i * 25,
	CASE i % 3 WHEN 0 THEN 'EUR' WHEN 1 THEN 'USD' ELSE 'SEK' END, i % 11, CASE i % 4 WHEN 0 THEN 'new' WHEN 1 THEN 'sale' WHEN 2 THEN 'top' ELSE 'rest' END FROM n;

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
INSERT INTO orders SELECT 9000 + i * 13, (1 + (i * 5) % 12) * 7, CASE i % 4 WHEN 0 THEN 'paid' WHEN 1 THEN 'sent' ELSE 'open' END,
	'2024-03-' || printf('%02d', i) FROM n;

INSERT INTO order_items SELECT o.id, p.id, 1 + p.id % 3, p.cents FROM orders o JOIN products p ON (p.id + o.id) % 11 = 0;
INSERT INTO cart_items SELECT 21, id, 1 + id % 2 FROM products WHERE id % 5 = 0;
INSERT INTO reviews SELECT NULL, p.id, 1 + (p.id + i) % 5, 'review' FROM products p
	JOIN (SELECT 1 AS i UNION ALL SELECT 2) WHERE p.id % 4 <> 0;
INSERT INTO settings VALUES ('vat_percent', '25'), ('free_shipping_over', '5000'), ('banner', 'Spring sale');
INSERT INTO coupons VALUES ('SPRING', 10, 7), ('SUMMER', 15, 7);
INSERT INTO currencies VALUES ('EUR', '€'), ('USD', '$'), ('SEK', 'kr');
`
