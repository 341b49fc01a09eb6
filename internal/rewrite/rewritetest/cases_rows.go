package rewritetest

import (
	"database/sql"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/rewrite"
)

// A Process is a SELECT, what the program makes of its rows, and the SELECT that does so in the database.
type Process struct {
	Name string
	Only []fingerprint.Dialect

	Query   string // literals are constant; there are no arguments
	With    func(q rewrite.Query) (*rewrite.Rewrite, error)
	Compute func(rows [][]any) [][]any
	Program []any // operands of the program

	Want   string // the statement for a report, as MySQL and SQLite have it
	Wants  map[fingerprint.Dialect]string
	Note   string
	Refuse string
}

// run compares the rewrite with what the program makes of the rows. fixed compares its text as well.
func (c Process) run(t *testing.T, db *sql.DB, d fingerprint.Dialect, fixed bool) {
	t.Helper()
	if len(c.Only) > 0 && !slices.Contains(c.Only, d) {
		return
	}
	loop := read(d, c.Query)
	all := query(t, db, loop.text)
	names := all.columns
	r, err := c.With(rewrite.Query{Dialect: d, Parsed: loop.parsed, Names: names})
	if c.Refuse != "" {
		if err == nil {
			t.Fatalf("a rewrite, where none was wanted: %s", r.SQL())
		}
		if !strings.Contains(err.Error(), c.Refuse) {
			t.Errorf("the reason is %q, want %q in it", err, c.Refuse)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	if fixed {
		want := c.Want
		if w, ok := c.Wants[d]; ok {
			want = w
		}
		if got := r.SQL(); got != want {
			t.Errorf("in a report it is\n got %s\nwant %s", got, want)
		}
		if !strings.Contains(r.Note, c.Note) {
			t.Errorf("the note is %q, want %q in it", r.Note, c.Note)
		}
	}
	statement := r.Statement(1, options(loop, source{}))
	got := query(t, db, statement.SQL, arguments(statement, loop, nil, c.Program...)...)
	sorted := len(loop.parsed.Facts.OrderBy) == 0
	if diff := cmp.Diff(lines(c.Compute(all.rows), sorted), lines(got.rows, sorted)); diff != "" {
		t.Fatalf("(-program +rewrite)\n%s\nof %s", diff, statement.SQL)
	}
}

func counted(rows [][]any) [][]any { return [][]any{{int64(len(rows))}} }
func found(rows [][]any) [][]any   { return [][]any{{int64(min(len(rows), 1))}} }

// columns keeps the columns at some positions.
func columns(at ...int) func(rows [][]any) [][]any {
	return func(rows [][]any) (out [][]any) {
		for _, row := range rows {
			var kept []any
			for _, i := range at {
				kept = append(kept, row[i])
			}
			out = append(out, kept)
		}
		return out
	}
}

// keep keeps the rows whose value at a position is not NULL and passes.
func keep(at int, pass func(v any) bool) func(rows [][]any) [][]any {
	return func(rows [][]any) (out [][]any) {
		for _, row := range rows {
			if row[at] != nil && pass(row[at]) {
				out = append(out, row)
			}
		}
		return out
	}
}

// text returns what a driver read as text; numbers in a text are numbers here.
func text(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	return ""
}

func toCount(q rewrite.Query) (*rewrite.Rewrite, error)  { return rewrite.Count(q) }
func toExists(q rewrite.Query) (*rewrite.Rewrite, error) { return rewrite.Exists(q) }

func named(name string) rewrite.Column { return rewrite.Column{Index: -1, Name: name} }

func where(column string, op rewrite.Op, operands ...any) func(rewrite.Query) (*rewrite.Rewrite, error) {
	c := rewrite.Condition{Column: named(column), Op: op}
	for _, o := range operands {
		c.Operands = append(c.Operands, rewrite.Operand{Literal: o})
	}
	return func(q rewrite.Query) (*rewrite.Rewrite, error) { return rewrite.Filter(q, c) }
}

func selectOnly(names ...string) func(rewrite.Query) (*rewrite.Rewrite, error) {
	var keep []rewrite.Column
	for _, name := range names {
		keep = append(keep, named(name))
	}
	return func(q rewrite.Query) (*rewrite.Rewrite, error) { return rewrite.Columns(q, keep) }
}

func folds(by []rewrite.Column, conditions []rewrite.Condition, aggregates ...rewrite.Aggregate) func(rewrite.Query) (*rewrite.Rewrite, error) {
	return func(q rewrite.Query) (*rewrite.Rewrite, error) {
		return rewrite.Fold(q, aggregates, by, conditions...)
	}
}

// Processed are SELECTs whose rows the program processes.
var Processed = []Process{
	{Name: "count rows", With: toCount, Compute: counted, Query: "SELECT id, title FROM posts WHERE kind = 'news' ORDER BY id",
		Want: "SELECT count(*) FROM posts WHERE kind = ?", Wants: on(pg, "SELECT count(*) FROM posts WHERE kind = $1")},
	{Name: "count all rows", With: toCount, Compute: counted, Query: "SELECT * FROM posts", Want: "SELECT count(*) FROM posts"},
	{Name: "count rows of a join", With: toCount, Compute: counted, Query: "SELECT p.*, c.* FROM posts p LEFT JOIN comments c ON c.post_id = p.id WHERE p.score > 3 ORDER BY c.id",
		Want: "SELECT count(*) FROM posts p LEFT JOIN comments c ON c.post_id = p.id WHERE p.score > ?", Wants: on(pg, "SELECT count(*) FROM posts p LEFT JOIN comments c ON c.post_id = p.id WHERE p.score > $1")},
	{Name: "count distinct rows", With: toCount, Compute: counted, Query: "SELECT DISTINCT kind FROM posts WHERE score > 1",
		Want: "SELECT count(*) FROM (SELECT DISTINCT kind FROM posts WHERE score > ?) AS counted", Wants: on(pg, "SELECT count(*) FROM (SELECT DISTINCT kind FROM posts WHERE score > $1) AS counted")},
	{Name: "count groups", With: toCount, Compute: counted, Query: "SELECT kind, count(*) FROM posts GROUP BY kind HAVING count(*) > 1 ORDER BY kind",
		Want: "SELECT count(*) FROM (SELECT kind, count(*) FROM posts GROUP BY kind HAVING count(*) > ?) AS counted", Wants: on(pg, "SELECT count(*) FROM (SELECT kind, count(*) FROM posts GROUP BY kind HAVING count(*) > $1) AS counted")},
	{Name: "count a page", With: toCount, Compute: counted, Query: "SELECT id, title FROM posts ORDER BY id LIMIT 5 OFFSET 2",
		Want: "SELECT count(*) FROM (SELECT 1 FROM posts LIMIT ? OFFSET ?) AS counted", Wants: on(pg, "SELECT count(*) FROM (SELECT 1 FROM posts LIMIT $1 OFFSET $2) AS counted")},
	{Name: "count rows with a computed column", With: toCount, Compute: counted, Query: "SELECT upper(title) FROM posts", Want: "SELECT count(*) FROM posts"},
	{Name: "count rows that a function makes", With: toCount, Compute: counted, Only: only(pg), Query: "SELECT unnest(ARRAY[id, n]) FROM posts", Wants: on(pg, "SELECT count(*) FROM (SELECT unnest(ARRAY[id, n]) FROM posts) AS counted")},
	{Name: "count rows of a CTE", With: toCount, Compute: counted, Query: "WITH good AS (SELECT id FROM posts WHERE score > 5) SELECT id FROM good",
		Want: "WITH good AS (SELECT id FROM posts WHERE score > ?) SELECT count(*) FROM good", Wants: on(pg, "WITH good AS (SELECT id FROM posts WHERE score > $1) SELECT count(*) FROM good")},
	{Name: "count an aggregate", With: toCount, Query: "SELECT max(id) FROM posts", Refuse: "one row"},
	{Name: "count a union", With: toCount, Query: "SELECT id FROM posts UNION SELECT id FROM comments", Refuse: "UNION"},

	{Name: "ask for a row", With: toExists, Compute: found, Query: "SELECT id, title FROM posts WHERE kind = 'news' ORDER BY id",
		Want: "SELECT EXISTS (SELECT 1 FROM posts WHERE kind = ?)", Wants: on(pg, "SELECT EXISTS (SELECT 1 FROM posts WHERE kind = $1)")},
	{Name: "ask for a row that is not there", With: toExists, Compute: found, Query: "SELECT * FROM posts WHERE kind = 'none'",
		Want: "SELECT EXISTS (SELECT 1 FROM posts WHERE kind = ?)", Wants: on(pg, "SELECT EXISTS (SELECT 1 FROM posts WHERE kind = $1)")},
	{Name: "ask for a group", With: toExists, Compute: found, Query: "SELECT kind FROM posts GROUP BY kind HAVING count(*) > 2 ORDER BY kind",
		Want: "SELECT EXISTS (SELECT kind FROM posts GROUP BY kind HAVING count(*) > ?)", Wants: on(pg, "SELECT EXISTS (SELECT kind FROM posts GROUP BY kind HAVING count(*) > $1)")},
	{Name: "ask for a row of a page", With: toExists, Compute: found, Query: "SELECT id FROM posts ORDER BY id LIMIT 5 OFFSET 3",
		Want: "SELECT EXISTS (SELECT 1 FROM posts LIMIT ? OFFSET ?)", Wants: on(pg, "SELECT EXISTS (SELECT 1 FROM posts LIMIT $1 OFFSET $2)")},

	{Name: "some columns of all", With: selectOnly("title", "id"), Compute: columns(0, 2), Query: "SELECT * FROM posts WHERE score > 2 ORDER BY id LIMIT 4",
		Want: "SELECT id, title FROM posts WHERE score > ? ORDER BY id LIMIT ?", Wants: on(pg, "SELECT id, title FROM posts WHERE score > $1 ORDER BY id LIMIT $2")},
	{Name: "some columns of one table", With: selectOnly("name"), Compute: columns(1), Query: "SELECT a.* FROM people a JOIN posts p ON p.author_id = a.id ORDER BY p.id",
		Want: "SELECT a.name FROM people a JOIN posts p ON p.author_id = a.id ORDER BY p.id"},
	{Name: "some columns of a list", With: selectOnly("points"), Compute: columns(2), Query: "SELECT id, upper(title) AS t, score AS points FROM posts ORDER BY points, id", Want: "SELECT score AS points FROM posts ORDER BY points, id"},
	{Name: "a column that the order uses", With: selectOnly("id"), Query: "SELECT id, score AS points FROM posts ORDER BY points", Refuse: "points"},
	{Name: "columns of distinct rows", With: selectOnly("kind"), Query: "SELECT DISTINCT kind, n FROM posts", Refuse: "DISTINCT"},
	{Name: "columns of several tables", With: selectOnly("kind"), Query: "SELECT * FROM posts p JOIN people a ON a.id = p.author_id", Refuse: "several tables"},

	{Name: "a constant", With: where("kind", rewrite.EqualTo, "news"), Compute: keep(1, func(v any) bool { return v == "news" }), Note: "NULL",
		Query: "SELECT id, kind FROM posts WHERE author_id = 1 OR score > 2 ORDER BY id",
		Want:  "SELECT id, kind FROM posts WHERE (author_id = ? OR score > ?) AND kind = 'news' ORDER BY id", Wants: on(pg, "SELECT id, kind FROM posts WHERE (author_id = $1 OR score > $2) AND kind = 'news' ORDER BY id")},
	{Name: "another than a constant", With: where("k", rewrite.NotEqual, "o'clock"), Compute: keep(1, func(v any) bool { return v != "o'clock" }),
		Query: "SELECT p.id, p.title AS k FROM posts p", Want: "SELECT p.id, p.title AS k FROM posts p WHERE p.title <> 'o''clock'"},
	{Name: "a number", With: where("score", rewrite.MoreEqual, int64(2)), Compute: keep(4, func(v any) bool { return v.(int64) >= 2 }),
		Query: "SELECT * FROM posts ORDER BY id", Want: "SELECT * FROM posts WHERE score >= 2 ORDER BY id"},
	{Name: "a value of the program", With: func(q rewrite.Query) (*rewrite.Rewrite, error) {
		return rewrite.Filter(q, rewrite.Condition{Column: named("author_id"), Op: rewrite.EqualTo, Operands: []rewrite.Operand{{}}})
	}, Program: []any{int64(2)}, Compute: keep(1, func(v any) bool { return v == int64(2) }),
		Query: "SELECT id, author_id FROM posts WHERE kind <> 'note'",
		Want:  "SELECT id, author_id FROM posts WHERE kind <> ? AND author_id = ?", Wants: on(pg, "SELECT id, author_id FROM posts WHERE kind <> $1 AND author_id = $2")},
	{Name: "a set", With: where("kind", rewrite.In, "news", "note"), Compute: keep(1, func(v any) bool { return v == "news" || v == "note" }),
		Query: "SELECT id, kind FROM posts", Want: "SELECT id, kind FROM posts WHERE kind IN ('news', 'note')"},
	{Name: "none of a set", With: where("score", rewrite.NotIn, int64(1), int64(2)), Compute: keep(1, func(v any) bool { return v != int64(1) && v != int64(2) }),
		Query: "SELECT id, score FROM posts", Want: "SELECT id, score FROM posts WHERE score NOT IN (1, 2)"},
	{Name: "a part of a text, with what LIKE takes for more", With: where("title", rewrite.Contains, "0%"), Compute: keep(1, func(v any) bool { return strings.Contains(text(v), "0%") }),
		Query: "SELECT id, title FROM posts", Want: "SELECT id, title FROM posts WHERE title LIKE '%0!%%' ESCAPE '!'",
		Wants: on(lite, "SELECT id, title FROM posts WHERE instr(title, '0%') > 0")},
	{Name: "a part of a text, in one case", With: where("title", rewrite.Contains, "bc"), Compute: keep(1, func(v any) bool { return strings.Contains(text(v), "bc") }),
		Query: "SELECT id, title FROM posts", Want: "SELECT id, title FROM posts WHERE title LIKE '%bc%'", Wants: on(lite, "SELECT id, title FROM posts WHERE instr(title, 'bc') > 0")},
	{Name: "a part of a text, with a backslash", With: where("title", rewrite.Contains, `k\s`), Program: []any{`k\s`}, Compute: keep(1, func(v any) bool { return strings.Contains(text(v), `k\s`) }),
		Query: "SELECT id, title FROM posts", Want: "SELECT id, title FROM posts WHERE instr(title, ?) > 0", Wants: on(pg, "SELECT id, title FROM posts WHERE strpos(title, $1) > 0")},
	{Name: "the begin of a text", With: where("title", rewrite.Prefix, "a_"), Compute: keep(1, func(v any) bool { return strings.HasPrefix(text(v), "a_") }),
		Query: "SELECT id, title FROM posts", Want: "SELECT id, title FROM posts WHERE title LIKE 'a!_%' ESCAPE '!'", Wants: on(lite, "SELECT id, title FROM posts WHERE instr(title, 'a_') = 1")},
	{Name: "the begin of a text, with what escapes", With: where("title", rewrite.Prefix, "x!"), Compute: keep(1, func(v any) bool { return strings.HasPrefix(text(v), "x!") }),
		Query: "SELECT id, title FROM posts", Want: "SELECT id, title FROM posts WHERE title LIKE 'x!!%' ESCAPE '!'", Wants: on(lite, "SELECT id, title FROM posts WHERE instr(title, 'x!') = 1")},
	{Name: "the end of a text", With: where("title", rewrite.Suffix, "bung"), Only: only(pg, my), Compute: keep(1, func(v any) bool { return strings.HasSuffix(text(v), "bung") }),
		Query: "SELECT id, title FROM posts", Want: "SELECT id, title FROM posts WHERE title LIKE '%bung'"},
	{Name: "the end of a text where LIKE ignores case", With: where("title", rewrite.Suffix, "bung"), Only: only(lite), Query: "SELECT id, title FROM posts", Refuse: "sure to mean the same"},
	{Name: "a page that is filtered", With: where("kind", rewrite.EqualTo, "news"), Query: "SELECT id, kind FROM posts LIMIT 5", Refuse: "LIMIT"},
	{Name: "a computed column that is filtered", With: where("k", rewrite.EqualTo, "news"), Query: "SELECT id, lower(kind) AS k FROM posts", Refuse: "computed"},
	{Name: "ranks that are filtered", With: where("kind", rewrite.EqualTo, "news"), Query: "SELECT kind, row_number() OVER (ORDER BY id) AS r FROM posts", Refuse: "window"},

	{Name: "a sum", With: folds(nil, nil, rewrite.Aggregate{Func: "sum", Expr: "{0} * {n}"}), Query: "SELECT score, n FROM posts WHERE kind <> 'note' ORDER BY id",
		Compute: func(rows [][]any) [][]any {
			sum := int64(0)
			for _, row := range rows {
				if score, ok := row[0].(int64); ok {
					sum += score * row[1].(int64)
				}
			}
			return [][]any{{sum}}
		},
		Want: "SELECT coalesce(sum(score * n), 0) FROM posts WHERE kind <> ?", Wants: on(pg, "SELECT coalesce(sum(score * n), 0) FROM posts WHERE kind <> $1")},
	{Name: "the largest and the smallest", With: folds(nil, nil, rewrite.Aggregate{Func: "max", Expr: "{score}"}, rewrite.Aggregate{Func: "min", Expr: "{score}"}, rewrite.Aggregate{Func: "count"}),
		Query: "SELECT score FROM posts", Note: "max and min is NULL if there are no rows",
		Compute: func(rows [][]any) [][]any {
			var most, least any
			for _, row := range rows {
				score, ok := row[0].(int64)
				if !ok {
					continue
				}
				if most == nil || score > most.(int64) {
					most = score
				}
				if least == nil || score < least.(int64) {
					least = score
				}
			}
			return [][]any{{most, least, int64(len(rows))}}
		},
		Want: "SELECT max(score), min(score), count(*) FROM posts"},
	{Name: "a sum for each kind", With: folds([]rewrite.Column{named("kind")}, []rewrite.Condition{{Column: named("n"), Op: rewrite.More, Operands: []rewrite.Operand{{Literal: int64(1)}}}}, rewrite.Aggregate{Func: "sum", Expr: "{n} + 1"}),
		Query: "SELECT kind, n FROM posts",
		Compute: func(rows [][]any) (out [][]any) {
			sums := make(map[any]int64)
			for _, row := range rows {
				if n := row[1].(int64); n > 1 {
					sums[row[0]] += n + 1
				}
			}
			for kind, sum := range sums {
				out = append(out, []any{kind, sum})
			}
			return out
		},
		Want: "SELECT kind, coalesce(sum(n + 1), 0) FROM posts WHERE n > 1 GROUP BY kind"},
	{Name: "a quotient", With: folds(nil, nil, rewrite.Aggregate{Func: "sum", Expr: "{score} / 2"}), Query: "SELECT score FROM posts", Refuse: "/"},
	{Name: "a sum with a value of the program", With: folds(nil, nil, rewrite.Aggregate{Func: "sum", Expr: "{score} * ?"}), Query: "SELECT score FROM posts", Refuse: "value of the program"},
	{Name: "a sum of a page", With: folds(nil, nil, rewrite.Aggregate{Func: "sum", Expr: "{score}"}), Query: "SELECT score FROM posts LIMIT 3", Refuse: "LIMIT"},
	{Name: "a sum of distinct rows", With: folds(nil, nil, rewrite.Aggregate{Func: "sum", Expr: "{score}"}), Query: "SELECT DISTINCT score FROM posts", Refuse: "DISTINCT"},
}
