package rewrite_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/rewrite"
)

const (
	postgres = fingerprint.PostgreSQL
	mysql    = fingerprint.MySQL
	sqlite   = fingerprint.SQLite
)

// equal makes the values of some columns equal in the run, and all others vary; literals beside arguments are constant.
func equal(p *fingerprint.Parsed, columns ...string) func(int) rewrite.Variation {
	return func(value int) rewrite.Variation {
		for _, c := range columns {
			if p.Facts.Values[value].Column == c {
				return rewrite.Equal
			}
		}
		if rewrite.InText(p, value) {
			return rewrite.Constant
		}
		return rewrite.Varies
	}
}

// TestWrites shows the rewrites of INSERT, UPDATE and DELETE: what was equal in the run gets a value for each row or prevents
// the rewrite.
func TestWrites(t *testing.T) {
	for _, tc := range []struct {
		name    string
		d       fingerprint.Dialect
		sql     string
		equal   []string
		result  rewrite.Use
		want    string
		note    string
		refused string
	}{
		{name: "a column with the name of its table", d: sqlite, sql: "INSERT INTO notes (id, notes, owner) VALUES (?, ?, ?)",
			want: "INSERT INTO notes (id, notes, owner) VALUES (?, ?, ?), (?, ?, ?), …"},
		{name: "an equal value", d: mysql, sql: "UPDATE files SET name = ?, kind = ? WHERE id = ?", equal: []string{"kind"},
			want: "UPDATE files SET name = CASE id WHEN ? THEN ? WHEN ? THEN ? … ELSE name END, kind = CASE id WHEN ? THEN ? WHEN ? THEN ? … ELSE kind END WHERE id IN (?, ?, …)",
			note: "use the last turn"},
		{name: "equal values alone", d: postgres, sql: "UPDATE files SET kind = $1 WHERE id = $2", equal: []string{"kind"},
			want: "UPDATE files SET kind = new_kind FROM (VALUES ($1, $2), ($3, $4), …) AS new(key1, new_kind) WHERE id = key1"},
		{name: "a literal of the text", d: sqlite, sql: "UPDATE files SET kind = 'seen', hidden = TRUE WHERE id = ?",
			want: "UPDATE files SET kind = ?, hidden = ? WHERE id IN (?, ?, …)"},
		{name: "NULL in the text", d: sqlite, sql: "UPDATE files SET kind = NULL WHERE id = ?", equal: []string{"kind"},
			want: "UPDATE files SET kind = CASE id WHEN ? THEN ? WHEN ? THEN ? … ELSE kind END WHERE id IN (?, ?, …)"},
		{name: "a key that was equal", d: postgres, sql: "DELETE FROM files WHERE tenant = $1 AND id = $2", equal: []string{"tenant"},
			want: "DELETE FROM files WHERE (tenant, id) IN (($1, $2), ($3, $4), …)"},
		{name: "a range that was equal", d: postgres, sql: "DELETE FROM files WHERE id = $1 AND at < $2", equal: []string{"at"}, refused: "was equal in this run"},
		{name: "nothing but equal keys", d: postgres, sql: "UPDATE files SET n = n + $1 WHERE id = $2", equal: []string{"id"}, refused: "every turn writes the same rows"},
		{name: "a version", d: postgres, sql: "UPDATE files SET name = $1, version = version + 1 WHERE id = $2 AND version = $3", refused: "changes the key"},
		{name: "a soft delete", d: sqlite, sql: "UPDATE files SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL",
			want: "UPDATE files SET deleted_at = CASE id WHEN ? THEN ? WHEN ? THEN ? … ELSE deleted_at END WHERE id IN (?, ?, …) AND deleted_at IS NULL", note: "Each key must occur once."},
		{name: "a value that is written on conflict", d: postgres, sql: "INSERT INTO files (id, kind) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET kind = $3", equal: []string{"kind"}, refused: "conflict"},
		{name: "no row to select from", d: postgres, sql: "INSERT INTO guests (mail) SELECT $1::text WHERE NOT EXISTS (SELECT 1 FROM gone WHERE mail = $1)", refused: "no table"},
		{name: "rows counted up through a join", d: mysql, sql: "UPDATE posts p JOIN tags t ON t.post_id = p.id SET p.n = p.n + 1 WHERE t.id = ?", refused: "two keys may find one row"},
		{name: "rows of two tables", d: mysql, sql: "DELETE p, t FROM posts p JOIN tags t ON t.post_id = p.id WHERE p.id = ?", want: "DELETE p, t FROM posts p JOIN tags t ON t.post_id = p.id WHERE p.id IN (?, ?, …)"},
		{name: "the result of an upsert", d: postgres, sql: "INSERT INTO files (id) VALUES ($1) ON CONFLICT DO NOTHING", result: rewrite.Used, refused: "uses the result"},
		{name: "returned ids that the rows do not have", d: postgres, sql: "INSERT INTO files (name) VALUES ($1) RETURNING id", result: rewrite.Used, refused: "no certain order"},
		{name: "returned ids beside a column of the rows", d: postgres, sql: "INSERT INTO files (name) VALUES ($1) RETURNING id, name", result: rewrite.Used,
			want: "INSERT INTO files (name) VALUES ($1), ($2), … RETURNING id, name", note: "assign them by name"},
		{name: "an unused result", d: mysql, sql: "INSERT INTO files (name) VALUES (?)", result: rewrite.Unused,
			want: "INSERT INTO files (name) VALUES (?), (?), …", note: "If one row fails, no row is inserted."},
		{name: "rows affected", d: postgres, sql: "DELETE FROM files WHERE id = $1", want: "DELETE FROM files WHERE id = ANY($1)", note: "RowsAffected is the number of rows of all keys."},
		{name: "too many values", d: postgres, sql: "INSERT INTO wide VALUES (" + strings.Repeat("$1, ", 64) + "$2)", refused: "more than 64 values"},
	} {
		p := fingerprint.Parse(tc.d, tc.sql)
		r, err := rewrite.Write(rewrite.Loop{Dialect: tc.d, Parsed: p, Values: equal(p, tc.equal...), Result: tc.result})
		switch {
		case tc.refused != "":
			if err == nil || !strings.Contains(err.Error(), tc.refused) {
				t.Errorf("%s: %v, %v, want a reason that speaks of %q", tc.name, r, err, tc.refused)
			}
		case err != nil:
			t.Errorf("%s: %v", tc.name, err)
		case r.SQL() != tc.want || !strings.Contains(r.Note, tc.note):
			t.Errorf("%s:\n got %s\nwant %s\nnote %q, want %q in it", tc.name, r.SQL(), tc.want, r.Note, tc.note)
		case r.Replaces[0] != p.Text:
			t.Errorf("%s: it replaces %q", tc.name, r.Replaces)
		}
	}
}

// TestPlaceholdersKeepTheirNumbers shows the numbers of PostgreSQL: those of the loop's statement where each argument has
// one value, literals after them, and one number for an argument that is used twice.
func TestPlaceholdersKeepTheirNumbers(t *testing.T) {
	for _, tc := range []struct{ sql, want string }{
		{"SELECT a FROM t WHERE kind = 'x' AND id = $1", "SELECT id, a FROM t WHERE kind = $2 AND id = ANY($1)"},
		{"SELECT a FROM t WHERE (b > $2 OR c > $2) AND id = $1", "SELECT id, a FROM t WHERE (b > $2 OR c > $2) AND id = ANY($1)"},
		{"SELECT a FROM t WHERE b > $3 AND c > $2 AND id = $1", "SELECT id, a FROM t WHERE b > $3 AND c > $2 AND id = ANY($1)"},
		{"SELECT a FROM t WHERE kind IN ($2, $3) AND c > $4 AND id = $1", "SELECT id, a FROM t WHERE kind IN ($2, …) AND c > $4 AND id = ANY($1)"},
		{"SELECT a FROM t WHERE id = $1 ORDER BY a LIMIT $2", "SELECT * FROM (SELECT id, a, row_number() OVER (PARTITION BY id ORDER BY a) AS nth FROM t WHERE id = ANY($1)) AS ranked WHERE nth <= $2 ORDER BY id, nth"},
	} {
		p := fingerprint.Parse(postgres, tc.sql)
		r, err := rewrite.ByKeys(rewrite.Loop{Dialect: postgres, Parsed: p, Values: func(value int) rewrite.Variation {
			if p.Facts.Values[value].Column == "id" {
				return rewrite.Varies
			}
			return rewrite.Constant
		}})
		if err != nil || r.SQL() != tc.want {
			t.Errorf("%s: %v\n got %v\nwant %s", tc.sql, err, r, tc.want)
		}
	}
	// LIMIT is left out, so that the loop's numbers would leave one out.
	count, err := rewrite.Exists(rewrite.Query{Dialect: postgres, Parsed: fingerprint.Parse(postgres, "SELECT a FROM t WHERE b = $2 LIMIT $1")})
	if want := "SELECT EXISTS (SELECT 1 FROM t WHERE b = $1)"; err != nil || count.SQL() != want {
		t.Errorf("%v, %v, want %s", count, err, want)
	}
}

// TestReads shows notes and refusals of SELECTs that depend on what the caller knows of the loop.
func TestReads(t *testing.T) {
	parse := func(d fingerprint.Dialect, sql string) rewrite.Loop {
		return rewrite.Loop{Dialect: d, Parsed: fingerprint.Parse(d, sql)}
	}
	with := func(l rewrite.Loop, set func(*rewrite.Loop)) rewrite.Loop {
		set(&l)
		return l
	}
	for _, tc := range []struct {
		name string
		loop rewrite.Loop
		want string // the statement, or a part of the reason
		note string
	}{
		{"a second column that was equal", with(parse(sqlite, "SELECT a FROM t WHERE tenant = ? AND id = ?"), func(l *rewrite.Loop) { l.Values = equal(l.Parsed, "tenant") }),
			"SELECT id, a FROM t WHERE tenant = ? AND id IN (?, ?, …)", "tenant had one value in this run; if it can differ between turns, it is part of the key."},
		{"keys of unknown type in MySQL", parse(mysql, "SELECT a FROM t WHERE id = ?"), "SELECT id, a FROM t WHERE id IN (?, ?, …)", "may ignore the case"},
		{"keys that are numbers in MySQL", with(parse(mysql, "SELECT a FROM t WHERE id = ?"), func(l *rewrite.Loop) { l.Text = func(int) bool { return false } }),
			"SELECT id, a FROM t WHERE id IN (?, ?, …)", ""},
		{"several keys in each turn", with(parse(sqlite, "SELECT a FROM t WHERE id IN (?, ?)"), func(l *rewrite.Loop) {}), "SELECT id, a FROM t WHERE id IN (?, ?, …)", "takes a list already"},
		{"a count of several keys", parse(sqlite, "SELECT count(*) FROM t WHERE id IN (?, ?)"), "for each list of keys", ""},
		{"a count of one key in a list", parse(sqlite, "SELECT count(*) FROM t WHERE id IN (?)"), "SELECT id, count(*) FROM t WHERE id IN (?, ?, …) GROUP BY id", "its count is 0"},
		{"an aggregate that is NULL", parse(sqlite, "SELECT max(a) FROM t WHERE id = ?"), "SELECT id, max(a) FROM t WHERE id IN (?, ?, …) GROUP BY id", "its value is NULL"},
		{"an array that may hold several keys", parse(postgres, "SELECT a FROM t WHERE id = ANY($1) LIMIT 1"), "limits the rows of each list", ""},
		{"the latest row", parse(sqlite, "SELECT a FROM t WHERE id = ? ORDER BY at DESC LIMIT 1"),
			"SELECT * FROM (SELECT id, a, row_number() OVER (PARTITION BY id ORDER BY at DESC) AS nth FROM t WHERE id IN (?, ?, …)) AS ranked WHERE nth <= ? ORDER BY id, nth", "nth counts the rows of a key"},
		{"the latest row where there is one", with(parse(sqlite, "SELECT a FROM t WHERE id = ? ORDER BY at DESC LIMIT 1"), func(l *rewrite.Loop) { l.Unique = true }),
			"SELECT id, a FROM t WHERE id IN (?, ?, …) ORDER BY at DESC", ""},
	} {
		r, err := rewrite.ByKeys(tc.loop)
		switch {
		case err != nil && strings.Contains(err.Error(), tc.want):
		case err != nil || r.SQL() != tc.want:
			t.Errorf("%s: %v\n got %v\nwant %s", tc.name, err, r, tc.want)
		case !strings.Contains(r.Note, tc.note) || tc.note == "" && r.Note != "":
			t.Errorf("%s: the note is %q, want %q", tc.name, r.Note, tc.note)
		}
	}
}

// TestNamesAndLists shows what callers ask of a statement beside rewrites.
func TestNamesAndLists(t *testing.T) {
	p := fingerprint.Parse(postgres, `SELECT p.id, upper(title), score AS "Points", count(*) n FROM posts p`)
	if diff := cmp.Diff([]string{"id", "", "Points", "n"}, rewrite.ResultNames(postgres, p)); diff != "" {
		t.Errorf("names (-want +got)\n%s", diff)
	}
	if got := rewrite.ResultNames(postgres, fingerprint.Parse(postgres, "SELECT a, t.* FROM t")); got != nil {
		t.Errorf("names of a star: %q", got)
	}
	for sql, want := range map[string][]int{
		"SELECT a FROM t WHERE b = $1 AND id = ANY($2)":                    {1},
		"SELECT a FROM t WHERE id IN ($1, $2)":                             {0},
		"SELECT a FROM t WHERE id NOT IN ($1, $2)":                         nil,
		"SELECT a FROM t WHERE id IN (SELECT value FROM json_each($1))":    {0},
		"SELECT a FROM t JOIN unnest($1::bigint[]) AS k(id) ON k.id = t.b": {0},
		"SELECT a FROM t WHERE id = $1":                                    nil,
		"SELECT a FROM t WHERE a > ANY($1)":                                nil,
	} {
		if diff := cmp.Diff(want, rewrite.ListValues(postgres, fingerprint.Parse(postgres, sql))); diff != "" {
			t.Errorf("lists of %s (-want +got)\n%s", sql, diff)
		}
	}
	q := rewrite.Query{Dialect: postgres, Parsed: fingerprint.Parse(postgres, "SELECT p.price, p.n AS amount FROM parts p")}
	for expr, want := range map[string]string{
		"{0} * {amount} + 1": "price * n + 1",
		"{price} - ?":        "price - ?",
		"{0} / 2":            "",
		"{2}":                "",
		"{other} + 1":        "",
		"{0} -- 1":           "",
		"{0} + 1.23457e+06":  "",
		"f({0})":             "",
	} {
		if got := rewrite.Expression(q, expr); got != want {
			t.Errorf("%s is %q, want %q", expr, got, want)
		}
	}
}

// TestOperands shows which constants of the source become literals.
func TestOperands(t *testing.T) {
	for _, tc := range []struct {
		sql     string
		literal any
		want    string
	}{
		{"'draft'", "draft", "state = 'draft'"},
		{"'o''clock'", "o'clock", "state = 'o''clock'"},
		{"'a\\b'", `a\b`, "state = ?"},
		{"'a\nb'", "a\nb", "state = ?"},
		{"TRUE", true, "state = TRUE"},
		{"12", int64(12), "state = 12"},
		{"1.5", nil, "state = 1.5"},
		{"?", nil, "state = ?"},
		{"1.23457e+06", nil, ""},
		{"now()", nil, ""},
	} {
		o, err := rewrite.ParseOperand(tc.sql, tc.literal)
		if err != nil {
			if tc.want != "" {
				t.Errorf("%s: %v", tc.sql, err)
			}
			continue
		}
		q := rewrite.Query{Dialect: sqlite, Parsed: fingerprint.Parse(sqlite, "SELECT state FROM jobs")}
		r, err := rewrite.Filter(q, rewrite.Condition{Column: rewrite.Column{Index: 0, NotNull: true}, Op: rewrite.EqualTo, Operands: []rewrite.Operand{o}})
		if want := "SELECT state FROM jobs WHERE " + tc.want; err != nil || r.SQL() != want {
			t.Errorf("%s: %v, %v, want %s", tc.sql, r, err, want)
		}
	}
}

// TestAssign shows which computed columns the UPDATE can compute itself.
func TestAssign(t *testing.T) {
	const read = "SELECT id, views AS v, likes FROM posts WHERE id = $1"
	for _, tc := range []struct{ read, update, expr, want string }{
		{read, "UPDATE posts SET views = $1 WHERE id = $2", "{v} + 1", "UPDATE posts SET views = views + 1 WHERE id = $1"},
		{read, "UPDATE posts SET views = $1, at = $2 WHERE id = $3", "{v} + ?", "UPDATE posts SET views = views + $1, at = $2 WHERE id = $3"},
		{read, "UPDATE posts SET likes = $1, views = $2 WHERE id = $3", "{v} + {likes}", "also sets likes"},
		{read, "UPDATE posts SET views = $1 WHERE id = $2", "{v} / 2", "/"},
		{read, "UPDATE posts SET views = views + $1 WHERE id = $2", "{v} + 1", "does not set views to an argument"},
		{read, "UPDATE stats SET views = $1 WHERE id = $2", "{v} + 1", "one and the same table"},
		{"SELECT p.views AS v FROM posts p JOIN people a ON a.id = p.author_id", "UPDATE posts SET views = $1 WHERE id = $2", "{v} + 1", "one and the same table"},
	} {
		q := rewrite.Query{Dialect: postgres, Parsed: fingerprint.Parse(postgres, tc.read)}
		r, err := rewrite.Assign(q, fingerprint.Parse(postgres, tc.update), "views", tc.expr)
		switch {
		case err != nil && strings.Contains(err.Error(), tc.want):
		case err != nil || r.SQL() != tc.want:
			t.Errorf("%s with %s: %v\n got %v\nwant %s", tc.update, tc.expr, err, r, tc.want)
		}
	}
}
