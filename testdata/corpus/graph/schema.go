package graph

const schema = `
CREATE TABLE members (id TEXT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author_id TEXT NOT NULL, title TEXT NOT NULL, position INTEGER NOT NULL);
CREATE TABLE comments (id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL, author_id TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE likes (member_id TEXT NOT NULL, post_id INTEGER NOT NULL, PRIMARY KEY (member_id, post_id));
CREATE TABLE tags (post_id INTEGER NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (post_id, tag));
CREATE TABLE attachments (post_id INTEGER NOT NULL, kind TEXT NOT NULL, ref TEXT NOT NULL, PRIMARY KEY (post_id, kind, ref));
CREATE TABLE photos (id TEXT PRIMARY KEY, url TEXT NOT NULL);
CREATE TABLE videos (id TEXT PRIMARY KEY, url TEXT NOT NULL);
CREATE TABLE persisted (hash TEXT PRIMARY KEY, document TEXT NOT NULL);

CREATE TABLE n (i INTEGER PRIMARY KEY);
WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 50) INSERT INTO n SELECT i FROM c;
INSERT INTO members SELECT 'm_' || printf('%06x', i * 9176 + 77), 'Member ' || i FROM n WHERE i <= 11;
INSERT INTO posts SELECT 700 + i * 3, 'm_' || printf('%06x', (1 + i * 4 % 11) * 9176 + 77), 'Post ' || i, i FROM n WHERE i <= 18;
INSERT INTO comments SELECT i, 700 + (1 + i % 18) * 3, 'm_' || printf('%06x', (1 + i * i % 11) * 9176 + 77), 'Comment ' || i FROM n;
INSERT INTO likes SELECT m.id, p.id FROM members m JOIN posts p ON (p.id + length(m.id) + unicode(substr(m.id, 5))) % 4 = 0;
INSERT INTO photos SELECT 'ph' || i, '/p/' || i FROM n WHERE i <= 9;
INSERT INTO videos SELECT 'vi' || i, '/v/' || i FROM n WHERE i <= 9;
INSERT INTO attachments SELECT 703, 'photo', id FROM photos;
INSERT INTO attachments SELECT 703, 'video', id FROM videos WHERE id < 'vi6';
INSERT INTO persisted VALUES ('abc', 'posts');
`
