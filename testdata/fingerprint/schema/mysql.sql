-- The tables that mysql.txt names.
CREATE TABLE authors (id bigint PRIMARY KEY, name varchar(80), country varchar(80));
CREATE TABLE posts (
	id bigint PRIMARY KEY, author_id bigint, title varchar(200), body text, kind varchar(20), score int, n int, m int, x int, y int,
	a int, b int, c text, d text, e text, at datetime, created_at datetime, updated_at datetime, deleted_at datetime, `key` text,
	data json, INDEX i (kind), INDEX j (author_id), FULLTEXT (title)
);
CREATE TABLE comments (id bigint PRIMARY KEY, post_id bigint, author_id bigint, body text, kind varchar(20), score int);
CREATE TABLE users (id bigint PRIMARY KEY, userid bigint, name varchar(80), deleted_at datetime);
CREATE TABLE Users (Name varchar(80), `order` int, `my col` int, userId bigint);
CREATE TABLE docs (id bigint, data json, title text);
CREATE TABLE jobs (id bigint, state varchar(20), at datetime, tries int);
CREATE TABLE sessions (id bigint, `key` text, value text, expires_at datetime);
CREATE TABLE a (id bigint, x int, y int);
CREATE TABLE b (id bigint, x int, y int);
CREATE TABLE nodes (id bigint, parent_id bigint, name text);
CREATE TABLE archive (id bigint, title text);
CREATE TABLE stock (id bigint PRIMARY KEY, n int, at date);
CREATE TABLE counters (name varchar(80) PRIMARY KEY, value int);
CREATE TABLE events (id bigint, at int, n int) PARTITION BY RANGE (at) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (20));
CREATE TABLE 2024_sales (1st int, id bigint);
CREATE TABLE 2025_sales (1st int, id bigint);
CREATE PROCEDURE refresh(n int) SELECT n;
