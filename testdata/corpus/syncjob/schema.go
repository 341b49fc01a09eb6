package syncjob

const schema = `
CREATE TABLE contacts (external_id TEXT PRIMARY KEY, email TEXT NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL, pushed INTEGER NOT NULL DEFAULT 0);
CREATE TABLE groups (external_id TEXT PRIMARY KEY, title TEXT NOT NULL);
CREATE TABLE group_members (group_id TEXT NOT NULL, contact_id TEXT NOT NULL, PRIMARY KEY (group_id, contact_id));
CREATE TABLE cursors (name TEXT PRIMARY KEY, position TEXT NOT NULL, version INTEGER NOT NULL DEFAULT 1);
CREATE TABLE config (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE push_log (contact_id TEXT NOT NULL, status INTEGER NOT NULL);

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
INSERT INTO contacts SELECT 'ext_' || printf('%05d', i * 617 % 10007), 'p' || i || '@example.com', 'Person ' || i, i % 4, i % 2 FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6)
INSERT INTO groups SELECT 'grp_' || char(96 + i) || i, 'Group ' || i FROM n;
INSERT INTO group_members SELECT g.external_id, c.external_id FROM groups g JOIN contacts c ON (unicode(substr(g.external_id, 5)) + c.version) % 3 = 0;
INSERT INTO cursors VALUES ('contacts', '', 1);
INSERT INTO config VALUES ('endpoint', 'https://example.com'), ('batch', '50'), ('region', 'eu'), ('token', 't'), ('mode', 'full');
`

const shardSchema = `
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE preferences (user_id INTEGER PRIMARY KEY, language TEXT NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 7) INSERT INTO users SELECT i * 19, 'User ' || i FROM n;
INSERT INTO preferences SELECT id, 'en' FROM users;
`
