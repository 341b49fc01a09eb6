//go:build cgo

package pgquery

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	pg "github.com/pganalyze/pg_query_go/v5"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/grammar"
	"github.com/nplusgone/nplusgone/internal/sqlcorpus"
)

const corpora = "../../testdata/fingerprint"

func groups(tb testing.TB, d fingerprint.Dialect) []sqlcorpus.Group {
	tb.Helper()
	groups, err := sqlcorpus.Read(corpora, d.String())
	if err != nil {
		tb.Fatal(err)
	}
	return groups
}

func TestAParserSeesMore(t *testing.T) {
	for _, tc := range []struct {
		d    fingerprint.Dialect
		sql  string
		want string // the values
	}{
		{fingerprint.PostgreSQL, "SELECT id FROM posts WHERE id = CAST($1 AS bigint)", "key posts.id"},
		{fingerprint.PostgreSQL, "SELECT id FROM posts WHERE ROW(a, b) = ROW($1, $2)", "key posts.a, key posts.b"},
		{fingerprint.PostgreSQL, `SELECT id FROM posts WHERE title COLLATE "C" = $1`, "key posts.title"},
		{fingerprint.SQLite, "SELECT id FROM posts WHERE title COLLATE nocase = ?", "key posts.title"},
		{fingerprint.MySQL, "SELECT `id` FROM `posts` WHERE `Title` <=> ? LIMIT 5, 10", "key posts.Title, offset, limit"},
		{fingerprint.PostgreSQL, "UPDATE posts SET (a, b) = ($1, lower($2)) WHERE NOT (id = $3)", "set posts.a, set posts.b, range posts.id"},
	} {
		r := Read(tc.d, tc.sql)
		if r.Source != grammar.LibPGQuery || r.Reason != "" || len(r.PGFingerprint) != 16 {
			t.Errorf("%s: source %s because %q, fingerprint %q", tc.sql, r.Source, r.Reason, r.PGFingerprint)
		}
		if got := describe(r.Facts.Values); got != tc.want {
			t.Errorf("%s\n got %s\nwant %s", tc.sql, got, tc.want)
		}
	}
}

func describe(values []fingerprint.Value) string {
	items := make([]string, len(values))
	for i, v := range values {
		items[i] = v.Role.String()
		if v.List {
			items[i] += " list"
		}
		if v.Column != "" {
			items[i] += strings.TrimSuffix(" "+v.Table, ".") + "." + v.Column
		}
	}
	return strings.Join(items, ", ")
}

// TestTheLexerDecides reads texts that do not pass the gate, or that PostgreSQL's grammar does not have: the facts are the
// lexer's, and the reason says why.
func TestTheLexerDecides(t *testing.T) {
	for _, tc := range []struct {
		d           fingerprint.Dialect
		sql, reason string
	}{
		{fingerprint.Unknown, "SELECT 1 FROM t", "unknown dialect"},
		{fingerprint.PostgreSQL, "SELECT FROM WHERE", "syntax error"},
		{fingerprint.PostgreSQL, "BEGIN", "kind begin"},
		{fingerprint.PostgreSQL, "SELECT 1; SELECT 2", "several statements"},
		{fingerprint.PostgreSQL, "SELECT '\xff' FROM t", "no UTF-8"},
		{fingerprint.PostgreSQL, "SELECT 'a\x00b' FROM t", "NUL"},
		{fingerprint.PostgreSQL, "SELECT 1 FROM t /* " + strings.Repeat("x", maxText) + " */", "longer than"},
		{fingerprint.PostgreSQL, "SELECT " + strings.Repeat("1,", 100) + "1 FROM t", "more parts"},
		{fingerprint.MySQL, "SELECT @a FROM t", "no variables"},
		{fingerprint.MySQL, "SELECT a || b FROM t", "another operator"},
		{fingerprint.MySQL, "INSERT INTO t SET a = 1", "syntax error"},
		{fingerprint.SQLite, "INSERT OR REPLACE INTO t VALUES (1)", "syntax error"},
	} {
		r := Read(tc.d, tc.sql)
		if r.Source != grammar.Lexer || !strings.Contains(r.Reason, tc.reason) {
			t.Errorf("%.60q: source %s because %q, want one that speaks of %q", tc.sql, r.Source, r.Reason, tc.reason)
		}
		if diff := cmp.Diff(fingerprint.Parse(tc.d, tc.sql).Facts, r.Facts); diff != "" {
			t.Errorf("%.60q: facts are not the lexer's: %s", tc.sql, diff)
		}
	}
}

// TestDisagreementIsSeen compares trees with the facts of the lexer: another kind or other tables are a disagreement.
func TestDisagreementIsSeen(t *testing.T) {
	f := fingerprint.Parse(fingerprint.MySQL, "SELECT a FROM Posts, `s`.`B`").Facts
	for _, tc := range []struct {
		tree tree
		want string
	}{
		{tree{kind: fingerprint.Select, tables: []string{"s.b", "posts"}}, ""},
		{tree{kind: fingerprint.Select, tables: []string{"posts"}}, "tables"},
		{tree{kind: fingerprint.Delete, tables: []string{"s.b", "posts"}}, "kind delete"},
	} {
		if got := disagree(&f, &tc.tree); !strings.Contains(got, tc.want) || tc.want == "" && got != "" {
			t.Errorf("%+v: %q", tc.tree, got)
		}
	}
}

// TestLexerAndParserAgree reads the corpora with both: the parser has every fact of the lexer.
func TestLexerAndParserAgree(t *testing.T) {
	for d, least := range map[fingerprint.Dialect]int{fingerprint.PostgreSQL: 140, fingerprint.MySQL: 80, fingerprint.SQLite: 90} {
		asked := 0
		for _, g := range groups(t, d) {
			for _, text := range g.Texts {
				r := Read(d, text.SQL)
				if r.Source == grammar.Lexer {
					if d == fingerprint.PostgreSQL && strings.Contains(r.Reason, "PostgreSQL's parser reads") {
						t.Errorf("%s.txt:%d: %s", d, g.Line, r.Reason)
					}
					continue
				}
				asked++
				lexer := r.Parsed.Facts
				for i, v := range lexer.Values {
					if v.Role != fingerprint.RoleOther && v.Column != "" && r.Facts.Values[i] != v {
						t.Errorf("%s.txt:%d: value %d of %s\n is %+v, the lexer says %+v", d, g.Line, i, r.Text, r.Facts.Values[i], v)
					}
				}
				facts := r.Facts
				facts.Values = lexer.Values
				if diff := cmp.Diff(lexer, facts); diff != "" {
					t.Errorf("%s.txt:%d: %s (-lexer +parser)\n%s", d, g.Line, r.Text, diff)
				}
			}
		}
		if asked < least {
			t.Errorf("%s: the parser read %d texts, fewer than %d", d, asked, least)
		}
	}
}

// TestTheFingerprintIsThatOfTheText compares libpg_query's fingerprint of the translation with that of the text.
func TestTheFingerprintIsThatOfTheText(t *testing.T) {
	same, other := 0, 0
	for _, g := range groups(t, fingerprint.PostgreSQL) {
		for _, text := range g.Texts {
			r := Read(fingerprint.PostgreSQL, text.SQL)
			want, err := pg.Fingerprint(text.SQL)
			if r.Source == grammar.Lexer || err != nil {
				continue
			}
			if r.PGFingerprint == want {
				same++
			} else if other++; testing.Verbose() {
				t.Logf("%s: %s, its own text %s", text.SQL, r.PGFingerprint, want)
			}
		}
	}
	if same < 9*other {
		t.Errorf("%d are the same, %d are not", same, other)
	}
}

// TestIDsAreTheSame compares the IDs with the golden file: the parser changes none.
func TestIDsAreTheSame(t *testing.T) {
	golden, err := os.ReadFile(corpora + "/ids.golden")
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, d := range []fingerprint.Dialect{fingerprint.PostgreSQL, fingerprint.MySQL, fingerprint.SQLite, fingerprint.Unknown} {
		for _, g := range groups(t, d) {
			r := Read(d, g.Texts[0].SQL)
			fmt.Fprintf(&got, "%s %s %s\n", d, r.ID, r.Text)
		}
	}
	if diff := cmp.Diff(string(golden), got.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestOnlyTwoFunctionsAreCalled reads the source: Normalize of libpg_query, for one, reads out of bounds.
func TestOnlyTwoFunctionsAreCalled(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	called := make(map[string]bool)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`\bpg\.([A-Z]\w*)\(`).FindAllSubmatch(text, -1) {
			called[string(m[1])] = true
		}
		if strings.Contains(string(text), "pg_query_go/v5/parser") {
			t.Errorf("%s imports the package below pg_query_go", file)
		}
	}
	if diff := cmp.Diff(map[string]bool{"Parse": true, "Fingerprint": true}, called); diff != "" {
		t.Errorf("(-want +called)\n%s", diff)
	}
}
