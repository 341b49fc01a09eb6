package fingerprint_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/sqlcorpus"
)

func ExampleParse() {
	p := fingerprint.Parse(fingerprint.PostgreSQL, "select * from posts where id in (4, 5, 6) -- by key")
	fmt.Println(p.ID)
	fmt.Println(p.Text)
	fmt.Println(p.Facts.Kind, p.Facts.Tables)
	for i, v := range p.Facts.Values {
		fmt.Println(v.Role, v.Table, v.Column, p.Bindings[i].Arity)
	}
	// Output:
	// 9db58a2da08cc9f42dfe520afc7b7aa2
	// SELECT * FROM posts WHERE id IN (?)
	// select [posts]
	// key posts id 3
}

// TestIDsAreStable compares IDs with those of earlier versions. Baselines and reports contain IDs.
func TestIDsAreStable(t *testing.T) {
	for text, want := range map[string]string{
		"":                                       "e3b0c44298fc1c149afbf4c8996fb924",
		"SELECT * FROM posts WHERE id = 42":      "da280dfbdfe992918eb4f25ca61c08fc",
		"insert into t (a, b) values (1, 2)":     "89cfb92174bacda142971e7984d879a2",
		"UPDATE t SET a = 1 WHERE b IN (1, 2)":   "a51a3a7c737c92b1c225a6d8596e435d",
		"DELETE FROM t WHERE a = 'x' AND b > 5;": "638e4c073a6f479ec510b877e2b7a703",
	} {
		for _, d := range []fingerprint.Dialect{fingerprint.Unknown, fingerprint.PostgreSQL, fingerprint.MySQL, fingerprint.SQLite} {
			if got := fingerprint.Parse(d, text).ID.String(); got != want {
				t.Errorf("%s: the ID of %q is %s, not %s", d, text, got, want)
			}
		}
	}
}

func TestIDsAreText(t *testing.T) {
	id := fingerprint.Parse(fingerprint.SQLite, "SELECT 1").ID
	text, err := id.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	var back fingerprint.ID
	if err := back.UnmarshalText(text); err != nil || back != id {
		t.Errorf("%s comes back as %s, %v", id, back, err)
	}
	for _, bad := range []string{"", "12", id.String() + "00", id.String()[:30] + "zz", id.String()[:31]} {
		if err := back.UnmarshalText([]byte(bad)); err == nil {
			t.Errorf("UnmarshalText(%q) gives no error", bad)
		}
	}
}

func TestDialectsHaveNames(t *testing.T) {
	for _, d := range []fingerprint.Dialect{fingerprint.Unknown, fingerprint.PostgreSQL, fingerprint.MySQL, fingerprint.SQLite} {
		if back, err := fingerprint.ParseDialect(d.String()); err != nil || back != d {
			t.Errorf("%s comes back as %s, %v", d, back, err)
		}
	}
	for name, want := range map[string]fingerprint.Dialect{
		"PGX": fingerprint.PostgreSQL, "pg": fingerprint.PostgreSQL, "MariaDB": fingerprint.MySQL, "sqlite3": fingerprint.SQLite, "": fingerprint.Unknown,
	} {
		if got, err := fingerprint.ParseDialect(name); err != nil || got != want {
			t.Errorf("ParseDialect(%q) = %s, %v, want %s", name, got, err, want)
		}
	}
	if _, err := fingerprint.ParseDialect("dbase"); err == nil {
		t.Error("dbase is taken for a dialect")
	}
	if got := fingerprint.Dialect(9).String(); got != "Dialect(9)" {
		t.Errorf("Dialect(9) is %s", got)
	}
	fingerprint.Parse(fingerprint.Dialect(200), "SELECT `a` FROM t") // as Unknown
}

func TestDialectsDiffer(t *testing.T) {
	texts := func(text string) (texts [4]string) {
		for d := range fingerprint.Dialect(4) {
			texts[d] = fingerprint.Parse(d, text).Text
		}
		return texts
	}
	const unknown, pg, my, lite = fingerprint.Unknown, fingerprint.PostgreSQL, fingerprint.MySQL, fingerprint.SQLite
	for _, tc := range []struct {
		text string
		want [4]string
	}{
		{`a = "B"`, [...]string{unknown: "a = ?", pg: `a = "B"`, my: "a = ?", lite: "a = b"}},
		{`A # b`, [...]string{unknown: "A # b", pg: "a # b", my: "A", lite: "a # b"}},
		{`5--3`, [...]string{unknown: "?", pg: "?", my: "? - ?", lite: "?"}},
		{`/* /* */ a */ b`, [...]string{unknown: "a * / b", pg: "b", my: "a * / b", lite: "a * / b"}},
		{`'\' || a || '\'`, [...]string{unknown: "?", pg: "? || a || ?", my: `? \ ?`, lite: "? || a || ?"}},
		{`[a b]`, [...]string{unknown: "`a b`", pg: "[a b]", my: "[a b]", lite: `"a b"`}},
		{`a ? 'b'`, [...]string{unknown: "a ? ?", pg: "a ? ?", my: "a ? ?", lite: "a ? ?"}},
		{`@x`, [...]string{unknown: "?", pg: "?", my: "@x", lite: "?"}},
		{`$$a$$`, [...]string{unknown: "?", pg: "?", my: "$ ?", lite: "$ ?"}},
	} {
		if got := texts(tc.text); got != tc.want {
			t.Errorf("%s reads as\n\t%q, want\n\t%q", tc.text, got, tc.want)
		}
	}
}

var update = flag.Bool("update", false, "write the golden file of IDs")

// TestIDsArePinned compares the ID of every group of the corpora with the golden file. fingerprint/pgquery reads the same file
// with the parser linked.
func TestIDsArePinned(t *testing.T) {
	const folder = "../testdata/fingerprint"
	var got strings.Builder
	for _, d := range []fingerprint.Dialect{fingerprint.PostgreSQL, fingerprint.MySQL, fingerprint.SQLite, fingerprint.Unknown} {
		groups, err := sqlcorpus.Read(folder, d.String())
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range groups {
			p := fingerprint.Parse(d, g.Texts[0].SQL)
			fmt.Fprintf(&got, "%s %s %s\n", d, p.ID, p.Text)
		}
	}
	golden := filepath.Join(folder, "ids.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("Baselines contain IDs: a user's findings are new when their IDs change. go test ./fingerprint -update writes\n"+
			"the file (-want +got):\n%s", diff)
	}
}

// Proves that nothing of a literal that Oracle quotes by other signs is in the normal form, nor anything behind one that is not closed.
func TestOtherQuotesOfOracle(t *testing.T) {
	for text, want := range map[string]string{
		`SELECT a FROM t WHERE b = q'[it's me]' AND c = 1`: "SELECT a FROM t WHERE b = ? AND c = ?",
		`SELECT a FROM t WHERE b = Nq'!don't!'`:            "SELECT a FROM t WHERE b = ?",
		`SELECT a FROM t WHERE b = q'{secret`:              "SELECT a FROM t WHERE b = ?",
		`SELECT a FROM t WHERE b = q'`:                     "SELECT a FROM t WHERE b = ?",
		`SELECT q FROM t WHERE q = 'a'`:                    "SELECT q FROM t WHERE q = ?",
	} {
		if got := fingerprint.Parse(fingerprint.Unknown, text).Text; got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}
