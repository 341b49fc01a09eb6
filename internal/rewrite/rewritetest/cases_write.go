package rewritetest

import (
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// Writes are loops that write.
var Writes = []Case{
	{
		Name: "insert rows", Parent: newPosts, With: write, Shape: rewrite.ShapeRows,
		Loop:  "INSERT INTO posts (id, title, kind) VALUES (?, upper(?), 'note')",
		Want:  "INSERT INTO posts (id, title, kind) VALUES (?, upper(?), ?), (?, upper(?), ?), …",
		Wants: on(pg, "INSERT INTO posts (id, title, kind) VALUES ($1, upper($2), $3), ($4, upper($5), $6), …"),
	},
	{
		Name: "insert and return", Parent: newPosts, With: write, Shape: rewrite.ShapeRows,
		Loop:  "INSERT INTO posts (id, title) VALUES (?, ?) RETURNING id, title",
		Want:  "INSERT INTO posts (id, title) VALUES (?, ?), (?, ?), … RETURNING id, title",
		Wants: on(pg, "INSERT INTO posts (id, title) VALUES ($1, $2), ($3, $4), … RETURNING id, title"),
	},
	{
		Name: "insert or update", Key: []int{0}, Upsert: true, Parent: "SELECT id + 6, title FROM posts", With: write, Shape: rewrite.ShapeRows, Only: only(pg, lite),
		Loop:  "INSERT INTO posts (id, title) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET title = excluded.title, n = posts.n + 1",
		Want:  "INSERT INTO posts (id, title) VALUES (?, ?), (?, ?), … ON CONFLICT (id) DO UPDATE SET title = excluded.title, n = posts.n + ?",
		Wants: on(pg, "INSERT INTO posts (id, title) VALUES ($1, $2), ($3, $4), … ON CONFLICT (id) DO UPDATE SET title = excluded.title, n = posts.n + $5"),
	},
	{
		Name: "insert or update, MySQL", Parent: "SELECT id + 6, title FROM posts", With: write, Shape: rewrite.ShapeRows, Only: only(my),
		Loop: "INSERT INTO posts (id, title) VALUES (?, ?) ON DUPLICATE KEY UPDATE title = VALUES(title), n = n + 1",
		Want: "INSERT INTO posts (id, title) VALUES (?, ?), (?, ?), … ON DUPLICATE KEY UPDATE title = VALUES (title), n = n + ?",
	},
	{
		Name: "insert by SET", Parent: newPosts, With: write, Shape: rewrite.ShapeRows, Only: only(my),
		Loop: "INSERT INTO posts SET id = ?, title = concat(?, '!'), score = 5",
		Want: "INSERT INTO posts (id, title, score) VALUES (?, concat(?, ?), ?), (?, concat(?, ?), ?), …",
	},
	{
		Name: "replace", Parent: "SELECT id + 6, title FROM posts", With: write, Shape: rewrite.ShapeRows, Only: only(my, lite),
		Loop: "REPLACE INTO posts (id, title) VALUES (?, ?)",
		Want: "REPLACE INTO posts (id, title) VALUES (?, ?), (?, ?), …",
	},
	{
		Name: "insert what is selected", Repeats: rewrite.RepeatsRefused, Parent: posts, With: write, Shape: rewrite.ShapeList,
		Loop:  "INSERT INTO log (post_id, why, n) SELECT id, 'seen', score FROM posts WHERE id = ? AND kind <> 'note'",
		Want:  "INSERT INTO log (post_id, why, n) SELECT id, ?, score FROM posts WHERE id IN (?, ?, …) AND kind <> ?",
		Wants: on(pg, "INSERT INTO log (post_id, why, n) SELECT id, $2, score FROM posts WHERE id = ANY($1) AND kind <> $3"),
	},
	{
		Name: "delete by key", Parent: people, With: write, Shape: rewrite.ShapeList,
		Loop:  "DELETE FROM posts WHERE author_id = ? AND kind = 'news'",
		Want:  "DELETE FROM posts WHERE author_id IN (?, ?, …) AND kind = ?",
		Wants: on(pg, "DELETE FROM posts WHERE author_id = ANY($1) AND kind = $2"),
	},
	{
		Name: "delete and return", Parent: people, With: write, Shape: rewrite.ShapeList,
		Loop:  "DELETE FROM posts WHERE author_id = ? RETURNING id",
		Want:  "DELETE FROM posts WHERE author_id IN (?, ?, …) RETURNING author_id, id",
		Wants: on(pg, "DELETE FROM posts WHERE author_id = ANY($1) RETURNING author_id, id"),
	},
	{
		Name: "delete by a key of two columns", Parent: "SELECT post_id, name FROM tags WHERE weight > 1", With: write, Shape: rewrite.ShapeList,
		Loop: "DELETE FROM tags WHERE post_id = ? AND name = ?",
		Want: "DELETE FROM tags WHERE (post_id, name) IN ((?, ?), (?, ?), …)",
		Wants: map[fingerprint.Dialect]string{
			pg:   "DELETE FROM tags WHERE (post_id, name) IN (($1, $2), ($3, $4), …)",
			lite: "DELETE FROM tags WHERE (post_id, name) IN (VALUES (?, ?), (?, ?), …)",
		},
	},
	{
		Name: "delete through a join", Parent: people, With: write, Shape: rewrite.ShapeList, Only: only(my),
		Loop: "DELETE c FROM comments c JOIN posts p ON p.id = c.post_id WHERE p.author_id = ?",
		Want: "DELETE c FROM comments c JOIN posts p ON p.id = c.post_id WHERE p.author_id IN (?, ?, …)",
	},
	{
		Name: "delete using another table", Parent: people, With: write, Shape: rewrite.ShapeList, Only: only(pg),
		Loop:  "DELETE FROM comments USING posts p WHERE p.id = comments.post_id AND p.author_id = ?",
		Wants: on(pg, "DELETE FROM comments USING posts p WHERE p.id = comments.post_id AND p.author_id = ANY($1)"),
	},
	{
		Name: "update all alike", Parent: people, With: write, Shape: rewrite.ShapeList,
		Loop:  "UPDATE posts SET kind = 'old', score = 5 WHERE author_id = ? AND score > 3",
		Want:  "UPDATE posts SET kind = ?, score = ? WHERE author_id IN (?, ?, …) AND score > ?",
		Wants: on(pg, "UPDATE posts SET kind = $2, score = $3 WHERE author_id = ANY($1) AND score > $4"),
	},
	{
		Name: "count up", Repeats: rewrite.RepeatsRefused, Parent: posts, With: write, Shape: rewrite.ShapeList,
		Loop:  "UPDATE posts SET n = n + 1 WHERE id = ?",
		Want:  "UPDATE posts SET n = n + ? WHERE id IN (?, ?, …)",
		Wants: on(pg, "UPDATE posts SET n = n + $2 WHERE id = ANY($1)"),
	},
	{
		Name: "update each with its own value", Repeats: rewrite.RepeatsLast, Parent: "SELECT score, id FROM posts", With: write, Shape: rewrite.ShapeCase, Only: only(my, lite),
		Loop: "UPDATE posts SET n = ?, kind = 'new' WHERE id = ? AND score > 3",
		Want: "UPDATE posts SET n = CASE id WHEN ? THEN ? WHEN ? THEN ? … ELSE n END, kind = ? WHERE id IN (?, ?, …) AND score > ?",
	},
	{
		Name: "update each with its own value, PostgreSQL", Repeats: rewrite.RepeatsLast, Parent: "SELECT score, id FROM posts", With: write, Shape: rewrite.ShapeValues, Only: only(pg),
		Loop:  "UPDATE posts SET n = ?, kind = 'new' WHERE id = ? AND score > 3 RETURNING id",
		Wants: on(pg, "UPDATE posts SET n = new_n, kind = $1 FROM (VALUES ($2, $3), ($4, $5), …) AS new(key1, new_n) WHERE id = key1 AND score > $6 RETURNING id"),
	},
	{
		Name: "add to each its own value", Repeats: rewrite.RepeatsRefused, Parent: "SELECT score, title, id FROM posts", With: write, Shape: rewrite.ShapeCase, Only: only(my, lite),
		Loop: "UPDATE posts SET n = n + ?, title = ? WHERE id = ?",
		Want: "UPDATE posts SET n = n + CASE id WHEN ? THEN ? WHEN ? THEN ? … END, title = CASE id WHEN ? THEN ? WHEN ? THEN ? … ELSE title END WHERE id IN (?, ?, …)",
	},
	{
		Name: "add to each its own value, PostgreSQL", Repeats: rewrite.RepeatsRefused, Parent: "SELECT score, title, id FROM posts", With: write, Shape: rewrite.ShapeValues, Only: only(pg),
		Loop:  "UPDATE posts SET n = n + ?, title = ? WHERE id = ?",
		Wants: on(pg, "UPDATE posts SET n = n + new_n, title = new_title FROM (VALUES ($1, $2, $3), ($4, $5, $6), …) AS new(key1, new_n, new_title) WHERE id = key1"),
	},
	{
		Name: "update by a key of two columns", Repeats: rewrite.RepeatsLast, Parent: "SELECT weight + 100, post_id, name FROM tags", With: write, Shape: rewrite.ShapeCase, Only: only(my, lite),
		Loop:  "UPDATE tags SET weight = ? WHERE post_id = ? AND name = ?",
		Want:  "UPDATE tags SET weight = CASE WHEN post_id = ? AND name = ? THEN ? WHEN post_id = ? AND name = ? THEN ? … ELSE weight END WHERE (post_id, name) IN ((?, ?), (?, ?), …)",
		Wants: on(lite, "UPDATE tags SET weight = CASE WHEN post_id = ? AND name = ? THEN ? WHEN post_id = ? AND name = ? THEN ? … ELSE weight END WHERE (post_id, name) IN (VALUES (?, ?), (?, ?), …)"),
	},
	{
		Name: "update by a key of two columns, PostgreSQL", Repeats: rewrite.RepeatsLast, Parent: "SELECT weight + 100, post_id, name FROM tags", With: write, Shape: rewrite.ShapeValues, Only: only(pg),
		Loop:  "UPDATE tags SET weight = ? WHERE post_id = ? AND name = ?",
		Wants: on(pg, "UPDATE tags SET weight = new_weight FROM (VALUES ($1, $2, $3), ($4, $5, $6), …) AS new(key1, key2, new_weight) WHERE post_id = key1 AND name = key2"),
	},
	{
		Name: "update from another table, each with its own value", Repeats: rewrite.RepeatsLast, Parent: "SELECT score, id FROM posts", With: write, Shape: rewrite.ShapeCase, Only: only(pg),
		Loop:  "UPDATE posts SET n = ? FROM people a WHERE a.id = posts.author_id AND posts.id = ? AND a.country = 'at'",
		Wants: on(pg, "UPDATE posts SET n = CASE posts.id WHEN $1 THEN $2 WHEN $3 THEN $4 … ELSE n END FROM people a WHERE a.id = posts.author_id AND posts.id = ANY($5) AND a.country = $6"),
	},

	{Name: "a key that changes", Parent: "SELECT id + 1000, id FROM posts", With: write, Loop: "UPDATE posts SET id = ? WHERE id = ?", Refuse: "changes the key"},
	{Name: "a table that is read, too", Parent: posts, With: write, Only: only(pg, lite), Loop: "DELETE FROM posts WHERE id = ? AND NOT EXISTS (SELECT 1 FROM posts p WHERE p.n > posts.n)", Refuse: "reads the table"},
	{Name: "a copy of the table itself", Parent: posts, With: write, Loop: "INSERT INTO posts (id) SELECT id + 1000 FROM posts WHERE id = ?", Refuse: "reads the table"},
	{Name: "a limit of each", Parent: people, With: write, Only: only(my), Loop: "DELETE FROM posts WHERE author_id = ? LIMIT 1", Refuse: "LIMIT"},
	{Name: "a range of each", Parent: "SELECT id, score FROM posts", With: write, Loop: "DELETE FROM comments WHERE post_id = ? AND score < ?", Refuse: "more than the key"},
	{Name: "no key to delete by", Parent: people, With: write, Loop: "DELETE FROM comments WHERE score < ?", Refuse: "more than the key"},
	{Name: "rows by an alias of the table", Parent: "SELECT id, score FROM posts", With: write, Only: only(pg), Loop: "UPDATE posts SET n = p.n + 1 FROM posts p WHERE p.id = posts.author_id AND posts.id = ? AND posts.score = ?", Refuse: "reads the table"},
	{Name: "a value in a subquery", Parent: "SELECT score, id FROM posts", With: write, Only: only(pg, lite), Loop: "UPDATE posts SET n = (SELECT count(*) FROM comments WHERE score = ?) WHERE id = ?", Refuse: "subquery"},
	{Name: "a conflict that gets the argument", Parent: newPosts, With: write, Only: only(pg, lite), Loop: "INSERT INTO posts (id, title) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET title = $2", Refuse: "conflict"},
	{Name: "one row, again and again", Parent: "SELECT id, score FROM posts", With: write, Loop: "UPDATE posts SET n = ? WHERE id = 7", Refuse: "no column is compared"},
	{Name: "a condition that was equal", Parent: "SELECT id, score FROM posts", With: write, Facts: equalTo(1), Loop: "DELETE FROM comments WHERE post_id = ? AND score < ?", Refuse: "was equal in this run"},
	{Name: "a key that was equal", Parent: "SELECT 5, id FROM posts", With: write, Facts: equalTo(0), Shape: rewrite.ShapeList,
		Loop: "DELETE FROM comments WHERE score = ? AND post_id = ?",
		Want: "DELETE FROM comments WHERE (score, post_id) IN ((?, ?), (?, ?), …)",
		Wants: map[fingerprint.Dialect]string{
			pg:   "DELETE FROM comments WHERE (score, post_id) IN (($1, $2), ($3, $4), …)",
			lite: "DELETE FROM comments WHERE (score, post_id) IN (VALUES (?, ?), (?, ?), …)",
		},
	},
	{Name: "a value that was equal", Parent: "SELECT 5, id FROM posts", With: write, Facts: equalTo(0), Shape: rewrite.ShapeCase, Only: only(my, lite), Repeats: rewrite.RepeatsLast,
		Loop: "UPDATE posts SET n = ? WHERE id = ?",
		Want: "UPDATE posts SET n = CASE id WHEN ? THEN ? WHEN ? THEN ? … ELSE n END WHERE id IN (?, ?, …)",
	},
	{Name: "a value that was equal, PostgreSQL", Parent: "SELECT 5, id FROM posts", With: write, Facts: equalTo(0), Shape: rewrite.ShapeValues, Only: only(pg), Repeats: rewrite.RepeatsLast,
		Loop:  "UPDATE posts SET n = ? WHERE id = ?",
		Wants: on(pg, "UPDATE posts SET n = new_n FROM (VALUES ($1, $2), ($3, $4), …) AS new(key1, new_n) WHERE id = key1"),
	},
	{Name: "the same key in every turn of the run", Parent: "SELECT score, 7 FROM posts", With: write, Facts: equalTo(1), Loop: "UPDATE posts SET n = n + ? WHERE id = ?", Refuse: "same rows"},
	{Name: "keys that occur twice, counted", Parent: posts, With: write, Facts: func(l *rewrite.Loop) { l.Repeats = true }, Loop: "UPDATE posts SET n = n + 1 WHERE id = ?", Refuse: "occurs in two turns"},
	{Name: "a list of keys that are deleted", Parent: people, With: write, Only: only(pg), Array: true, Shape: rewrite.ShapeList, Note: "takes a list already",
		Loop:  "DELETE FROM posts WHERE author_id = ANY(?)",
		Wants: on(pg, "DELETE FROM posts WHERE author_id = ANY($1)"),
	},
	{Name: "rows without a key", Parent: "SELECT id + 100, n FROM posts", With: write, Shape: rewrite.ShapeRows,
		Loop:  "INSERT INTO log (post_id, n) VALUES (?, ?)",
		Want:  "INSERT INTO log (post_id, n) VALUES (?, ?), (?, ?), …",
		Wants: on(pg, "INSERT INTO log (post_id, n) VALUES ($1, $2), ($3, $4), …"),
	},
	{Name: "one argument in two columns", Parent: newPosts, With: write, Only: only(pg, lite), Shape: rewrite.ShapeRows,
		Loop:  "INSERT INTO posts (id, title, kind, author_id) VALUES ($1, $2, 'note', $1)",
		Want:  "INSERT INTO posts (id, title, kind, author_id) VALUES (?1, ?2, ?3, ?1), (?4, ?5, ?6, ?4), …",
		Wants: on(pg, "INSERT INTO posts (id, title, kind, author_id) VALUES ($1, $2, $3, $1), ($4, $5, $6, $4), …"),
	},
	{Name: "an id that the code uses", Parent: newPosts, With: write, Only: only(my, lite), Facts: result(rewrite.Used), Loop: "INSERT INTO posts (id, title) VALUES (?, ?)", Refuse: "LastInsertId"},
	{Name: "an id that the code may use", Parent: newPosts, With: write, Only: only(my, lite), Shape: rewrite.ShapeRows, Note: "LastInsertId does not return the id of each row",
		Loop: "INSERT INTO posts (id, title) VALUES (?, ?)",
		Want: "INSERT INTO posts (id, title) VALUES (?, ?), (?, ?), …",
	},
	{Name: "a returned id that the code uses", Parent: newPosts, With: write, Facts: result(rewrite.Used), Only: only(pg, lite), Loop: "INSERT INTO posts (id, title) VALUES (?, ?) RETURNING n", Refuse: "no certain order"},
	{Name: "rows affected that the code uses", Parent: posts, With: write, Facts: result(rewrite.Used), Loop: "DELETE FROM posts WHERE id = ? AND score > 3", Refuse: "RowsAffected"},
	{Name: "the time of each row", Parent: newPosts, With: write, Shape: rewrite.ShapeRows, Only: only(pg), Note: "All rows get the same time from now.",
		Loop:  "INSERT INTO posts (id, title, n) VALUES (?, ?, CASE WHEN now() > date '2020-01-01' THEN 1 END)",
		Wants: on(pg, "INSERT INTO posts (id, title, n) VALUES ($1, $2, CASE WHEN now() > date '…' THEN $3 END), ($4, $5, CASE WHEN now() > date '…' THEN $6 END), …"),
	},
	{Name: "a function of the application's", Parent: newPosts, With: write, Loop: "INSERT INTO posts (id, title) VALUES (?, next_title(?))", Refuse: "next_title"},
	{Name: "the id of the row before", Parent: newPosts, With: write, Only: only(my), Loop: "INSERT INTO log (post_id, why) VALUES (last_insert_id() + ?, ?)", Refuse: "last_insert_id"},
	{Name: "values by a key of text, in any case", Parent: "SELECT id, upper(name) FROM labels ORDER BY id", With: write, Only: only(my, lite), Shape: rewrite.ShapeCase, Repeats: rewrite.RepeatsLast,
		Facts: textKey, Fold: true, Note: "it may ignore the case of text",
		Loop: "UPDATE labels SET n = ? WHERE name = ?",
		Want: "UPDATE labels SET n = CASE name WHEN ? THEN ? WHEN ? THEN ? … ELSE n END WHERE name IN (?, ?, …)",
	},
	{Name: "one value for each list", Parent: "SELECT score, id FROM posts", With: write, Only: only(pg), Loop: "UPDATE posts SET n = ? WHERE id = ANY(?)", Refuse: "list of keys"},
}

// result says whether the code uses the result of each statement.
func result(use rewrite.Use) func(*rewrite.Loop) {
	return func(l *rewrite.Loop) { l.Result = use }
}
