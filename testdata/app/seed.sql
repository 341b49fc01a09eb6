INSERT INTO settings (name, value) VALUES
	('site_title', 'The Reading Room'),
	('date_layout', '2 January 2006');

-- 20 people; the thirteenth is suspended.
WITH given (id, name, city) AS (VALUES
	(1, 'Tove', 'Turku'), (2, 'Amir', 'Haifa'), (3, 'Wanda', 'Gdynia'), (4, 'Joao', 'Braga'),
	(5, 'Mei', 'Tainan'), (6, 'Bruno', 'Lugano'), (7, 'Sana', 'Lahore'), (8, 'Emil', 'Aarhus'),
	(9, 'Nadia', 'Tunis'), (10, 'Kofi', 'Kumasi'), (11, 'Lena', 'Graz'), (12, 'Ravi', 'Mysore'),
	(13, 'Otto', 'Kiel'), (14, 'Carla', 'Cusco'), (15, 'Yuki', 'Sendai'), (16, 'Petra', 'Brno'),
	(17, 'Hugo', 'Lyon'), (18, 'Zeynep', 'Izmir'), (19, 'Dana', 'Cork'), (20, 'Ivan', 'Varna'))
INSERT INTO people (id, name, email, phone, city, website, bio, suspended)
SELECT id, name, lower(name) || '@example.org', printf('555-%04d', id * 37), city,
	'https://' || lower(name) || '.example.org', name || ' lives in ' || city || ' and reads a lot.', id = 13
FROM given;

-- 15 categories in one tree.
INSERT INTO categories (id, parent_id, name) VALUES
	(1, NULL, 'Everything'),
	(2, 1, 'Fiction'), (3, 1, 'Science'), (4, 1, 'Craft'),
	(5, 2, 'Novels'), (6, 2, 'Poetry'), (7, 2, 'Drama'),
	(8, 3, 'Biology'), (9, 3, 'Computing'),
	(10, 4, 'Cooking'), (11, 4, 'Gardening'),
	(12, 9, 'Databases'), (13, 9, 'Languages'),
	(14, 12, 'Query planning'), (15, 12, 'Storage');

INSERT INTO tags (name) VALUES
	('essay'), ('howto'), ('news'), ('review'), ('opinion'), ('history'),
	('beginner'), ('deep-dive'), ('interview'), ('question'), ('series'), ('short');

-- 50 posts of about 4 KB. An author writes several, in no order; every sixth post is a draft.
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50)
INSERT INTO posts (id, author_id, category_id, title, body, status, created_at)
SELECT i, 1 + (i * i + i * 7 + i / 4) % 20, 2 + (i * 5) % 14,
	printf('%s no. %d', (SELECT name FROM categories WHERE id = 2 + (i * 5) % 14), i),
	replace(hex(zeroblob(60)), '00', 'One more plain sentence makes the text of this post long enough. '),
	CASE WHEN i % 6 = 0 THEN 'draft' ELSE 'published' END,
	datetime('2024-03-01 08:00:00', printf('+%d hours', i * 19))
FROM n;

-- 200 comments, 4 for each post.
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
INSERT INTO comments (id, post_id, author_id, body, likes)
SELECT i, 1 + (i * 17) % 50, 1 + (i * 13 + i / 7) % 20, printf('Remark no. %d', i), (i * 7) % 23
FROM n;

-- 120 pairs of a post and a tag.
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120)
INSERT INTO post_tags (post_id, tag_id)
SELECT 1 + i % 50, 1 + (i * 7 + i / 50) % 12
FROM n;

-- 60 jobs, 10 for each queue, the queues taking turns.
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 9),
	queues (name) AS (VALUES ('mail'), ('search'), ('digest'), ('export'), ('thumbnails'), ('cleanup'))
INSERT INTO jobs (queue, task, run_at)
SELECT name, printf('%s %d', name, i), datetime('2024-05-01 00:00:00', printf('+%d minutes', i * 11))
FROM n, queues ORDER BY i, name;

-- 3000 visits: the one big table.
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
INSERT INTO visits (id, post_id, seconds)
SELECT i, 1 + (i * 31) % 50, 5 + (i * 37) % 300
FROM n;
