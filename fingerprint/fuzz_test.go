package fingerprint

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzParse reads any text in any dialect: the result is consistent, and the normal form is its own normal form.
func FuzzParse(f *testing.F) {
	for _, d := range dialects {
		for _, g := range groups(f, d) {
			for _, text := range g.Texts {
				f.Add(uint8(d), text.SQL)
			}
		}
	}
	for _, text := range hostile {
		f.Add(uint8(Unknown), text)
		f.Add(uint8(PostgreSQL), text)
	}
	f.Fuzz(func(t *testing.T, dialect uint8, text string) {
		d := Dialect(dialect % uint8(len(dialects)))
		p := Parse(d, text)
		checkSound(t, p)
		again := Parse(d, p.Text)
		if again.Text != p.Text || again.ID != p.ID {
			t.Fatalf("%s: the normal form of %q is\n\t%q, its own is\n\t%q", d, text, p.Text, again.Text)
		}
		if d == PostgreSQL && (strings.Contains(text, "?") || len(again.Facts.Values) != len(p.Facts.Values)) {
			return // a question mark may be an operator of jsonb in the normal form
		}
		if p.Facts.Kind == Other {
			return // no statement, and its facts mean nothing
		}
		if diff := cmp.Diff(p.Facts, again.Facts); diff != "" && !p.Partial {
			t.Errorf("%s: %q: the normal form %q has other facts (-text +normal form):\n%s", d, text, p.Text, diff)
		}
	})
}

// FuzzLiterals inserts literals between the tokens of any text: the normal form does not contain them.
func FuzzLiterals(f *testing.F) {
	for _, d := range dialects {
		for i, g := range groups(f, d) {
			f.Add(uint8(d), uint16(i), g.Texts[0].SQL)
		}
	}
	f.Fuzz(func(t *testing.T, dialect uint8, place uint16, text string) {
		d := Dialect(dialect % uint8(len(dialects)))
		literals := []string{"'zqxtext'", "98765432123", "'''zqxtext'''", "N'zqxtext'", "0xabcdef98765", "9.8765432e12"}
		if d == PostgreSQL {
			literals = append(literals, "E'\\'zqxtext'", "$zqx$zqxtext$zqx$", "'zqxtext' 'zqxtext'")
		}
		if d == MySQL {
			literals = append(literals, "_utf8mb4 'zqxtext'", "_latin1\"zqxtext\"", "'\\'zqxtext'")
		}
		i := boundary(d, text, int(place)%64)
		for _, literal := range literals {
			p := Parse(d, text[:i]+" "+literal+" "+text[i:])
			checkSound(t, p)
			for _, secret := range []string{"zqxtext", "98765"} {
				if strings.Contains(strings.ToLower(p.Text), secret) && !strings.Contains(strings.ToLower(text), secret) {
					t.Errorf("%s: %s survives at %d of %q:\n\t%q", d, literal, i, text, p.Text)
				}
			}
		}
	})
}

// boundary returns where the n-th token of text begins, or the last one. After that one the text may be part of a literal that
// is not closed.
func boundary(d Dialect, text string, n int) int {
	l := lexer{d: d, s: text}
	start := 0
	for t := l.next(); n >= 0 && t.kind != tokEOF; t = l.next() {
		start = t.start
		n--
	}
	return start
}

// checkSound checks the invariants of every Parsed.
func checkSound(t *testing.T, p *Parsed) {
	t.Helper()
	f := &p.Facts
	if len(p.Bindings) != len(f.Values) || len(f.Values) > maxValues {
		t.Errorf("%d bindings, %d values", len(p.Bindings), len(f.Values))
	}
	for i, b := range p.Bindings {
		if b.Arg < -1 || b.Arity < 1 || b.Arg >= 0 && b.Literal != 0 || b.Arg < 0 && b.Name != "" {
			t.Errorf("binding %d is %+v", i, b)
		}
	}
	for i, v := range f.Values {
		if v.Role >= roleCount || v.Container >= containerCount || v.Alternatives == 1 || v.Table != "" && v.Column == "" {
			t.Errorf("value %d is %+v", i, v)
		}
	}
	if (f.Kind == Insert) != (p.Rows > 0) {
		t.Errorf("a statement of kind %s has %d rows", f.Kind, p.Rows)
	}
	if f.Kind != Insert && f.Source != SourceNone || f.Source >= sourceCount {
		t.Errorf("a statement of kind %s has rows from %s", f.Kind, f.Source)
	}
	if f.Kind >= kindCount || p.MaxList < 0 || f.Statements == 1 {
		t.Errorf("kind %d, longest list %d, %d statements", f.Kind, p.MaxList, f.Statements)
	}
	for _, names := range [][]string{f.Tables, f.Writes, f.Columns, f.Aggregates, f.OrderBy, f.InsertColumns} {
		for _, name := range names {
			if !strings.Contains(strings.ToLower(p.Text), strings.ToLower(name)) || name == "" {
				t.Errorf("the name %q is not of the text %q", name, p.Text)
			}
		}
	}
}

// hostile has texts with unusual beginnings, ends and combinations of tokens.
var hostile = []string{
	"", " ", ";", ";;;", "\x00", "SELECT\x001", "\xff\xfe", "SELECT '\xff' FROM \xc3", "'", "\"", "`", "[", "]", "(", ")", "())(",
	"$", "$$", "$a$", "$a$x$b$", "?", "??", "?1?", "$0", "?0", "$99999999999999999999", ":", "::", ":::", "a:::b", "a : ::b", "@", "@@", "@'", "@`x",
	"--", "/*", "/*/", "/**/", "*/", "/*!", "/*!50000", "/*M!1 x */", "/* /* */ x", "#", "-- x", "- -1", "--1", "+-+1", "5--3", "1..2", "1.2.3",
	"1e", "1e+", ".5", "a.5", ".", "..", "a.", ".a", "0x", "0b2", "1_000", "E'", "E'\\", "'\\", "N'", "U&\"", "U&\"d\\0061t\"", "U&'x'",
	"a||/*x*/b", "a<--b", "a<->b", "a#-b", "|/*", "IN (", "IN ()", "IN (,)", "IN (1,,1)", "IN (.a,.a,.a)", "VALUES", "VALUES (", "VALUES (1),", "VALUES (1) (1)", "VALUES(0,0),,(0,0)",
	"VALUES ROW(1),ROW(2)", "VALUES (1), x y)", "ARRAY[", "ARRAY[[1,2],[3,4]]", "IN ((1),(2),((3)))", "SET", "SET (", "SET (a", "LIMIT", "LIMIT ,", "LIMIT 1,",
	"SELECT TOP", "SELECT TOP (", "SELECT DISTINCT ON", "SELECT DISTINCT ON (", "WITH", "WITH (", "FROM", "FROM (", "FROM ((", "FROM .", "FROM a.", "UPDATE OR", "INSERT INTO (", "ON",
	"BETWEEN", "x BETWEEN", "AND 1", "FROM 1", "IS DISTINCT FROM 1", "= 1", "(=1)", "(a,b)=(1,2,3)", "IN (f(1), f(2))", "\"begin\"", "\"row\"", "VALUES \"row\"(1)",
	"SELECT(- id FROM posts WHERE (]a, b) IN ((1, 2))",
	"SELECT 'now' 'x'", "0 0?&0", "a ?| b", "?||a", "?&&a", "a ?? b", "U & \"x\"", "@a .b(c)", "\u00a0SELECT\u00a01", "SELECT \u2028 1", "SELECT\ufeff1",
}
