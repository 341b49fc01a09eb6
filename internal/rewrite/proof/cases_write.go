package proof

import (
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// Writes are loops that write.
var Writes = []Case{
	{
		Name: "insert rows", Parent: newPosts, With: inWrite, Shape: rewrite.Rows,
		Loop:  "INSERT INTO posts (id, title, kind) VALUES (?, upper(?), 'note')",
		Want:  "INSERT INTO posts (id, title, kind) VALUES (?, upper(?), ?), (?, upper(?), ?), …",
		Wants: on(pg, "INSERT INTO posts (id, title, kind) VALUES ($1, upper($2), $3), ($4, upper($5), $6), …"),
	},
	{
		Name: "insert and return", Parent: newPosts, With: inWrite, Shape: rewrite.Rows,
		Loop:  "INSERT INTO posts (id, title) VALUES (?, ?) RETURNING id, title",
		Want:  "INSERT INTO posts (id, title) VALUES (?, ?), (?, ?), … RETURNING id, title",
		Wants: on(pg, "INSERT INTO posts (id, title) VALUES ($1, $2), ($3, $4), … RETURNING id, title"),
	},
	{
		Name: "insert or update", Parent: "SELECT id + 6, title FROM posts", With: inWrite, Shape: rewrite.Rows, Only: []fingerprint.Dialect{pg, lite},
		Loop:  "INSERT INTO posts (id, title) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET title = excluded.title, n = posts.n + 1",
		Want:  "INSERT INTO posts (id, title) VALUES (?, ?), (?, ?), … ON CONFLICT (id) DO UPDATE SET title = excluded.title, n = posts.n + ?",
		Wants: on(pg, "INSERT INTO posts (id, title) VALUES ($1, $2), ($3, $4), … ON CONFLICT (id) DO UPDATE SET title = excluded.title, n = posts.n + $5"),
	},
	{
		Name: "insert or update, MySQL", Parent: "SELECT id + 6, title FROM posts", With: inWrite, Shape: rewrite.Rows, Only: []fingerprint.Dialect{my},
		Loop: "INSERT INTO posts (id, title) VALUES (?, ?) ON DUPLICATE KEY UPDATE title = VALUES(title), n = n + 1",
		Want: "INSERT INTO posts (id, title) VALUES (?, ?), (?, ?), … ON DUPLICATE KEY UPDATE title = VALUES (title), n = n + ?",
	},
	{
		Name: "insert by SET", Parent: newPosts, With: inWrite, Shape: rewrite.Rows, Only: []fingerprint.Dialect{my},
		Loop: "INSERT INTO posts SET id = ?, title = concat(?, '!'), score = 5",
		Want: "INSERT INTO posts (id, title, score) VALUES (?, concat(?, ?), ?), (?, concat(?, ?), ?), …",
	},
	{
		Name: "replace", Parent: "SELECT id + 6, title FROM posts", With: inWrite, Shape: rewrite.Rows, Only: []fingerprint.Dialect{my, lite},
		Loop: "REPLACE INTO posts (id, title) VALUES (?, ?)",
		Want: "REPLACE INTO posts (id, title) VALUES (?, ?), (?, ?), …",
	},
	{
		Name: "insert what is selected", Parent: posts, With: inWrite, Shape: rewrite.List,
		Loop:  "INSERT INTO log (post_id, why, n) SELECT id, 'seen', score FROM posts WHERE id = ? AND kind <> 'note'",
		Want:  "INSERT INTO log (post_id, why, n) SELECT id, ?, score FROM posts WHERE id IN (?, ?, …) AND kind <> ?",
		Wants: on(pg, "INSERT INTO log (post_id, why, n) SELECT id, $1, score FROM posts WHERE id = ANY($2) AND kind <> $3"),
	},
	{
		Name: "delete by key", Parent: people, With: inWrite, Shape: rewrite.List,
		Loop:  "DELETE FROM posts WHERE author_id = ? AND kind = 'news'",
		Want:  "DELETE FROM posts WHERE author_id IN (?, ?, …) AND kind = ?",
		Wants: on(pg, "DELETE FROM posts WHERE author_id = ANY($1) AND kind = $2"),
	},
	{
		Name: "delete and return", Parent: people, With: inWrite, Shape: rewrite.List,
		Loop:  "DELETE FROM posts WHERE author_id = ? RETURNING id",
		Want:  "DELETE FROM posts WHERE author_id IN (?, ?, …) RETURNING id",
		Wants: on(pg, "DELETE FROM posts WHERE author_id = ANY($1) RETURNING id"),
	},
	{
		Name: "delete by a key of two columns", Parent: "SELECT post_id, name FROM tags WHERE weight > 5", With: inWrite, Shape: rewrite.List,
		Loop: "DELETE FROM tags WHERE post_id = ? AND name = ?",
		Want: "DELETE FROM tags WHERE (post_id, name) IN ((?, ?), (?, ?), …)",
		Wants: map[fingerprint.Dialect]string{
			pg:   "DELETE FROM tags WHERE (post_id, name) IN (($1, $2), ($3, $4), …)",
			lite: "DELETE FROM tags WHERE (post_id, name) IN (VALUES (?, ?), (?, ?), …)",
		},
	},
	{
		Name: "delete through a join", Parent: people, With: inWrite, Shape: rewrite.List, Only: []fingerprint.Dialect{my},
		Loop: "DELETE c FROM comments c JOIN posts p ON p.id = c.post_id WHERE p.author_id = ?",
		Want: "DELETE c FROM comments c JOIN posts p ON p.id = c.post_id WHERE p.author_id IN (?, ?, …)",
	},
	{
		Name: "delete using another table", Parent: people, With: inWrite, Shape: rewrite.List, Only: []fingerprint.Dialect{pg},
		Loop:  "DELETE FROM comments USING posts p WHERE p.id = comments.post_id AND p.author_id = ?",
		Wants: on(pg, "DELETE FROM comments USING posts p WHERE p.id = comments.post_id AND p.author_id = ANY($1)"),
	},
	{
		Name: "update all alike", Parent: people, With: inWrite, Shape: rewrite.List,
		Loop:  "UPDATE posts SET kind = 'old', score = 5 WHERE author_id = ? AND score > 3",
		Want:  "UPDATE posts SET kind = ?, score = ? WHERE author_id IN (?, ?, …) AND score > ?",
		Wants: on(pg, "UPDATE posts SET kind = $1, score = $2 WHERE author_id = ANY($3) AND score > $4"),
	},
	{
		Name: "count up", Parent: posts, With: inWrite, Shape: rewrite.List,
		Loop:  "UPDATE posts SET n = n + 1 WHERE id = ?",
		Want:  "UPDATE posts SET n = n + ? WHERE id IN (?, ?, …)",
		Wants: on(pg, "UPDATE posts SET n = n + $1 WHERE id = ANY($2)"),
	},
	{
		Name: "update each with its own value", Parent: "SELECT score, id FROM posts", With: inWrite, Shape: rewrite.Case, Only: []fingerprint.Dialect{my, lite},
		Loop: "UPDATE posts SET n = ?, kind = 'new' WHERE id = ? AND score > 3",
		Want: "UPDATE posts SET n = CASE id WHEN ? THEN ? WHEN ? THEN ? … ELSE n END, kind = ? WHERE id IN (?, ?, …) AND score > ?",
	},
	{
		Name: "update each with its own value, PostgreSQL", Parent: "SELECT score, id FROM posts", With: inWrite, Shape: rewrite.Values, Only: []fingerprint.Dialect{pg},
		Loop:  "UPDATE posts SET n = ?, kind = 'new' WHERE id = ? AND score > 3 RETURNING id",
		Wants: on(pg, "UPDATE posts SET n = new_n, kind = $1 FROM (VALUES ($2, $3), ($4, $5), …) AS new(key1, new_n) WHERE id = key1 AND score > $6 RETURNING id"),
	},
	{
		Name: "add to each its own value", Parent: "SELECT score, title, id FROM posts", With: inWrite, Shape: rewrite.Case, Only: []fingerprint.Dialect{my, lite},
		Loop: "UPDATE posts SET n = n + ?, title = ? WHERE id = ?",
		Want: "UPDATE posts SET n = n + CASE id WHEN ? THEN ? WHEN ? THEN ? … END, title = CASE id WHEN ? THEN ? WHEN ? THEN ? … ELSE title END WHERE id IN (?, ?, …)",
	},
	{
		Name: "add to each its own value, PostgreSQL", Parent: "SELECT score, title, id FROM posts", With: inWrite, Shape: rewrite.Values, Only: []fingerprint.Dialect{pg},
		Loop:  "UPDATE posts SET n = n + ?, title = ? WHERE id = ?",
		Wants: on(pg, "UPDATE posts SET n = n + new_n, title = new_title FROM (VALUES ($1, $2, $3), ($4, $5, $6), …) AS new(key1, new_n, new_title) WHERE id = key1"),
	},
	{
		Name: "update by a key of two columns", Parent: "SELECT weight + 100, post_id, name FROM tags", With: inWrite, Shape: rewrite.Case, Only: []fingerprint.Dialect{my, lite},
		Loop:  "UPDATE tags SET weight = ? WHERE post_id = ? AND name = ?",
		Want:  "UPDATE tags SET weight = CASE WHEN post_id = ? AND name = ? THEN ? WHEN post_id = ? AND name = ? THEN ? … ELSE weight END WHERE (post_id, name) IN ((?, ?), (?, ?), …)",
		Wants: on(lite, "UPDATE tags SET weight = CASE WHEN post_id = ? AND name = ? THEN ? WHEN post_id = ? AND name = ? THEN ? … ELSE weight END WHERE (post_id, name) IN (VALUES (?, ?), (?, ?), …)"),
	},
	{
		Name: "update by a key of two columns, PostgreSQL", Parent: "SELECT weight + 100, post_id, name FROM tags", With: inWrite, Shape: rewrite.Values, Only: []fingerprint.Dialect{pg},
		Loop:  "UPDATE tags SET weight = ? WHERE post_id = ? AND name = ?",
		Wants: on(pg, "UPDATE tags SET weight = new_weight FROM (VALUES ($1, $2, $3), ($4, $5, $6), …) AS new(key1, key2, new_weight) WHERE post_id = key1 AND name = key2"),
	},
	{
		Name: "update from another table, each with its own value", Parent: "SELECT score, id FROM posts", With: inWrite, Shape: rewrite.Case, Only: []fingerprint.Dialect{pg},
		Loop:  "UPDATE posts SET n = ? FROM people a WHERE a.id = posts.author_id AND posts.id = ? AND a.country = 'at'",
		Wants: on(pg, "UPDATE posts SET n = CASE posts.id WHEN $1 THEN $2 WHEN $3 THEN $4 … ELSE n END FROM people a WHERE a.id = posts.author_id AND posts.id = ANY($5) AND a.country = $6"),
	},

	{Name: "a key that changes", Parent: "SELECT id + 1000, id FROM posts", With: inWrite, Loop: "UPDATE posts SET id = ? WHERE id = ?", Refuse: "changes the key"},
	{Name: "a table that is read, too", Parent: posts, With: inWrite, Only: []fingerprint.Dialect{pg, lite}, Loop: "DELETE FROM posts WHERE id = ? AND NOT EXISTS (SELECT 1 FROM posts p WHERE p.n > posts.n)", Refuse: "reads the table"},
	{Name: "a copy of the table itself", Parent: posts, With: inWrite, Loop: "INSERT INTO posts (id) SELECT id + 1000 FROM posts WHERE id = ?", Refuse: "reads the table"},
	{Name: "a limit of each", Parent: people, With: inWrite, Only: []fingerprint.Dialect{my}, Loop: "DELETE FROM posts WHERE author_id = ? LIMIT 1", Refuse: "LIMIT"},
	{Name: "a range of each", Parent: "SELECT id, score FROM posts", With: inWrite, Loop: "DELETE FROM comments WHERE post_id = ? AND score < ?", Refuse: "more than the key"},
	{Name: "no key to delete by", Parent: people, With: inWrite, Loop: "DELETE FROM comments WHERE score < ?", Refuse: "more than the key"},
}

// Loads are inserts that PostgreSQL's COPY may take the place of.
var Loads = []Case{
	{Name: "copy", Parent: newPosts, Shape: rewrite.Copy, Loop: "INSERT INTO posts (id, title) VALUES (?, ?)", Want: "COPY posts (id, title) FROM STDIN"},
	{Name: "an expression", Loop: "INSERT INTO posts (id, title) VALUES (?, upper(?))", Refuse: "expressions"},
	{Name: "an upsert", Loop: "INSERT INTO posts (id, title) VALUES (?, ?) ON CONFLICT DO NOTHING", Refuse: "ON CONFLICT"},
}
