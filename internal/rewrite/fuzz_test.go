package rewrite_test

import (
	"strconv"
	"testing"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/rewrite"
	"github.com/nplusgone/nplusgone/internal/sqlcorpus"
)

var dialects = []fingerprint.Dialect{fingerprint.Unknown, fingerprint.PostgreSQL, fingerprint.MySQL, fingerprint.SQLite}

// FuzzRewrite rewrites any text as if any of its values differed. It shows that nothing panics, that a refusal has a
// reason, that parentheses are balanced where those of the text are, and that placeholders and arguments agree.
func FuzzRewrite(f *testing.F) {
	for i, d := range dialects {
		groups, err := sqlcorpus.Read("../../testdata/fingerprint", d.String())
		if err != nil {
			f.Fatal(err)
		}
		for _, g := range groups {
			f.Add(uint8(i), g.Texts[0].SQL, uint64(0))
			f.Add(uint8(i), g.Texts[0].SQL, ^uint64(0))
		}
	}
	for _, text := range []string{"INSERT INTO t VALUES", "SELECT", "UPDATE t SET WHERE a = ?", "SELECT EXISTS (", "SELECT a FROM t WHERE (", "DELETE FROM t WHERE (a, b) = (", "SELECT a FROM t WHERE b = ANY(", "UPDATE t SET n = ? WHERE a = ? RETURNING"} {
		f.Add(uint8(1), text, uint64(1))
	}
	f.Fuzz(func(t *testing.T, dialect uint8, text string, varying uint64) {
		d := dialects[int(dialect)%len(dialects)]
		p := fingerprint.Parse(d, text)
		l := rewrite.Loop{Dialect: d, Parsed: p}
		if varying != 0 {
			l.Values = func(value int) rewrite.Variation { return rewrite.Variation(varying >> (2 * (value % 32)) % 3) }
		}
		check := func(r *rewrite.Rewrite, err error) {
			if err != nil {
				if err.Error() == "" {
					t.Error("no rewrite, and no reason")
				}
				return
			}
			if sql := r.SQL(); balance(d, p.Text) == 0 && balance(d, sql) != 0 {
				t.Errorf("%q becomes %q", text, sql)
			}
			statement := r.Statement(3, rewrite.Options{})
			for _, a := range statement.Args {
				if !a.Program && !a.Parent && (a.Value < 0 || a.Value >= len(p.Facts.Values)) || a.Turn < rewrite.All || a.Turn > 2 {
					t.Errorf("%q: argument %+v", text, a)
				}
			}
			for token := range fingerprint.Tokens(d, statement.SQL) {
				if number, err := strconv.Atoi(statement.SQL[token.Start+1 : token.End]); d == fingerprint.PostgreSQL && token.Kind == fingerprint.Placeholder && err == nil && number > len(statement.Args) {
					t.Errorf("%q: %s of %d arguments", text, statement.SQL[token.Start:token.End], len(statement.Args))
				}
			}
		}
		q := rewrite.Query{Dialect: d, Parsed: p, Names: rewrite.ResultNames(d, p)}
		first := rewrite.Column{Index: 0}
		check(rewrite.ByKeys(l))
		check(rewrite.CountByKey(l))
		check(rewrite.ExistsByKey(l))
		check(rewrite.FoldByKey(l, []rewrite.Aggregate{{Func: "sum", Expr: "{0} + 1"}}))
		check(rewrite.Joined(l, rewrite.Parent{Parsed: p, Column: "id"}))
		check(rewrite.Write(l))
		check(rewrite.Copy(l))
		check(rewrite.Count(q))
		check(rewrite.Exists(q))
		check(rewrite.Columns(q, []rewrite.Column{first}))
		check(rewrite.Filter(q, rewrite.Condition{Column: first, Op: rewrite.EqualTo, Operands: []rewrite.Operand{{}}}))
		check(rewrite.Fold(q, []rewrite.Aggregate{{Func: "max", Expr: "{0}"}}, []rewrite.Column{first}))
		check(rewrite.Assign(q, p, "a", "{0} + ?"))
	})
}

// balance returns how many parentheses are open at the end of a text, or -1 if one is closed that was not open.
func balance(d fingerprint.Dialect, text string) (open int) {
	for t := range fingerprint.Tokens(d, text) {
		switch text[t.Start:t.End] {
		case "(", "[":
			open++
		case ")", "]":
			if open--; open < 0 {
				return open
			}
		}
	}
	return open
}
