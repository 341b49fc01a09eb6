-- The tables that sqlite.txt names.
CREATE TABLE authors (id integer PRIMARY KEY, name text, country text);
CREATE TABLE posts (
	id integer PRIMARY KEY, author_id int, title text, body text, kind text, score int, n int, m int, a int, b int, x int, y int,
	at text, created_at text, data text
);
CREATE INDEX i ON posts (author_id);
CREATE TABLE comments (id integer PRIMARY KEY, post_id int, author_id int, body text, kind text, score int);
CREATE TABLE "My Table" ("my col" int, "order" int, "a""b" int);
CREATE TABLE docs (id integer PRIMARY KEY, title text, data text);
CREATE VIRTUAL TABLE pages USING fts4(title, body);
CREATE TABLE jobs (id integer PRIMARY KEY, state text, at text, tries int);
CREATE TABLE t (a int, b int, x int, y int, z int, id int, docs text);
CREATE TABLE u (a int, b int, x int, id int);
CREATE TABLE nodes (id integer PRIMARY KEY, parent_id int, name text);
CREATE TABLE old (id int, title text);
CREATE TABLE keys (id int);
CREATE TABLE log (post_id int, why text);
CREATE TABLE stock (id integer PRIMARY KEY, n int, at text);
CREATE TABLE settings (name text PRIMARY KEY, value text) WITHOUT ROWID;
