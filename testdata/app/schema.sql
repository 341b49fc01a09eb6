CREATE TABLE people (
	id        INTEGER PRIMARY KEY,
	name      TEXT NOT NULL,
	email     TEXT NOT NULL,
	phone     TEXT NOT NULL,
	city      TEXT NOT NULL,
	website   TEXT NOT NULL,
	bio       TEXT NOT NULL,
	suspended BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE TABLE categories (
	id        INTEGER PRIMARY KEY,
	parent_id INTEGER REFERENCES categories (id),
	name      TEXT NOT NULL
);

CREATE TABLE posts (
	id          INTEGER PRIMARY KEY,
	author_id   INTEGER NOT NULL REFERENCES people (id),
	category_id INTEGER NOT NULL REFERENCES categories (id),
	title       TEXT NOT NULL,
	body        TEXT NOT NULL,
	status      TEXT NOT NULL,
	views       INTEGER NOT NULL DEFAULT 0,
	created_at  TIMESTAMP NOT NULL
);

CREATE TABLE comments (
	id        INTEGER PRIMARY KEY,
	post_id   INTEGER NOT NULL REFERENCES posts (id),
	author_id INTEGER NOT NULL REFERENCES people (id),
	body      TEXT NOT NULL,
	likes     INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE tags (
	id   INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE
);

CREATE TABLE post_tags (
	post_id INTEGER NOT NULL REFERENCES posts (id),
	tag_id  INTEGER NOT NULL REFERENCES tags (id),
	PRIMARY KEY (post_id, tag_id)
);

CREATE TABLE jobs (
	id     INTEGER PRIMARY KEY,
	queue  TEXT NOT NULL,
	task   TEXT NOT NULL,
	run_at TIMESTAMP NOT NULL
);

CREATE TABLE visits (
	id      INTEGER PRIMARY KEY,
	post_id INTEGER NOT NULL REFERENCES posts (id),
	seconds INTEGER NOT NULL
);

CREATE TABLE settings (
	id    INTEGER PRIMARY KEY,
	name  TEXT NOT NULL UNIQUE,
	value TEXT NOT NULL
);

CREATE INDEX categories_parent ON categories (parent_id);
CREATE INDEX posts_author ON posts (author_id);
CREATE INDEX comments_post ON comments (post_id);
CREATE INDEX comments_author ON comments (author_id);
CREATE INDEX post_tags_tag ON post_tags (tag_id);
CREATE INDEX jobs_queue ON jobs (queue);
