package worker

const schema = `
CREATE TABLE jobs (id TEXT PRIMARY KEY, kind TEXT NOT NULL, payload TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
	progress INTEGER NOT NULL DEFAULT 0, locked_by TEXT);
CREATE TABLE job_log (id INTEGER PRIMARY KEY, job_id TEXT NOT NULL, note TEXT NOT NULL);
CREATE TABLE outbox (id INTEGER PRIMARY KEY, topic TEXT NOT NULL, body TEXT NOT NULL, sent_at TEXT);
CREATE TABLE accounts (id INTEGER PRIMARY KEY, email TEXT NOT NULL, plan TEXT NOT NULL);
CREATE TABLE webhooks (account_id INTEGER PRIMARY KEY, url TEXT NOT NULL);
CREATE TABLE invoices (id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, cents INTEGER NOT NULL, state TEXT NOT NULL, due TEXT NOT NULL);
CREATE TABLE emails (id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, subject TEXT NOT NULL, UNIQUE (account_id, subject));
CREATE TABLE flags (name TEXT PRIMARY KEY, enabled INTEGER NOT NULL);
CREATE TABLE locks (name TEXT PRIMARY KEY, owner TEXT NOT NULL);

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 24)
INSERT INTO jobs (id, kind, payload, state) SELECT printf('%08x-aaaa-4bbb-8ccc-%012x', i * 40503 % 65536 * 257, i), 'mail', '{"n":' || i || '}',
	CASE WHEN i <= 9 THEN 'ready' ELSE 'done' END FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12)
INSERT INTO outbox SELECT 300 + i * 2, 'orders', 'body ' || i, NULL FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 15)
INSERT INTO accounts SELECT i * 11, 'a' || i || '@example.com', CASE i % 2 WHEN 0 THEN 'pro' ELSE 'free' END FROM n;
INSERT INTO webhooks SELECT id, 'https://example.com/' || id FROM accounts;
INSERT INTO invoices SELECT NULL, a.id, 1000 + a.id, CASE WHEN a.id % 3 = 0 THEN 'paid' ELSE 'open' END, '2024-01-' || printf('%02d', a.id / 11) FROM accounts a;
INSERT INTO flags VALUES ('html_mail', 1), ('webhooks', 0);
INSERT INTO locks VALUES ('nightly', 'somebody else');
`
