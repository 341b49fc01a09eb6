package rewrite_test

import (
	"testing"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/corpus"
	"github.com/nplusgone/nplusgone/internal/rewrite"
)

var dialects = []fingerprint.Dialect{fingerprint.Unknown, fingerprint.PostgreSQL, fingerprint.MySQL, fingerprint.SQLite}

// FuzzRewrite rewrites any text as if any of its values differed: nothing panics, what is written has balanced
// parentheses where the text had, and takes only arguments that there are.
func FuzzRewrite(f *testing.F) {
	for i, d := range dialects {
		groups, err := corpus.Read("../../testdata/fingerprint", d.String())
		if err != nil {
			f.Fatal(err)
		}
		for _, g := range groups {
			f.Add(uint8(i), g.Texts[0].SQL, uint64(0))
			f.Add(uint8(i), g.Texts[0].SQL, ^uint64(0))
		}
	}
	for _, text := range []string{"INSERT INTO t VALUES", "SELECT", "UPDATE t SET WHERE a = ?", "SELECT EXISTS (", "SELECT a FROM t WHERE (", "DELETE FROM t WHERE (a, b) = ("} {
		f.Add(uint8(0), text, uint64(1))
	}
	f.Fuzz(func(t *testing.T, dialect uint8, text string, varying uint64) {
		d := dialects[int(dialect)%len(dialects)]
		p := fingerprint.Parse(d, text)
		l := rewrite.Loop{Dialect: d, Parsed: p}
		if varying != 0 {
			l.Varies = func(value int) bool { return varying>>(value%64)&1 == 1 }
		}
		check := func(r *rewrite.Rewrite, err error) {
			if err != nil {
				if err.Error() == "" {
					t.Error("no rewrite, and no reason")
				}
				return
			}
			if again := fingerprint.Parse(d, r.SQL()); again.Text == "" {
				t.Errorf("%q becomes nothing", text)
			}
			for _, a := range r.Statement(3, rewrite.Options{}).Args {
				if a.Value < 0 || a.Value >= len(p.Facts.Values) || a.Turn < rewrite.All || a.Turn > 2 {
					t.Errorf("%q: argument %+v", text, a)
				}
			}
		}
		check(rewrite.ByKeys(l))
		check(rewrite.Write(l))
		check(rewrite.Copy(l))
		check(rewrite.Count(rewrite.Query{Dialect: d, Parsed: p}))
		check(rewrite.Exists(rewrite.Query{Dialect: d, Parsed: p}))
		check(rewrite.Joined(l, rewrite.Parent{Parsed: p, Column: "id"}))
	})
}
