CREATE TABLE users (
	id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, country TEXT NOT NULL, bio TEXT NOT NULL,
	score INTEGER NOT NULL, nickname TEXT
);
CREATE TABLE posts (
	id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL REFERENCES users (id), title TEXT NOT NULL, body TEXT NOT NULL,
	status TEXT NOT NULL, views INTEGER NOT NULL, price REAL NOT NULL, version INTEGER NOT NULL
);
CREATE TABLE comments (
	id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL REFERENCES posts (id), author_id INTEGER NOT NULL REFERENCES users (id),
	body TEXT NOT NULL, likes INTEGER NOT NULL
);
CREATE TABLE events (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, amount INTEGER NOT NULL);
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL, attempts INTEGER NOT NULL);

WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30)
INSERT INTO users SELECT i, 'user ' || i, 'user' || i || '@example.org', CASE WHEN i % 6 = 0 THEN 'NO' ELSE 'SE' END,
	replace(hex(zeroblob(30)), '00', 'Likes long walks and short texts. '), (i * 37) % 101, NULL FROM n;
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)
INSERT INTO posts SELECT i, 1 + (i * 7) % 30, 'Post no. ' || i, replace(hex(zeroblob(60)), '00', 'A sentence of the post. '),
	CASE WHEN i % 5 = 0 THEN 'draft' ELSE 'published' END, i * 3, i * 1.5, 1 FROM n;
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
INSERT INTO comments SELECT i, 1 + (i * 17) % 40, 1 + (i * 13) % 30, 'Remark no. ' || i, (i * 7) % 23 FROM n;
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)
INSERT INTO events SELECT i, CASE WHEN i % 3 = 0 THEN 'view' ELSE 'click' END, (i * 31) % 97 FROM n;
INSERT INTO settings VALUES ('theme', 'dark'), ('limit', '20'), ('beta', 'on');
INSERT INTO jobs VALUES (1, 'new', 0), (2, 'new', 2), (3, 'done', 1);
