-- The tables that postgresql.txt names.
CREATE TABLE authors (id bigint PRIMARY KEY, name text, country text);
CREATE TABLE posts (
	id bigint PRIMARY KEY, author_id bigint, title text, body text, kind text, tag text, tags text[], email text, uid uuid,
	n int, m int, x int, y int, a int, b int, score int, data jsonb, span tstzrange,
	at timestamptz, seen timestamptz, created_at timestamptz, updated_at timestamptz
);
CREATE TABLE comments (id bigint PRIMARY KEY, post_id bigint, author_id bigint, body text, kind text, score int, created_at timestamptz);
CREATE TABLE users (id bigint PRIMARY KEY, deleted_at timestamptz);
CREATE TABLE "Users" ("Name" text, "order" int, "userId" bigint);
CREATE TABLE "user" (id bigint);
CREATE TABLE u ("user" text, "order" int);
CREATE TABLE a (id bigint, x int, z int);
CREATE TABLE b (id bigint, y int);
CREATE SCHEMA s;
CREATE TABLE s.a (id bigint, x int, z int);
CREATE TABLE s (a int, b int, c int, x int);
CREATE TABLE t ("order" int, "Key" int, limit_ int);
CREATE TABLE docs (id bigint, title text, data jsonb, tags text[], m int[], body tsvector, place point);
CREATE TABLE jobs (id bigint, state text, at timestamptz, tries int);
CREATE TABLE nodes (id bigint, parent_id bigint, name text);
CREATE TABLE log (post_id bigint, why text);
CREATE TABLE stock (id bigint PRIMARY KEY, n int);
CREATE TABLE moves (id bigint, n int);
CREATE TABLE events (id bigint, at date, kind text, n int) PARTITION BY RANGE (at);
CREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE SEQUENCE seq;
CREATE FUNCTION f(bigint) RETURNS bigint LANGUAGE sql RETURN 1;
CREATE PROCEDURE refresh(int) LANGUAGE sql AS 'SELECT 1';
