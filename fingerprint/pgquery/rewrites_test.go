package pgquery_test

import (
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/fingerprint/pgquery"
	"github.com/nplusgone/nplusgone/internal/grammar"
	"github.com/nplusgone/nplusgone/internal/rewrite"
	"github.com/nplusgone/nplusgone/internal/rewrite/rewritetest"
	"github.com/nplusgone/nplusgone/internal/sqlcorpus"
)

// TestPostgreSQLsParserReadsTheRewrites shows that libpg_query reads every statement that is written for PostgreSQL: those
// of the cases, and those of every text of the corpus.
func TestPostgreSQLsParserReadsTheRewrites(t *testing.T) {
	if r := pgquery.Read(fingerprint.PostgreSQL, "SELECT 1"); r.Source != grammar.LibPGQuery {
		t.Skipf("libpg_query is not linked: %s", r.Reason)
	}
	read := 0
	check := func(name string, r *rewrite.Rewrite) {
		if r.Shape == rewrite.ShapeCopy {
			return
		}
		read++
		text := r.Statement(3, rewrite.Options{}).SQL
		if got := pgquery.Read(fingerprint.PostgreSQL, text); got.Source != grammar.LibPGQuery && !strings.Contains(got.Reason, "where the lexer reads") {
			t.Errorf("%s: %s\n%s", name, text, got.Reason)
		}
	}
	for name, r := range rewritetest.Rewrites(fingerprint.PostgreSQL) {
		check(name, r)
	}
	groups, err := sqlcorpus.Read("../../testdata/fingerprint", "postgresql")
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range groups {
		if pgquery.Read(fingerprint.PostgreSQL, g.Texts[0].SQL).Source != grammar.LibPGQuery {
			continue // the original is not read either
		}
		p := fingerprint.Parse(fingerprint.PostgreSQL, g.Texts[0].SQL)
		l, q := rewrite.Loop{Dialect: fingerprint.PostgreSQL, Parsed: p}, rewrite.Query{Dialect: fingerprint.PostgreSQL, Parsed: p}
		for _, by := range []func() (*rewrite.Rewrite, error){
			func() (*rewrite.Rewrite, error) { return rewrite.ByKeys(l) },
			func() (*rewrite.Rewrite, error) { return rewrite.CountByKey(l) },
			func() (*rewrite.Rewrite, error) { return rewrite.ExistsByKey(l) },
			func() (*rewrite.Rewrite, error) { return rewrite.Write(l) },
			func() (*rewrite.Rewrite, error) { return rewrite.Count(q) },
			func() (*rewrite.Rewrite, error) { return rewrite.Exists(q) },
			func() (*rewrite.Rewrite, error) { return rewrite.Columns(q, []rewrite.Column{{Index: 0}}) },
		} {
			if r, err := by(); err == nil {
				check(g.Texts[0].SQL, r)
			}
		}
	}
	t.Logf("libpg_query read %d rewrites", read)
	if read < 150 {
		t.Errorf("%d rewrites, fewer than 150", read)
	}
}
