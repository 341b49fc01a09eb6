package cms

const schema = `
CREATE TABLE authors (id TEXT PRIMARY KEY, name TEXT NOT NULL, bio TEXT NOT NULL);
CREATE TABLE pages (id TEXT PRIMARY KEY, parent_id TEXT, slug TEXT NOT NULL UNIQUE, title TEXT NOT NULL, author_id TEXT NOT NULL,
	status TEXT NOT NULL, published INTEGER NOT NULL);
CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE page_tags (page_id TEXT NOT NULL, tag_id INTEGER NOT NULL, PRIMARY KEY (page_id, tag_id));
CREATE TABLE blocks (page_id TEXT NOT NULL, position INTEGER NOT NULL, kind TEXT NOT NULL, ref TEXT NOT NULL, PRIMARY KEY (page_id, position));
CREATE TABLE images (id TEXT PRIMARY KEY, url TEXT NOT NULL);
CREATE TABLE quotes (id TEXT PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE translations (page_id TEXT NOT NULL, lang TEXT NOT NULL, title TEXT NOT NULL, PRIMARY KEY (page_id, lang));
CREATE TABLE revisions (id TEXT PRIMARY KEY, page_id TEXT NOT NULL, number INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE comments (id TEXT PRIMARY KEY, page_id TEXT NOT NULL, reply_to TEXT, body TEXT NOT NULL);
CREATE TABLE menu_entries (menu TEXT NOT NULL, position INTEGER NOT NULL, title TEXT NOT NULL, PRIMARY KEY (menu, position));
CREATE TABLE redirects (source TEXT PRIMARY KEY, target TEXT NOT NULL);

CREATE TABLE n (i INTEGER PRIMARY KEY);
WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 40) INSERT INTO n SELECT i FROM c;
CREATE TABLE u (i INTEGER PRIMARY KEY, id TEXT NOT NULL);
INSERT INTO u SELECT i, printf('%08x-0000-4000-8000-%012x', (i * 2654435761) % 4294967296, i * 7919) FROM n;

INSERT INTO authors SELECT id, 'Author ' || i, 'writes' FROM u WHERE i <= 9;
INSERT INTO pages SELECT u.id, CASE WHEN i > 3 THEN (SELECT id FROM u AS p WHERE p.i = u.i / 3) END, 'page-' || i, 'Page ' || i,
	(SELECT id FROM u AS a WHERE a.i = 1 + u.i % 9), CASE i % 5 WHEN 0 THEN 'draft' ELSE 'live' END, 1700000000 + i * 86400 FROM u WHERE i <= 25;
INSERT INTO tags SELECT 50 + i * 2, 'tag' || i FROM n WHERE i <= 12;
INSERT INTO page_tags SELECT p.id, t.id FROM pages p JOIN tags t ON (t.id + p.published / 86400) % 5 = 0;
INSERT INTO images SELECT id, '/img/' || i || '.png' FROM u WHERE i BETWEEN 1 AND 20;
INSERT INTO quotes SELECT id, 'Quote ' || i FROM u WHERE i BETWEEN 21 AND 40;
INSERT INTO blocks SELECT (SELECT id FROM u WHERE i = 1), n.i * 10, CASE WHEN n.i % 2 THEN 'image' ELSE 'quote' END,
	(SELECT id FROM u WHERE i = CASE WHEN n.i % 2 THEN 21 - n.i ELSE 20 + n.i END) FROM n WHERE n.i <= 14;
INSERT INTO translations SELECT p.id, l.lang, p.title || ' (' || l.lang || ')' FROM pages p JOIN (SELECT 'de' AS lang UNION ALL SELECT 'fr' UNION ALL SELECT 'pl') l;
INSERT INTO revisions SELECT u.id, (SELECT id FROM u WHERE i = 2), u.i, 'text ' || u.i FROM u WHERE i <= 20;
INSERT INTO comments SELECT u.id, (SELECT id FROM u WHERE i = 3), CASE WHEN i > 2 THEN (SELECT id FROM u AS p WHERE p.i = u.i / 2) END, 'comment ' || i FROM u WHERE i <= 15;
INSERT INTO menu_entries SELECT m.menu, n.i, m.menu || ' ' || n.i FROM n JOIN (SELECT 'top' AS menu UNION ALL SELECT 'side' UNION ALL SELECT 'foot') m WHERE n.i <= 5;
INSERT INTO redirects VALUES ('/a', '/b'), ('/b', '/c'), ('/c', '/d'), ('/d', '/e');
INSERT INTO pages SELECT id || 'x' || i, NULL, 'about' || CASE WHEN i > 1 THEN '-' || i ELSE '' END, 'About', id, 'draft', 0 FROM u WHERE i <= 5;
`
