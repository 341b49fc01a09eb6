package depot

const pgSchema = `
CREATE TABLE items (sku text PRIMARY KEY, title text NOT NULL, grams int NOT NULL, on_hand int NOT NULL);
CREATE TABLE orders (id bigserial PRIMARY KEY, customer text NOT NULL, status text NOT NULL, placed_at timestamptz NOT NULL, carrier text);
CREATE TABLE order_lines (id bigserial PRIMARY KEY, order_id bigint NOT NULL REFERENCES orders (id), sku text NOT NULL REFERENCES items (sku), qty int NOT NULL);
CREATE TABLE movements (id bigserial PRIMARY KEY, sku text NOT NULL, delta int NOT NULL, reason text NOT NULL);
CREATE TABLE settings (name text PRIMARY KEY, value text NOT NULL);
CREATE TABLE rates (carrier text, max_grams int, cents int NOT NULL, PRIMARY KEY (carrier, max_grams));
CREATE TABLE jobs (id bigserial PRIMARY KEY, order_id bigint NOT NULL, state text NOT NULL DEFAULT 'queued');
INSERT INTO items SELECT (ARRAY['BX', 'KT', 'LM', 'TR'])[1 + g % 4] || '-' || (g * 37 % 900 + 100) || '-' || chr(65 + g % 20), 'Item ' || g, 40 * g, g * 5 % 60 FROM generate_series(1, 40) g;
INSERT INTO orders (id, customer, status, placed_at, carrier)
 SELECT 70000 + g * g * 3, 'Customer ' || g % 9, CASE WHEN g % 5 = 0 THEN 'hold' ELSE 'open' END, timestamptz '2024-02-01 10:00+00' + g * interval '50 minutes', CASE WHEN g % 3 > 0 THEN 'DHL' END FROM generate_series(1, 16) g;
INSERT INTO order_lines (order_id, sku, qty)
 SELECT o.id, i.sku, 1 + o.id % 3 FROM orders o JOIN (SELECT sku, row_number() OVER (ORDER BY sku) n FROM items) i ON (o.id + i.n * 3) % 11 = 0;
INSERT INTO settings VALUES ('currency', 'EUR'), ('vat.standard', '19'), ('label.size', '100x150'), ('pick.zone', 'A'), ('gift.wrap', 'no');
INSERT INTO rates VALUES ('DPD', 500, 399), ('DHL', 1000, 449), ('GLS', 1500, 520), ('UPS', 5000, 990), ('DHL', 31500, 1699), ('UPS', 70000, 4900);
INSERT INTO jobs (order_id) SELECT id FROM orders WHERE status = 'open';
`

const liteSchema = `
CREATE TABLE items (sku text PRIMARY KEY, title text NOT NULL, grams integer NOT NULL, on_hand integer NOT NULL);
CREATE TABLE orders (id integer PRIMARY KEY, customer text NOT NULL, status text NOT NULL, placed_at datetime NOT NULL, carrier text);
CREATE TABLE order_lines (id integer PRIMARY KEY, order_id integer NOT NULL, sku text NOT NULL, qty integer NOT NULL);
CREATE TABLE movements (id integer PRIMARY KEY, sku text NOT NULL, delta integer NOT NULL, reason text NOT NULL);
CREATE TABLE settings (name text PRIMARY KEY, value text NOT NULL);
CREATE TABLE reservations (id integer PRIMARY KEY, sku text NOT NULL, basket text NOT NULL, expired boolean NOT NULL);
WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < 30)
 INSERT INTO items SELECT 'SKU' || (1000 + n * n), 'Item ' || n, 35 * n, n % 8 FROM g;
WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < 12)
 INSERT INTO orders SELECT n, 'Customer ' || n % 5, 'open', '2024-02-01 10:00:00+00:00', NULL FROM g;
INSERT INTO order_lines (order_id, sku, qty) SELECT o.id, i.sku, 1 + o.id % 3 FROM orders o, items i WHERE (o.id * 5 + i.rowid) % 9 = 0;
WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < 26)
 INSERT INTO reservations SELECT n * 11, 'SKU' || (1000 + (1 + n % 30) * (1 + n % 30)), 'basket-' || n % 6, n % 3 > 0 FROM g;
INSERT INTO settings VALUES ('currency', 'EUR'), ('vat.standard', '19'), ('label.size', '100x150'), ('pick.zone', 'A'), ('gift.wrap', 'no');
`
