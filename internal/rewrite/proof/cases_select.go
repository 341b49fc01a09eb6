package proof

import (
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// Selects are loops that read.
var Selects = []Case{
	{
		Name: "children by key", Parent: people, With: inSelect, Shape: rewrite.List,
		Loop:  "SELECT id, title FROM posts WHERE author_id = ?",
		Want:  "SELECT author_id, id, title FROM posts WHERE author_id IN (?, ?, …)",
		Wants: on(pg, "SELECT author_id, id, title FROM posts WHERE author_id = ANY($1)"),
	},
	{
		Name: "parents by key, some of them NULL", Parent: authors, With: inSelect, Shape: rewrite.List,
		Loop:  "SELECT id, name FROM people WHERE id = ?",
		Want:  "SELECT id, name FROM people WHERE id IN (?, ?, …)",
		Wants: on(pg, "SELECT id, name FROM people WHERE id = ANY($1)"),
	},
	{
		Name: "every other condition stays", Parent: people, With: inSelect, Shape: rewrite.List,
		Loop:  "SELECT * FROM posts WHERE (kind = 'news' OR score > 3) AND ? = author_id AND score BETWEEN 1 AND 9 AND title IS NOT NULL ORDER BY score DESC",
		Want:  "SELECT * FROM posts WHERE (kind = ? OR score > ?) AND author_id IN (?, ?, …) AND score BETWEEN ? AND ? AND title IS NOT NULL ORDER BY score DESC",
		Wants: on(pg, "SELECT * FROM posts WHERE (kind = $1 OR score > $2) AND author_id = ANY($3) AND score BETWEEN $4 AND $5 AND title IS NOT NULL ORDER BY score DESC"),
	},
	{
		Name: "a data layer's parentheses and aliases", Parent: people, With: inSelect, Shape: rewrite.List,
		Loop:  "SELECT p.id AS pid, p.author_id AS writer FROM posts AS p WHERE ((p.author_id = ?) AND (p.kind = 'news'))",
		Want:  "SELECT p.id AS pid, p.author_id AS writer FROM posts AS p WHERE p.author_id IN (?, ?, …) AND p.kind = ?",
		Wants: on(pg, "SELECT p.id AS pid, p.author_id AS writer FROM posts AS p WHERE p.author_id = ANY($1) AND p.kind = $2"),
	},
	{
		Name: "through a join", Parent: people, With: inSelect, Shape: rewrite.List,
		Loop:  "SELECT c.id, p.title FROM comments c JOIN posts p ON p.id = c.post_id AND p.kind = 'news' WHERE p.author_id = ?",
		Want:  "SELECT p.author_id, c.id, p.title FROM comments c JOIN posts p ON p.id = c.post_id AND p.kind = ? WHERE p.author_id IN (?, ?, …)",
		Wants: on(pg, "SELECT p.author_id, c.id, p.title FROM comments c JOIN posts p ON p.id = c.post_id AND p.kind = $1 WHERE p.author_id = ANY($2)"),
	},
	{
		Name: "with a common table expression", Parent: people, With: inSelect, Shape: rewrite.List,
		Loop:  "WITH good AS (SELECT id, author_id FROM posts WHERE score > 3) SELECT id FROM good WHERE author_id = ?",
		Want:  "WITH good AS (SELECT id, author_id FROM posts WHERE score > ?) SELECT author_id, id FROM good WHERE author_id IN (?, ?, …)",
		Wants: on(pg, "WITH good AS (SELECT id, author_id FROM posts WHERE score > $1) SELECT author_id, id FROM good WHERE author_id = ANY($2)"),
	},
	{
		Name: "a key of two columns", Parent: "SELECT post_id, name FROM tags ORDER BY post_id, name", With: inSelect, Shape: rewrite.List,
		Loop: "SELECT weight FROM tags WHERE post_id = ? AND name = ? AND weight > 2",
		Want: "SELECT post_id, name, weight FROM tags WHERE (post_id, name) IN ((?, ?), (?, ?), …) AND weight > ?",
		Wants: map[fingerprint.Dialect]string{
			pg:   "SELECT post_id, name, weight FROM tags WHERE (post_id, name) IN (($1, $2), ($3, $4), …) AND weight > $5",
			lite: "SELECT post_id, name, weight FROM tags WHERE (post_id, name) IN (VALUES (?, ?), (?, ?), …) AND weight > ?",
		},
	},
	{
		Name: "a row compared with a row", Parent: "SELECT post_id, name FROM tags", With: inSelect, Shape: rewrite.List, Only: []fingerprint.Dialect{my},
		Loop: "SELECT weight FROM tags WHERE (post_id, name) = (?, ?)",
		Want: "SELECT post_id, name, weight FROM tags WHERE (post_id, name) IN ((?, ?), (?, ?), …)",
	},
	{
		Name: "a list of one", Parent: people, With: inSelect, Shape: rewrite.List,
		Loop:  "SELECT id FROM posts WHERE author_id IN (?)",
		Want:  "SELECT author_id, id FROM posts WHERE author_id IN (?, ?, …)",
		Wants: on(pg, "SELECT author_id, id FROM posts WHERE author_id = ANY($1)"),
	},
	{
		Name: "a key with a cast", Parent: people, With: inSelect, Shape: rewrite.List, Only: []fingerprint.Dialect{pg},
		Loop:  "SELECT id FROM posts WHERE author_id = ?::bigint",
		Wants: on(pg, "SELECT author_id, id FROM posts WHERE author_id = ANY($1::bigint[])"),
	},
	{
		Name: "LIMIT where one row is all there is", Parent: authors, With: inSelect, Shape: rewrite.List,
		Loop:  "SELECT * FROM people WHERE people.id = ? ORDER BY people.id LIMIT 1",
		Want:  "SELECT * FROM people WHERE people.id IN (?, ?, …) ORDER BY people.id",
		Wants: on(pg, "SELECT * FROM people WHERE people.id = ANY($1) ORDER BY people.id"),
	},
	{
		Name: "distinct rows of each key", Parent: people, With: inSelect, Shape: rewrite.List,
		Loop:  "SELECT DISTINCT kind FROM posts WHERE author_id = ?",
		Want:  "SELECT DISTINCT author_id, kind FROM posts WHERE author_id IN (?, ?, …)",
		Wants: on(pg, "SELECT DISTINCT author_id, kind FROM posts WHERE author_id = ANY($1)"),
	},
	{
		Name: "a subquery of its own", Parent: people, With: inSelect, Shape: rewrite.List,
		Loop:  "SELECT p.id, (SELECT count(*) FROM comments c WHERE c.post_id = p.id) AS n FROM posts p WHERE p.author_id = ?",
		Want:  "SELECT p.author_id, p.id, (SELECT count(*) FROM comments c WHERE c.post_id = p.id) AS n FROM posts p WHERE p.author_id IN (?, ?, …)",
		Wants: on(pg, "SELECT p.author_id, p.id, (SELECT count(*) FROM comments c WHERE c.post_id = p.id) AS n FROM posts p WHERE p.author_id = ANY($1)"),
	},
	{
		Name: "locked rows", Parent: people, With: inSelect, Shape: rewrite.List, Only: []fingerprint.Dialect{pg, my},
		Loop:  "SELECT id FROM posts WHERE author_id = ? FOR UPDATE",
		Want:  "SELECT author_id, id FROM posts WHERE author_id IN (?, ?, …) FOR UPDATE",
		Wants: on(pg, "SELECT author_id, id FROM posts WHERE author_id = ANY($1) FOR UPDATE"),
	},
	{
		Name: "an interval stays a literal", Parent: people, With: inSelect, Shape: rewrite.List, Only: []fingerprint.Dialect{pg},
		Loop:  "SELECT id FROM posts WHERE author_id = ? AND date '2020-01-01' + interval '1 day' < now()",
		Wants: on(pg, "SELECT author_id, id FROM posts WHERE author_id = ANY($1) AND date '…' + INTERVAL '…' < now()"),
	},
	{
		Name: "a count of each", Parent: people, With: inSelect, Shape: rewrite.Grouped,
		Loop:  "SELECT count(*) FROM posts WHERE author_id = ? AND kind <> 'note'",
		Want:  "SELECT author_id, count(*) FROM posts WHERE author_id IN (?, ?, …) AND kind <> ? GROUP BY author_id",
		Wants: on(pg, "SELECT author_id, count(*) FROM posts WHERE author_id = ANY($1) AND kind <> $2 GROUP BY author_id"),
	},
	{
		Name: "several aggregates of each", Parent: people, With: inSelect, Shape: rewrite.Grouped,
		Loop:  "SELECT sum(c.score) AS total, max(c.id) FROM comments c JOIN posts p ON p.id = c.post_id WHERE p.author_id = ? LIMIT 1",
		Want:  "SELECT p.author_id, sum(c.score) AS total, max(c.id) FROM comments c JOIN posts p ON p.id = c.post_id WHERE p.author_id IN (?, ?, …) GROUP BY p.author_id",
		Wants: on(pg, "SELECT p.author_id, sum(c.score) AS total, max(c.id) FROM comments c JOIN posts p ON p.id = c.post_id WHERE p.author_id = ANY($1) GROUP BY p.author_id"),
	},
	{
		Name: "groups of each", Parent: people, With: inSelect, Shape: rewrite.Grouped,
		Loop:  "SELECT kind, count(*) FROM posts WHERE author_id = ? GROUP BY kind HAVING count(*) > 0 ORDER BY kind",
		Want:  "SELECT author_id, kind, count(*) FROM posts WHERE author_id IN (?, ?, …) GROUP BY author_id, kind HAVING count(*) > ? ORDER BY kind",
		Wants: on(pg, "SELECT author_id, kind, count(*) FROM posts WHERE author_id = ANY($1) GROUP BY author_id, kind HAVING count(*) > $2 ORDER BY kind"),
	},
	{
		Name: "the first rows of each", Parent: people, With: inSelect, Shape: rewrite.Ranked,
		Loop:  "SELECT id, title FROM posts WHERE author_id = ? AND kind <> 'note' ORDER BY score DESC, id LIMIT 2",
		Want:  "SELECT * FROM (SELECT author_id, id, title, row_number() OVER (PARTITION BY author_id ORDER BY score DESC, id) AS nth FROM posts WHERE author_id IN (?, ?, …) AND kind <> ?) AS ranked WHERE nth <= ? ORDER BY author_id, nth",
		Wants: on(pg, "SELECT * FROM (SELECT author_id, id, title, row_number() OVER (PARTITION BY author_id ORDER BY score DESC, id) AS nth FROM posts WHERE author_id = ANY($1) AND kind <> $2) AS ranked WHERE nth <= $3 ORDER BY author_id, nth"),
	},
	{
		Name: "the latest of each, all columns", Parent: people, With: inSelect, Shape: rewrite.Ranked,
		Loop:  "SELECT * FROM posts WHERE author_id = ? ORDER BY id DESC LIMIT 1",
		Want:  "SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY author_id ORDER BY id DESC) AS nth FROM posts WHERE author_id IN (?, ?, …)) AS ranked WHERE nth <= ? ORDER BY author_id, nth",
		Wants: on(pg, "SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY author_id ORDER BY id DESC) AS nth FROM posts WHERE author_id = ANY($1)) AS ranked WHERE nth <= $2 ORDER BY author_id, nth"),
	},
	{
		Name: "the first of each key of two columns", Parent: "SELECT DISTINCT post_id, kind FROM comments ORDER BY 1, 2", With: inSelect, Shape: rewrite.Ranked,
		Loop: "SELECT id FROM comments WHERE post_id = ? AND kind = ? ORDER BY id LIMIT 1",
		Want: "SELECT * FROM (SELECT post_id, kind, id, row_number() OVER (PARTITION BY post_id, kind ORDER BY id) AS nth FROM comments WHERE (post_id, kind) IN ((?, ?), (?, ?), …)) AS ranked WHERE nth <= ? ORDER BY post_id, kind, nth",
		Wants: map[fingerprint.Dialect]string{
			pg:   "SELECT * FROM (SELECT post_id, kind, id, row_number() OVER (PARTITION BY post_id, kind ORDER BY id) AS nth FROM comments WHERE (post_id, kind) IN (($1, $2), ($3, $4), …)) AS ranked WHERE nth <= $5 ORDER BY post_id, kind, nth",
			lite: "SELECT * FROM (SELECT post_id, kind, id, row_number() OVER (PARTITION BY post_id, kind ORDER BY id) AS nth FROM comments WHERE (post_id, kind) IN (VALUES (?, ?), (?, ?), …)) AS ranked WHERE nth <= ? ORDER BY post_id, kind, nth",
		},
	},
	{
		Name: "whether there is one", Parent: people, With: inSelect, Shape: rewrite.Keys,
		Loop:  "SELECT EXISTS (SELECT 1 FROM posts p WHERE p.author_id = ? AND p.kind = 'news')",
		Want:  "SELECT DISTINCT p.author_id FROM posts p WHERE p.author_id IN (?, ?, …) AND p.kind = ?",
		Wants: on(pg, "SELECT DISTINCT p.author_id FROM posts p WHERE p.author_id = ANY($1) AND p.kind = $2"),
	},
	{
		Name: "whether there is one, asked by a row", Parent: people, With: inSelect, Shape: rewrite.Keys,
		Loop:  "SELECT 1 FROM posts WHERE author_id = ? AND kind = 'news' LIMIT 1",
		Want:  "SELECT DISTINCT author_id FROM posts WHERE author_id IN (?, ?, …) AND kind = ?",
		Wants: on(pg, "SELECT DISTINCT author_id FROM posts WHERE author_id = ANY($1) AND kind = $2"),
	},
	{
		Name: "whether there is one, perhaps to be counted", Parent: people, With: inSelect, Shape: rewrite.List,
		Loop:  "SELECT 1 FROM posts WHERE author_id = ?",
		Want:  "SELECT author_id, ? FROM posts WHERE author_id IN (?, ?, …)",
		Wants: on(pg, "SELECT author_id, $1 FROM posts WHERE author_id = ANY($2)"),
	},
	{
		Name: "joined with the parent", Parent: "SELECT id, title, author_id FROM posts WHERE score > 2 ORDER BY id LIMIT 6", Column: "author_id",
		With: rewrite.Joined, Shape: rewrite.Join,
		Loop:  "SELECT id, name FROM people WHERE id = ? AND country = 'at'",
		Want:  "SELECT parent.*, people.id, people.name FROM (SELECT id, title, author_id FROM posts WHERE score > ? ORDER BY id LIMIT ?) AS parent LEFT JOIN people ON people.id = parent.author_id AND people.country = ?",
		Wants: on(pg, "SELECT parent.*, people.id, people.name FROM (SELECT id, title, author_id FROM posts WHERE score > $1 ORDER BY id LIMIT $2) AS parent LEFT JOIN people ON people.id = parent.author_id AND people.country = $3"),
	},
	{
		Name: "children joined with the parent", Parent: "SELECT * FROM people", Column: "id", With: rewrite.Joined, Shape: rewrite.Join,
		Loop:  "SELECT p.id, p.title FROM posts AS p WHERE p.author_id = ? AND p.score IN (1, 2, 3, 4, 5)",
		Want:  "SELECT parent.*, p.id, p.title FROM (SELECT * FROM people) AS parent LEFT JOIN posts AS p ON p.author_id = parent.id AND p.score IN (?, …)",
		Wants: on(pg, "SELECT parent.*, p.id, p.title FROM (SELECT * FROM people) AS parent LEFT JOIN posts AS p ON p.author_id = parent.id AND p.score IN ($1, …)"),
	},
	{
		Name: "the first of each, joined laterally", Parent: "SELECT id, name FROM people", Column: "id", With: rewrite.Joined,
		Shape: rewrite.Lateral, Only: []fingerprint.Dialect{pg},
		Loop:  "SELECT title FROM posts WHERE author_id = ? AND kind <> 'note' ORDER BY score LIMIT 2 OFFSET 1",
		Wants: on(pg, "SELECT * FROM (SELECT id, name FROM people) AS parent LEFT JOIN LATERAL (SELECT title FROM posts WHERE author_id = parent.id AND kind <> $1 ORDER BY score LIMIT $2 OFFSET $3) AS child ON TRUE"),
	},
	{
		Name: "a count of each, joined laterally", Parent: "SELECT id, name FROM people", Column: "id", With: rewrite.Joined,
		Shape: rewrite.Lateral, Only: []fingerprint.Dialect{pg},
		Loop:  "SELECT count(*) AS posts FROM posts WHERE author_id = ?",
		Wants: on(pg, "SELECT * FROM (SELECT id, name FROM people) AS parent LEFT JOIN LATERAL (SELECT count(*) AS posts FROM posts WHERE author_id = parent.id) AS child ON TRUE"),
	},

	{Name: "an alternative", Parent: people, With: inSelect, Loop: "SELECT id FROM posts WHERE author_id = ? OR kind = 'news'", Refuse: "OR"},
	{Name: "a key in an expression", Parent: people, With: inSelect, Loop: "SELECT id FROM posts WHERE author_id + 1 = ?", Refuse: "OR"},
	{Name: "a key in a subquery", Parent: people, With: inSelect, Loop: "SELECT id FROM comments WHERE post_id IN (SELECT id FROM posts WHERE author_id = ?)", Refuse: "subquery"},
	{Name: "pages of each", Parent: people, With: inSelect, Loop: "SELECT id FROM posts WHERE author_id = ? LIMIT 2 OFFSET 1", Refuse: "OFFSET"},
	{Name: "a union", Parent: people, With: inSelect, Loop: "SELECT id FROM posts WHERE author_id = ? UNION SELECT id FROM comments", Refuse: "UNION"},
	{Name: "a window", Parent: people, With: inSelect, Loop: "SELECT id, row_number() OVER (ORDER BY id) FROM posts WHERE author_id = ?", Refuse: "window"},
	{Name: "an order by place", Parent: people, With: inSelect, Loop: "SELECT id, title FROM posts WHERE author_id = ? ORDER BY 2 LIMIT 1", Refuse: "order"},
	{Name: "an order by a new name", Parent: people, With: inSelect, Loop: "SELECT id, score AS points FROM posts WHERE author_id = ? ORDER BY points LIMIT 1", Refuse: "order"},
	{Name: "limited groups", Parent: people, With: inSelect, Loop: "SELECT kind, count(*) FROM posts WHERE author_id = ? GROUP BY kind ORDER BY 2 LIMIT 1", Refuse: "groups"},
	{Name: "limited distinct rows", Parent: people, With: inSelect, Loop: "SELECT DISTINCT kind FROM posts WHERE author_id = ? ORDER BY kind LIMIT 1", Refuse: "distinct"},
	{Name: "more than the key", Parent: "SELECT id, score FROM posts", With: inSelect, Loop: "SELECT id FROM comments WHERE post_id = ? AND score > ?", Refuse: "more than the key"},
	{Name: "no key", Parent: people, With: inSelect, Loop: "SELECT id FROM comments WHERE score > ?", Refuse: "more than the key"},
	{Name: "a grand total", Parent: people, With: inSelect, Only: []fingerprint.Dialect{my}, Loop: "SELECT kind, count(*) FROM posts WHERE author_id = ? GROUP BY kind WITH ROLLUP", Refuse: "ROLLUP"},
}

// Counts are statements whose rows are fetched to be counted, and those fetched to see whether there is one.
var Counts = []struct{ Loop, Count, Exists string }{
	{"SELECT id, title FROM posts WHERE kind = 'news' ORDER BY id", "SELECT count(*) FROM posts WHERE kind = ?", "SELECT EXISTS (SELECT 1 FROM posts WHERE kind = ?)"},
	{"SELECT id FROM posts WHERE kind = 'none'", "SELECT count(*) FROM posts WHERE kind = ?", "SELECT EXISTS (SELECT 1 FROM posts WHERE kind = ?)"},
	{"SELECT * FROM posts", "SELECT count(*) FROM posts", "SELECT EXISTS (SELECT 1 FROM posts)"},
	{"SELECT p.*, c.* FROM posts p LEFT JOIN comments c ON c.post_id = p.id WHERE p.score > 3 ORDER BY c.id", "SELECT count(*) FROM posts p LEFT JOIN comments c ON c.post_id = p.id WHERE p.score > ?", "SELECT EXISTS (SELECT 1 FROM posts p LEFT JOIN comments c ON c.post_id = p.id WHERE p.score > ?)"},
	{"SELECT DISTINCT kind FROM posts WHERE score > 1", "SELECT count(*) FROM (SELECT DISTINCT kind FROM posts WHERE score > ?) AS counted", "SELECT EXISTS (SELECT DISTINCT kind FROM posts WHERE score > ?)"},
	{"SELECT kind, count(*) FROM posts GROUP BY kind HAVING count(*) > 1 ORDER BY kind", "SELECT count(*) FROM (SELECT kind, count(*) FROM posts GROUP BY kind HAVING count(*) > ?) AS counted", "SELECT EXISTS (SELECT kind, count(*) FROM posts GROUP BY kind HAVING count(*) > ?)"},
	{"SELECT id, title FROM posts ORDER BY id LIMIT 5", "SELECT count(*) FROM (SELECT 1 FROM posts LIMIT ?) AS counted", "SELECT EXISTS (SELECT 1 FROM posts)"},
	{"SELECT id, title FROM posts ORDER BY id LIMIT 5 OFFSET 10", "SELECT count(*) FROM (SELECT 1 FROM posts LIMIT ? OFFSET ?) AS counted", "SELECT EXISTS (SELECT 1 FROM posts LIMIT ? OFFSET ?)"},
	{"SELECT upper(title) FROM posts", "SELECT count(*) FROM (SELECT upper(title) FROM posts) AS counted", "SELECT EXISTS (SELECT upper(title) FROM posts)"},
	{"WITH good AS (SELECT id FROM posts WHERE score > 5) SELECT id FROM good", "WITH good AS (SELECT id FROM posts WHERE score > ?) SELECT count(*) FROM good", "WITH good AS (SELECT id FROM posts WHERE score > ?) SELECT EXISTS (SELECT 1 FROM good)"},
	{"SELECT max(id) FROM posts", "", ""},
	{"SELECT id FROM posts UNION SELECT id FROM comments", "", ""},
}
