package rewritetest

import (
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// Selects are loops that read.
var Selects = []Case{
	{
		Name: "children by key", Parent: people, With: byKeys, Shape: rewrite.ShapeList,
		Loop:  "SELECT id, title FROM posts WHERE author_id = ?",
		Want:  "SELECT author_id, id, title FROM posts WHERE author_id IN (?, ?, …)",
		Wants: on(pg, "SELECT author_id, id, title FROM posts WHERE author_id = ANY($1)"),
	},
	{
		Name: "parents by key, some of them NULL", Parent: authors, With: byKeys, Shape: rewrite.ShapeList,
		Loop:  "SELECT id, name FROM people WHERE id = ?",
		Want:  "SELECT id, name FROM people WHERE id IN (?, ?, …)",
		Wants: on(pg, "SELECT id, name FROM people WHERE id = ANY($1)"),
	},
	{
		Name: "every other condition stays", Parent: people, With: byKeys, Shape: rewrite.ShapeList,
		Loop:  "SELECT * FROM posts WHERE (kind = 'news' OR score > 3) AND ? = author_id AND score BETWEEN 1 AND 9 AND title IS NOT NULL ORDER BY score DESC",
		Want:  "SELECT * FROM posts WHERE (kind = ? OR score > ?) AND author_id IN (?, ?, …) AND score BETWEEN ? AND ? AND title IS NOT NULL ORDER BY score DESC",
		Wants: on(pg, "SELECT * FROM posts WHERE (kind = $2 OR score > $3) AND author_id = ANY($1) AND score BETWEEN $4 AND $5 AND title IS NOT NULL ORDER BY score DESC"),
	},
	{
		Name: "a data layer's parentheses and aliases", Parent: people, With: byKeys, Shape: rewrite.ShapeList,
		Loop:  "SELECT p.id AS pid, p.author_id AS writer FROM posts AS p WHERE ((p.author_id = ?) AND (p.kind = 'news'))",
		Want:  "SELECT p.id AS pid, p.author_id AS writer FROM posts AS p WHERE p.author_id IN (?, ?, …) AND p.kind = ?",
		Wants: on(pg, "SELECT p.id AS pid, p.author_id AS writer FROM posts AS p WHERE p.author_id = ANY($1) AND p.kind = $2"),
	},
	{
		Name: "through a join", Parent: people, With: byKeys, Shape: rewrite.ShapeList,
		Loop:  "SELECT c.id, p.title FROM comments c JOIN posts p ON p.id = c.post_id AND p.kind = 'news' WHERE p.author_id = ?",
		Want:  "SELECT p.author_id, c.id, p.title FROM comments c JOIN posts p ON p.id = c.post_id AND p.kind = ? WHERE p.author_id IN (?, ?, …)",
		Wants: on(pg, "SELECT p.author_id, c.id, p.title FROM comments c JOIN posts p ON p.id = c.post_id AND p.kind = $2 WHERE p.author_id = ANY($1)"),
	},
	{
		Name: "with a common table expression", Parent: people, With: byKeys, Shape: rewrite.ShapeList,
		Loop:  "WITH good AS (SELECT id, author_id FROM posts WHERE score > 3) SELECT id FROM good WHERE author_id = ?",
		Want:  "WITH good AS (SELECT id, author_id FROM posts WHERE score > ?) SELECT author_id, id FROM good WHERE author_id IN (?, ?, …)",
		Wants: on(pg, "WITH good AS (SELECT id, author_id FROM posts WHERE score > $2) SELECT author_id, id FROM good WHERE author_id = ANY($1)"),
	},
	{
		Name: "a key of two columns", Parent: "SELECT post_id, name FROM tags ORDER BY post_id, name", With: byKeys, Shape: rewrite.ShapeList,
		Loop: "SELECT weight FROM tags WHERE post_id = ? AND name = ? AND weight > 2",
		Want: "SELECT post_id, name, weight FROM tags WHERE (post_id, name) IN ((?, ?), (?, ?), …) AND weight > ?",
		Wants: map[fingerprint.Dialect]string{
			pg:   "SELECT post_id, name, weight FROM tags WHERE (post_id, name) IN (($1, $2), ($3, $4), …) AND weight > $5",
			lite: "SELECT post_id, name, weight FROM tags WHERE (post_id, name) IN (VALUES (?, ?), (?, ?), …) AND weight > ?",
		},
	},
	{
		Name: "a row compared with a row", Parent: "SELECT post_id, name FROM tags", With: byKeys, Shape: rewrite.ShapeList, Only: only(my),
		Loop: "SELECT weight FROM tags WHERE (post_id, name) = (?, ?)",
		Want: "SELECT post_id, name, weight FROM tags WHERE (post_id, name) IN ((?, ?), (?, ?), …)",
	},
	{
		Name: "a list of one", Parent: people, With: byKeys, Shape: rewrite.ShapeList,
		Loop:  "SELECT id FROM posts WHERE author_id IN (?)",
		Want:  "SELECT author_id, id FROM posts WHERE author_id IN (?, ?, …)",
		Wants: on(pg, "SELECT author_id, id FROM posts WHERE author_id = ANY($1)"),
	},
	{
		Name: "a key with a cast", Parent: people, With: byKeys, Shape: rewrite.ShapeList, Only: only(pg),
		Loop:  "SELECT id FROM posts WHERE author_id = ?::bigint",
		Wants: on(pg, "SELECT author_id, id FROM posts WHERE author_id = ANY($1::bigint[])"),
	},
	{
		Name: "LIMIT where a key matches one row", Parent: authors, With: byKeys, Shape: rewrite.ShapeList, Facts: func(l *rewrite.Loop) { l.Unique = true },
		Loop:  "SELECT * FROM people WHERE people.id = ? ORDER BY people.id LIMIT 1",
		Want:  "SELECT * FROM people WHERE people.id IN (?, ?, …) ORDER BY people.id",
		Wants: on(pg, "SELECT * FROM people WHERE people.id = ANY($1) ORDER BY people.id"),
	},
	{
		Name: "distinct rows of each key", Parent: people, With: byKeys, Shape: rewrite.ShapeList,
		Loop:  "SELECT DISTINCT kind FROM posts WHERE author_id = ?",
		Want:  "SELECT DISTINCT author_id, kind FROM posts WHERE author_id IN (?, ?, …)",
		Wants: on(pg, "SELECT DISTINCT author_id, kind FROM posts WHERE author_id = ANY($1)"),
	},
	{
		Name: "a subquery of its own", Parent: people, With: byKeys, Shape: rewrite.ShapeList,
		Loop:  "SELECT p.id, (SELECT count(*) FROM comments c WHERE c.post_id = p.id) AS n FROM posts p WHERE p.author_id = ?",
		Want:  "SELECT p.author_id, p.id, (SELECT count(*) FROM comments c WHERE c.post_id = p.id) AS n FROM posts p WHERE p.author_id IN (?, ?, …)",
		Wants: on(pg, "SELECT p.author_id, p.id, (SELECT count(*) FROM comments c WHERE c.post_id = p.id) AS n FROM posts p WHERE p.author_id = ANY($1)"),
	},
	{
		Name: "an interval stays a literal", Parent: people, With: byKeys, Shape: rewrite.ShapeList, Only: only(pg),
		Loop:  "SELECT id FROM posts WHERE author_id = ? AND date '2020-01-01' + interval '1 day' < now()",
		Wants: on(pg, "SELECT author_id, id FROM posts WHERE author_id = ANY($1) AND date '…' + INTERVAL '…' < now()"),
	},
	{
		Name: "a count of each", Parent: people, With: byKeys, Shape: rewrite.ShapeGrouped,
		Loop:  "SELECT count(*) FROM posts WHERE author_id = ? AND kind <> 'note'",
		Want:  "SELECT author_id, count(*) FROM posts WHERE author_id IN (?, ?, …) AND kind <> ? GROUP BY author_id",
		Wants: on(pg, "SELECT author_id, count(*) FROM posts WHERE author_id = ANY($1) AND kind <> $2 GROUP BY author_id"),
	},
	{
		Name: "several aggregates of each", Parent: people, With: byKeys, Shape: rewrite.ShapeGrouped,
		Loop:  "SELECT sum(c.score) AS total, max(c.id) FROM comments c JOIN posts p ON p.id = c.post_id WHERE p.author_id = ? LIMIT 1",
		Want:  "SELECT p.author_id, sum(c.score) AS total, max(c.id) FROM comments c JOIN posts p ON p.id = c.post_id WHERE p.author_id IN (?, ?, …) GROUP BY p.author_id",
		Wants: on(pg, "SELECT p.author_id, sum(c.score) AS total, max(c.id) FROM comments c JOIN posts p ON p.id = c.post_id WHERE p.author_id = ANY($1) GROUP BY p.author_id"),
	},
	{
		Name: "groups of each", Parent: people, With: byKeys, Shape: rewrite.ShapeGrouped,
		Loop:  "SELECT kind, count(*) FROM posts WHERE author_id = ? GROUP BY kind HAVING count(*) > 0 ORDER BY kind",
		Want:  "SELECT author_id, kind, count(*) FROM posts WHERE author_id IN (?, ?, …) GROUP BY author_id, kind HAVING count(*) > ? ORDER BY kind",
		Wants: on(pg, "SELECT author_id, kind, count(*) FROM posts WHERE author_id = ANY($1) GROUP BY author_id, kind HAVING count(*) > $2 ORDER BY kind"),
	},
	{
		Name: "the first rows of each", Parent: people, With: byKeys, Shape: rewrite.ShapeRanked,
		Loop:  "SELECT id, title FROM posts WHERE author_id = ? AND kind <> 'note' ORDER BY score DESC, id LIMIT 2",
		Want:  "SELECT * FROM (SELECT author_id, id, title, row_number() OVER (PARTITION BY author_id ORDER BY score DESC, id) AS nth FROM posts WHERE author_id IN (?, ?, …) AND kind <> ?) AS ranked WHERE nth <= ? ORDER BY author_id, nth",
		Wants: on(pg, "SELECT * FROM (SELECT author_id, id, title, row_number() OVER (PARTITION BY author_id ORDER BY score DESC, id) AS nth FROM posts WHERE author_id = ANY($1) AND kind <> $2) AS ranked WHERE nth <= $3 ORDER BY author_id, nth"),
	},
	{
		Name: "the latest of each, all columns", Parent: people, With: byKeys, Shape: rewrite.ShapeRanked,
		Loop:  "SELECT * FROM posts WHERE author_id = ? ORDER BY id DESC LIMIT 1",
		Want:  "SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY author_id ORDER BY id DESC) AS nth FROM posts WHERE author_id IN (?, ?, …)) AS ranked WHERE nth <= ? ORDER BY author_id, nth",
		Wants: on(pg, "SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY author_id ORDER BY id DESC) AS nth FROM posts WHERE author_id = ANY($1)) AS ranked WHERE nth <= $2 ORDER BY author_id, nth"),
	},
	{
		Name: "the first of each key of two columns", Parent: "SELECT DISTINCT post_id, kind FROM comments ORDER BY 1, 2", With: byKeys, Shape: rewrite.ShapeRanked,
		Loop: "SELECT id FROM comments WHERE post_id = ? AND kind = ? ORDER BY id DESC LIMIT 1",
		Want: "SELECT * FROM (SELECT post_id, kind, id, row_number() OVER (PARTITION BY post_id, kind ORDER BY id DESC) AS nth FROM comments WHERE (post_id, kind) IN ((?, ?), (?, ?), …)) AS ranked WHERE nth <= ? ORDER BY post_id, kind, nth",
		Wants: map[fingerprint.Dialect]string{
			pg:   "SELECT * FROM (SELECT post_id, kind, id, row_number() OVER (PARTITION BY post_id, kind ORDER BY id DESC) AS nth FROM comments WHERE (post_id, kind) IN (($1, $2), ($3, $4), …)) AS ranked WHERE nth <= $5 ORDER BY post_id, kind, nth",
			lite: "SELECT * FROM (SELECT post_id, kind, id, row_number() OVER (PARTITION BY post_id, kind ORDER BY id DESC) AS nth FROM comments WHERE (post_id, kind) IN (VALUES (?, ?), (?, ?), …)) AS ranked WHERE nth <= ? ORDER BY post_id, kind, nth",
		},
	},
	{
		Name: "whether there is one", Parent: people, With: byKeys, Shape: rewrite.ShapeKeys,
		Loop:  "SELECT EXISTS (SELECT 1 FROM posts p WHERE p.author_id = ? AND p.kind = 'news')",
		Want:  "SELECT DISTINCT p.author_id FROM posts p WHERE p.author_id IN (?, ?, …) AND p.kind = ?",
		Wants: on(pg, "SELECT DISTINCT p.author_id FROM posts p WHERE p.author_id = ANY($1) AND p.kind = $2"),
	},
	{
		Name: "whether there is one, asked by a row", Parent: people, With: byKeys, Shape: rewrite.ShapeKeys,
		Loop:  "SELECT 1 FROM posts WHERE author_id = ? AND kind = 'news' LIMIT 1",
		Want:  "SELECT DISTINCT author_id FROM posts WHERE author_id IN (?, ?, …) AND kind = ?",
		Wants: on(pg, "SELECT DISTINCT author_id FROM posts WHERE author_id = ANY($1) AND kind = $2"),
	},
	{
		Name: "whether there is one, perhaps to be counted", Parent: people, With: byKeys, Shape: rewrite.ShapeList,
		Loop:  "SELECT 1 FROM posts WHERE author_id = ?",
		Want:  "SELECT author_id, ? FROM posts WHERE author_id IN (?, ?, …)",
		Wants: on(pg, "SELECT author_id, $2 FROM posts WHERE author_id = ANY($1)"),
	},
	{
		Name: "joined with the parent", Parent: "SELECT id, title, author_id FROM posts WHERE score > 2 ORDER BY id LIMIT 6", Column: "author_id",
		With: rewrite.Joined, Shape: rewrite.ShapeJoin,
		Loop:  "SELECT id, name FROM people WHERE id = ? AND country = 'at'",
		Want:  "SELECT parent.*, people.id, people.name FROM (SELECT id, title, author_id FROM posts WHERE score > ? ORDER BY id LIMIT ?) AS parent LEFT JOIN people ON people.id = parent.author_id AND people.country = ?",
		Wants: on(pg, "SELECT parent.*, people.id, people.name FROM (SELECT id, title, author_id FROM posts WHERE score > $1 ORDER BY id LIMIT $2) AS parent LEFT JOIN people ON people.id = parent.author_id AND people.country = $3"),
	},
	{
		Name: "children joined with the parent", Parent: "SELECT * FROM people", Column: "id", With: rewrite.Joined, Shape: rewrite.ShapeJoin,
		Loop:  "SELECT p.id, p.title FROM posts AS p WHERE p.author_id = ? AND p.score IN (1, 2, 3, 4, 5)",
		Want:  "SELECT parent.*, p.id, p.title FROM (SELECT * FROM people) AS parent LEFT JOIN posts AS p ON p.author_id = parent.id AND p.score IN (?, …)",
		Wants: on(pg, "SELECT parent.*, p.id, p.title FROM (SELECT * FROM people) AS parent LEFT JOIN posts AS p ON p.author_id = parent.id AND p.score IN ($1, …)"),
	},
	{
		Name: "the first of each, joined laterally", Parent: "SELECT id, name FROM people", Column: "id", With: rewrite.Joined,
		Shape: rewrite.ShapeLateral, Only: only(pg),
		Loop:  "SELECT title FROM posts WHERE author_id = ? AND kind <> 'note' ORDER BY score LIMIT 2 OFFSET 1",
		Wants: on(pg, "SELECT * FROM (SELECT id, name FROM people) AS parent LEFT JOIN LATERAL (SELECT title FROM posts WHERE author_id = parent.id AND kind <> $1 ORDER BY score LIMIT $2 OFFSET $3) AS child ON TRUE"),
	},
	{
		Name: "a count of each, joined laterally", Parent: "SELECT id, name FROM people", Column: "id", With: rewrite.Joined,
		Shape: rewrite.ShapeLateral, Only: only(pg),
		Loop:  "SELECT count(*) AS posts FROM posts WHERE author_id = ?",
		Wants: on(pg, "SELECT * FROM (SELECT id, name FROM people) AS parent LEFT JOIN LATERAL (SELECT count(*) AS posts FROM posts WHERE author_id = parent.id) AS child ON TRUE"),
	},

	{
		Name: "an argument used twice keeps its number", Parent: "SELECT id, 2 FROM people", With: byKeys, Shape: rewrite.ShapeList, Only: only(pg, lite),
		Facts: equalTo(1), Note: "author_id and score had one value each in this run",
		Loop:  "SELECT id FROM comments WHERE (author_id > $2 OR score > $2) AND post_id = $1 AND kind <> 'note'",
		Want:  "SELECT post_id, id FROM comments WHERE (author_id > ?1 OR score > ?1) AND post_id IN (?2, ?3, …) AND kind <> ?4",
		Wants: on(pg, "SELECT post_id, id FROM comments WHERE (author_id > $2 OR score > $2) AND post_id = ANY($1) AND kind <> $3"),
	},
	{
		Name: "one argument in two columns of the key", Parent: people, With: byKeys, Shape: rewrite.ShapeList, Only: only(pg, lite), Key: []int{0, 0},
		Loop:  "SELECT id FROM comments WHERE post_id = $1 AND author_id = $1",
		Want:  "SELECT post_id, author_id, id FROM comments WHERE (post_id, author_id) IN (VALUES (?1, ?1), (?2, ?2), …)",
		Wants: on(pg, "SELECT post_id, author_id, id FROM comments WHERE (post_id, author_id) IN (($1, $1), ($2, $2), …)"),
	},
	{
		Name: "an array of one key", Parent: people, With: byKeys, Shape: rewrite.ShapeList, Only: only(pg), Array: true, Facts: oneKey,
		Note:  "takes a list already",
		Loop:  "SELECT id, title FROM posts WHERE author_id = ANY(?) AND kind = 'news'",
		Wants: on(pg, "SELECT author_id, id, title FROM posts WHERE author_id = ANY($1) AND kind = $2"),
	},
	{
		Name: "an array of one key, with a cast", Parent: people, With: byKeys, Shape: rewrite.ShapeGrouped, Only: only(pg), Array: true, Facts: oneKey,
		Note:  "its count is 0",
		Loop:  "SELECT count(*) FROM posts WHERE author_id = ANY(?::bigint[])",
		Wants: on(pg, "SELECT author_id, count(*) FROM posts WHERE author_id = ANY($1::bigint[]) GROUP BY author_id"),
	},
	{
		Name: "a list that is unnested", Parent: people, With: byKeys, Shape: rewrite.ShapeWhole, Only: only(pg), Note: "pass the keys of all turns in one call",
		Loop:  "SELECT p.author_id, p.id FROM posts p JOIN unnest(?::bigint[]) AS k(id) ON k.id = p.author_id",
		Wants: on(pg, "SELECT p.author_id, p.id FROM posts p JOIN unnest($1::bigint[]) AS k (id) ON k.id = p.author_id"),
	},
	{
		Name: "a list in JSON", Parent: people, With: byKeys, Shape: rewrite.ShapeWhole, Only: only(lite), Note: "pass the keys of all turns in one call",
		Loop: "SELECT author_id, id FROM posts WHERE author_id IN (SELECT value FROM json_each(?))",
		Want: "SELECT author_id, id FROM posts WHERE author_id IN (SELECT value FROM json_each(?))",
	},
	{
		Name: "a list in a text", Parent: people, With: byKeys, Shape: rewrite.ShapeWhole, Only: only(my), Note: "pass the keys of all turns in one call",
		Loop: "SELECT author_id, id FROM posts WHERE FIND_IN_SET(author_id, ?)",
		Want: "SELECT author_id, id FROM posts WHERE FIND_IN_SET(author_id, ?)",
	},
	{
		Name: "keys of text, in any case", Parent: "SELECT DISTINCT name FROM labels", With: byKeys, Shape: rewrite.ShapeList, Fold: true,
		Facts: textKey, Note: "it may ignore the case of text",
		Loop:  "SELECT id, n FROM labels WHERE name = ?",
		Want:  "SELECT name, id, n FROM labels WHERE name IN (?, ?, …)",
		Wants: on(pg, "SELECT name, id, n FROM labels WHERE name = ANY($1)"),
	},
	{
		Name: "a count for keys of text, in any case", Parent: "SELECT DISTINCT name FROM labels", With: byKeys, Shape: rewrite.ShapeGrouped, Fold: true,
		Facts: textKey, Note: "it may ignore the case of text",
		Loop:  "SELECT count(*) FROM labels WHERE name = ?",
		Want:  "SELECT name, count(*) FROM labels WHERE name IN (?, ?, …) GROUP BY name",
		Wants: on(pg, "SELECT name, count(*) FROM labels WHERE name = ANY($1) GROUP BY name"),
	},
	{
		Name: "a key of text and a number, in any case", Parent: "SELECT DISTINCT upper(name), n FROM labels", With: byKeys, Shape: rewrite.ShapeList, Fold: true,
		Facts: textKey, Note: "it may ignore the case of text",
		Loop: "SELECT id FROM labels WHERE name = ? AND n = ?",
		Want: "SELECT name, n, id FROM labels WHERE (name, n) IN ((?, ?), (?, ?), …)",
		Wants: map[fingerprint.Dialect]string{
			pg:   "SELECT name, n, id FROM labels WHERE (name, n) IN (($1, $2), ($3, $4), …)",
			lite: "SELECT name, n, id FROM labels WHERE (name, n) IN (VALUES (?, ?), (?, ?), …)",
		},
	},
	{
		Name: "a pattern beside the key", Parent: people, With: byKeys, Shape: rewrite.ShapeList,
		Loop:  "SELECT id FROM posts WHERE author_id = ? AND (title LIKE '%!_%' ESCAPE '!' OR title LIKE '100!%%' ESCAPE '!')",
		Want:  "SELECT author_id, id FROM posts WHERE author_id IN (?, ?, …) AND (title LIKE ? ESCAPE ? OR title LIKE ? ESCAPE ?)",
		Wants: on(pg, "SELECT author_id, id FROM posts WHERE author_id = ANY($1) AND (title LIKE $2 ESCAPE $3 OR title LIKE $4 ESCAPE $5)"),
	},
	{
		Name: "all columns of a join", Parent: people, With: byKeys, Shape: rewrite.ShapeList,
		Loop:  "SELECT * FROM people a JOIN posts p ON a.id = p.author_id WHERE a.id = ?",
		Want:  "SELECT *, a.id AS key1 FROM people a JOIN posts p ON a.id = p.author_id WHERE a.id IN (?, ?, …)",
		Wants: on(pg, "SELECT *, a.id AS key1 FROM people a JOIN posts p ON a.id = p.author_id WHERE a.id = ANY($1)"),
	},
	{
		Name: "a look-up of one row", Parent: "SELECT DISTINCT title FROM posts", With: byKeys, Shape: rewrite.ShapeList, Note: "use the first of them",
		Facts: textKey,
		Loop:  "SELECT body FROM comments WHERE body = ? LIMIT 1",
		Want:  "SELECT body FROM comments WHERE body IN (?, ?, …)",
		Wants: on(pg, "SELECT body FROM comments WHERE body = ANY($1)"),
	},
	{
		Name: "a look-up of one row, as data layers order it", Parent: people, With: byKeys, Shape: rewrite.ShapeList, Note: "use the first of them",
		Loop:  "SELECT * FROM posts WHERE author_id = ? ORDER BY posts.id LIMIT 1",
		Want:  "SELECT * FROM posts WHERE author_id IN (?, ?, …) ORDER BY posts.id",
		Wants: on(pg, "SELECT * FROM posts WHERE author_id = ANY($1) ORDER BY posts.id"),
	},
	{
		Name: "a look-up whose LIMIT is an argument", Parent: "SELECT id, 1 FROM people", With: byKeys, Shape: rewrite.ShapeList, Note: "use the first of them",
		Facts: func(l *rewrite.Loop) { equalTo(1)(l); l.LimitOne = true },
		Loop:  "SELECT * FROM posts WHERE author_id = ? ORDER BY posts.id LIMIT ?",
		Want:  "SELECT * FROM posts WHERE author_id IN (?, ?, …) ORDER BY posts.id",
		Wants: on(pg, "SELECT * FROM posts WHERE author_id = ANY($1) ORDER BY posts.id"),
	},
	{
		Name: "a count of rows that are fetched", Parent: people, With: count, Shape: rewrite.ShapeGrouped, Note: "its count is 0",
		Compute: func(rows [][]any) []any { return []any{int64(len(rows))} },
		Loop:    "SELECT id, upper(title) FROM posts WHERE author_id = ? AND kind <> 'note' ORDER BY id",
		Want:    "SELECT author_id, count(*) FROM posts WHERE author_id IN (?, ?, …) AND kind <> ? GROUP BY author_id",
		Wants:   on(pg, "SELECT author_id, count(*) FROM posts WHERE author_id = ANY($1) AND kind <> $2 GROUP BY author_id"),
	},
	{
		Name: "a sum of rows that are fetched", Parent: people, Shape: rewrite.ShapeGrouped, Note: "missing from the result",
		With: func(l rewrite.Loop, _ rewrite.Parent) (*rewrite.Rewrite, error) {
			return rewrite.FoldByKey(l, []rewrite.Aggregate{{Func: "sum", Expr: "{score} * 2"}},
				rewrite.Condition{Column: rewrite.Column{Index: -1, Name: "kind", NotNull: true}, Op: rewrite.EqualTo, Operands: []rewrite.Operand{{Literal: "news"}}})
		},
		Compute: func(rows [][]any) []any {
			sum := int64(0)
			for _, row := range rows {
				if score, ok := row[0].(int64); ok && row[1] == "news" {
					sum += score * 2
				}
			}
			return []any{sum}
		},
		Loop:  "SELECT score, kind FROM posts WHERE author_id = ? AND (id > 2 OR n > 1)",
		Want:  "SELECT author_id, coalesce(sum(score * 2), 0) FROM posts WHERE author_id IN (?, ?, …) AND (id > ? OR n > ?) AND kind = 'news' GROUP BY author_id",
		Wants: on(pg, "SELECT author_id, coalesce(sum(score * 2), 0) FROM posts WHERE author_id = ANY($1) AND (id > $2 OR n > $3) AND kind = 'news' GROUP BY author_id"),
	},
	{
		Name: "whether there is a row among those that are fetched", Parent: people, With: exists, Shape: rewrite.ShapeKeys,
		Compute: func(rows [][]any) []any { return []any{int64(min(len(rows), 1))} },
		Loop:    "SELECT id, title FROM posts WHERE author_id = ? AND kind = 'news' ORDER BY id LIMIT 1",
		Want:    "SELECT DISTINCT author_id FROM posts WHERE author_id IN (?, ?, …) AND kind = ?",
		Wants:   on(pg, "SELECT DISTINCT author_id FROM posts WHERE author_id = ANY($1) AND kind = $2"),
	},

	{Name: "an alternative", Parent: people, With: byKeys, Loop: "SELECT id FROM posts WHERE author_id = ? OR kind = 'news'", Refuse: "OR"},
	{Name: "a key in an expression", Parent: people, With: byKeys, Loop: "SELECT id FROM posts WHERE author_id + 1 = ?", Refuse: "OR"},
	{Name: "a key in a subquery", Parent: people, With: byKeys, Loop: "SELECT id FROM comments WHERE post_id IN (SELECT id FROM posts WHERE author_id = ?)", Refuse: "subquery"},
	{Name: "a key in a join", Parent: people, With: byKeys, Loop: "SELECT p.id FROM posts p LEFT JOIN comments c ON c.post_id = p.id AND c.author_id = ?", Refuse: "WHERE"},
	{Name: "pages of each", Parent: people, With: byKeys, Loop: "SELECT id FROM posts WHERE author_id = ? LIMIT 2 OFFSET 1", Refuse: "OFFSET"},
	{Name: "a union", Parent: people, With: byKeys, Loop: "SELECT id FROM posts WHERE author_id = ? UNION SELECT id FROM comments", Refuse: "UNION"},
	{Name: "a union that is asked for a row", Parent: people, With: byKeys, Loop: "SELECT EXISTS (SELECT 1 FROM posts WHERE id = 7 UNION SELECT 1 FROM comments WHERE post_id = ?)", Refuse: "UNION"},
	{Name: "an aggregate that is asked for a row", Parent: people, With: byKeys, Loop: "SELECT EXISTS (SELECT count(*) FROM posts WHERE author_id = ?)", Refuse: "more than look for a row"},
	{Name: "a window", Parent: people, With: byKeys, Loop: "SELECT id, row_number() OVER (ORDER BY id) FROM posts WHERE author_id = ?", Refuse: "window"},
	{Name: "an order by position", Parent: people, With: byKeys, Loop: "SELECT id, title FROM posts WHERE author_id = ? ORDER BY 2", Refuse: "position"},
	{Name: "an order by an alias", Parent: people, With: byKeys, Loop: "SELECT id, score AS points FROM posts WHERE author_id = ? ORDER BY points DESC LIMIT 1", Refuse: "order"},
	{Name: "limited groups", Parent: people, With: byKeys, Loop: "SELECT kind, count(*) FROM posts WHERE author_id = ? GROUP BY kind ORDER BY kind LIMIT 1", Refuse: "groups"},
	{Name: "limited distinct rows", Parent: people, With: byKeys, Loop: "SELECT DISTINCT kind FROM posts WHERE author_id = ? ORDER BY kind LIMIT 2", Refuse: "distinct"},
	{Name: "two of them", Parent: people, With: byKeys, Loop: "SELECT 1 FROM posts WHERE author_id = ? LIMIT 2", Refuse: "LIMIT"},
	{Name: "a condition on the count", Parent: people, With: byKeys, Loop: "SELECT count(*) FROM posts WHERE author_id = ? HAVING count(*) > 1", Refuse: "HAVING"},
	{Name: "an alias with the name of the key", Parent: people, With: byKeys, Loop: "SELECT count(*) AS author_id FROM posts WHERE author_id = ?", Refuse: "name of the key"},
	{Name: "locked rows", Parent: people, With: byKeys, Only: only(pg, my), Loop: "SELECT id FROM posts WHERE author_id = ? FOR UPDATE", Refuse: "locks"},
	{Name: "a random row", Parent: people, With: byKeys, Only: only(pg, lite), Loop: "SELECT id FROM posts WHERE author_id = ? ORDER BY random() LIMIT 1", Refuse: "random"},
	{Name: "the next number", Parent: people, With: byKeys, Only: only(pg), Loop: "SELECT nextval('s') FROM posts WHERE author_id = ?", Refuse: "nextval"},
	{Name: "a CTE that writes", Parent: people, With: byKeys, Only: only(pg), Loop: "WITH d AS (DELETE FROM log WHERE n > 0 RETURNING post_id) SELECT post_id FROM d WHERE post_id = ?", Refuse: "writes"},
	{Name: "more than the key", Parent: "SELECT id, score FROM posts", With: byKeys, Loop: "SELECT id FROM comments WHERE post_id = ? AND score > ?", Refuse: "more than the key"},
	{Name: "no key", Parent: people, With: byKeys, Loop: "SELECT id FROM comments WHERE score > ?", Refuse: "more than the key"},
	{Name: "a grand total", Parent: people, With: byKeys, Only: only(my), Loop: "SELECT kind, count(*) FROM posts WHERE author_id = ? GROUP BY kind WITH ROLLUP", Refuse: "more than columns"},
	{Name: "a count of each list", Parent: people, With: byKeys, Only: only(pg), Loop: "SELECT count(*) FROM posts WHERE author_id = ANY(?)", Refuse: "each list"},
	{Name: "a count of each list in JSON", Parent: people, With: byKeys, Only: only(lite), Loop: "SELECT count(*) FROM posts WHERE author_id IN (SELECT value FROM json_each(?))", Refuse: "each list"},
	{Name: "a list joined with the parent", Parent: people, Column: "id", With: rewrite.Joined, Only: only(pg), Loop: "SELECT id FROM posts WHERE author_id = ANY(?)", Refuse: "list of keys already"},
	{Name: "a page that is counted", Parent: people, With: count, Loop: "SELECT id FROM posts WHERE author_id = ? LIMIT 5", Refuse: "LIMIT"},
	{Name: "a function that may return many rows", Parent: people, With: count, Only: only(pg), Loop: "SELECT unnest(ARRAY[1, 2]) FROM posts WHERE author_id = ?", Refuse: "how many rows"},
}

// equalTo makes the argument at an index equal in all turns.
func equalTo(arg int) func(*rewrite.Loop) {
	return func(l *rewrite.Loop) {
		values := l.Values
		l.Values = func(value int) rewrite.Variation {
			if l.Parsed.Bindings[value].Arg == arg {
				return rewrite.Equal
			}
			return values(value)
		}
	}
}

// oneKey says that every list has one key.
func oneKey(l *rewrite.Loop) { l.Many = func(int) bool { return false } }

// textKey says that the keys are text.
func textKey(l *rewrite.Loop) { l.Text = func(int) bool { return true } }
