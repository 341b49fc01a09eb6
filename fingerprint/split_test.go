package fingerprint

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSplit(t *testing.T) {
	for _, tc := range []struct {
		name   string
		d      Dialect
		script string
		want   []string
	}{
		{"nothing", SQLite, " ;; -- only a comment\n;", nil},
		{"semicolons in literals and comments", PostgreSQL,
			"SELECT ';' /* ; */ ; -- ;\nSELECT $b$;$b$, E'\\';', \"a;b\"",
			[]string{"SELECT ';'", "SELECT $b$;$b$, E'\\';', \"a;b\""}},
		{"a backslash is none in SQLite", SQLite, `SELECT '\'; SELECT 2`, []string{`SELECT '\'`, "SELECT 2"}},
		{"a backslash is one in MySQL", MySQL, `SELECT '\'; SELECT 2'; SELECT 3`, []string{`SELECT '\'; SELECT 2'`, "SELECT 3"}},
		{"a trigger's body", SQLite,
			"CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET n = CASE WHEN n > 1 THEN 2 END; DELETE FROM b; END; SELECT 1;",
			[]string{"CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET n = CASE WHEN n > 1 THEN 2 END; DELETE FROM b; END", "SELECT 1"}},
		{"a procedure's body", MySQL,
			"CREATE PROCEDURE p() BEGIN IF 1 THEN SELECT 1; END IF; CASE 1 WHEN 1 THEN SELECT 2; END CASE; END; CALL p()",
			[]string{"CREATE PROCEDURE p() BEGIN IF 1 THEN SELECT 1; END IF; CASE 1 WHEN 1 THEN SELECT 2; END CASE; END", "CALL p()"}},
		{"another delimiter", MySQL,
			"DELIMITER //\nCREATE PROCEDURE p() SELECT 1; SELECT 2//\ndelimiter ;\nSELECT 3; SELECT 4",
			[]string{"CREATE PROCEDURE p() SELECT 1; SELECT 2", "SELECT 3", "SELECT 4"}},
		{"executable comments", MySQL, "/*!40101 SET NAMES utf8 */; SELECT 1 /*!50000 FROM t */; SELECT 2 /*! + 3 */ + 4",
			[]string{"SET NAMES utf8", "SELECT 1 /*!50000 FROM t */", "SELECT 2 /*! + 3 */ + 4"}},
		{"transactions are statements", PostgreSQL, "BEGIN; SELECT CASE WHEN a THEN b END FROM t; END; SELECT 1",
			[]string{"BEGIN", "SELECT CASE WHEN a THEN b END FROM t", "END", "SELECT 1"}},
		{"a function's body is a literal", PostgreSQL, "CREATE FUNCTION f() RETURNS int AS $$ BEGIN; RETURN 1; END $$ LANGUAGE plpgsql; SELECT f()",
			[]string{"CREATE FUNCTION f() RETURNS int AS $$ BEGIN; RETURN 1; END $$ LANGUAGE plpgsql", "SELECT f()"}},
		{"a function's body is SQL", PostgreSQL, "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END; SELECT f()",
			[]string{"CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END", "SELECT f()"}},
		{"the rows of a dump", PostgreSQL, "COPY a (b) FROM stdin;\nit's ; one\n\\.\n\nSELECT 1;", []string{"COPY a (b) FROM stdin", "SELECT 1"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, slices.Collect(Split(tc.d, tc.script))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestSplitStops stops after three statements of many.
func TestSplitStops(t *testing.T) {
	n := 0
	for range Split(MySQL, strings.Repeat("SELECT 1;", 1000)) {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("%d statements, want 3", n)
	}
}

func FuzzSplit(f *testing.F) {
	for _, d := range dialects {
		var script strings.Builder
		for _, g := range groups(f, d) {
			f.Add(uint8(d), g.Texts[0].SQL+";"+g.Texts[len(g.Texts)-1].SQL)
			script.WriteString(g.Texts[0].SQL + ";\n")
		}
		f.Add(uint8(d), script.String())
	}
	f.Fuzz(func(t *testing.T, dialect uint8, script string) {
		at := 0
		for text := range Split(Dialect(dialect%uint8(len(dialects))), script) {
			i := strings.Index(script[at:], text)
			if i < 0 || text == "" {
				t.Fatalf("%q: the statement %q does not follow in the script", script, text)
			}
			at += i + len(text)
		}
	})
}
