package fingerprint

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzParse reads any text in any dialect.
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
		if len(again.Facts.Values) != len(p.Facts.Values) && d == PostgreSQL {
			return // there a question mark may look like an operator of jsonb
		}
		if diff := cmp.Diff(p.Facts, again.Facts); diff != "" && !p.Partial {
			t.Errorf("%s: %q: the normal form %q has other facts (-text +normal form):\n%s", d, text, p.Text, diff)
		}
	})
}

// FuzzLiterals puts distinctive literals between the tokens of any text, and looks for them in what is kept of it.
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

// FuzzOrder reorders the lists without an order of any text.
func FuzzOrder(f *testing.F) {
	for _, d := range dialects {
		for i, g := range groups(f, d) {
			f.Add(uint8(d), uint64(i), g.Texts[0].SQL)
		}
	}
	f.Fuzz(func(t *testing.T, dialect uint8, seed uint64, text string) {
		d := Dialect(dialect % uint8(len(dialects)))
		p := Parse(d, text)
		if p.Partial || strings.Count(p.Text, "(") != strings.Count(p.Text, ")") || strings.Count(p.Text, "[") != strings.Count(p.Text, "]") {
			return // where an item ends is not certain
		}
		other := Parse(d, shuffle(rand.New(rand.NewPCG(seed, 1)), d, p))
		if other.ID != p.ID {
			t.Fatalf("%s:\n\t%q\nhas another ID than\n\t%q", d, other.Text, p.Text)
		}
		if len(p.Facts.Values) == len(other.Facts.Values) {
			checkPositions(t, p, other)
		}
	})
}

// boundary returns where the n-th token of text begins, or the last one: behind it text may be part of a literal that
// never ends.
func boundary(d Dialect, text string, n int) int {
	l := lexer{d: d, s: text}
	start := 0
	for t := l.next(); n >= 0 && t.kind != tokEOF; t = l.next() {
		start = t.start
		n--
	}
	return start
}

// checkSound checks what must be so of every text.
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
		if v.Role >= roleCount || v.Container >= containerCount || v.Alternatives < 0 || v.Alternatives == 1 || v.Table != "" && v.Column == "" {
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
