package pgquery

import (
	"testing"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/grammar"
	"github.com/nplusgone/nplusgone/internal/sqlcorpus"
)

// FuzzRead reads any text in any dialect: the process does not crash, and the result is consistent.
func FuzzRead(f *testing.F) {
	dialects := []fingerprint.Dialect{fingerprint.Unknown, fingerprint.PostgreSQL, fingerprint.MySQL, fingerprint.SQLite}
	for i, d := range dialects {
		groups, err := sqlcorpus.Read("../../testdata/fingerprint", d.String())
		if err != nil {
			f.Fatal(err)
		}
		for _, g := range groups {
			f.Add(uint8(i), g.Texts[0].SQL)
			f.Add(uint8(1), g.Texts[0].SQL)
		}
	}
	f.Fuzz(func(t *testing.T, dialect uint8, sql string) {
		d := dialects[int(dialect)%len(dialects)]
		r := Read(d, sql)
		p := fingerprint.Parse(d, sql)
		if r.ID != p.ID || len(r.Facts.Values) != len(p.Facts.Values) || r.Facts.Kind != p.Facts.Kind {
			t.Errorf("%q: another statement than the lexer's", sql)
		}
		if (r.Source == grammar.Lexer) != (r.Reason != "") {
			t.Errorf("%q: source %s, reason %q", sql, r.Source, r.Reason)
		}
		for _, v := range r.Facts.Values {
			if v.Table != "" && v.Column == "" {
				t.Errorf("%q: value %+v", sql, v)
			}
		}
	})
}
