package integration

import (
	"context"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/stdlib"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/rewrite"
	"github.com/nplusgone/nplusgone/internal/rewrite/rewritetest"
)

// TestRewritesDoWhatTheCodeDoes runs every shape of rewrite next to the code that it replaces, on every server.
func TestRewritesDoWhatTheCodeDoes(t *testing.T) {
	for _, s := range servers {
		t.Run(s.dialect.String(), func(t *testing.T) { rewritetest.Run(t, s.open(t), s.dialect) })
	}
}

// TestRewritesDoWhatTheCodeDoesOnRandomTables does so on random tables, with turns that differ where the run that made the
// rewrite saw equal values.
func TestRewritesDoWhatTheCodeDoesOnRandomTables(t *testing.T) {
	for _, s := range servers {
		if s.dialect == fingerprint.SQLite {
			continue // package rewrite has it
		}
		t.Run(s.dialect.String(), func(t *testing.T) { rewritetest.RunRandom(t, s.open(t), s.dialect, 60, 2) })
	}
}

// TestRewritesOfTheCorpusAreSQL rewrites every text of the corpora as if a loop ran it, and has the server read the result.
func TestRewritesOfTheCorpusAreSQL(t *testing.T) {
	for _, s := range servers {
		t.Run(s.dialect.String(), func(t *testing.T) {
			conn, groups := prepared(t, s)
			written := 0
			for _, g := range groups {
				text := g.Texts[0]
				if text.Skip != "" || strings.Contains(text.SQL, `("a")`) { // SQLite's fallback, a limit of the normal form
					continue
				}
				l := rewrite.Loop{Dialect: s.dialect, Parsed: fingerprint.Parse(s.dialect, text.SQL)}
				q := rewrite.Query{Dialect: s.dialect, Parsed: l.Parsed}
				for name, by := range map[string]func() (*rewrite.Rewrite, error){
					"ByKeys":      func() (*rewrite.Rewrite, error) { return rewrite.ByKeys(l) },
					"CountByKey":  func() (*rewrite.Rewrite, error) { return rewrite.CountByKey(l) },
					"ExistsByKey": func() (*rewrite.Rewrite, error) { return rewrite.ExistsByKey(l) },
					"Write":       func() (*rewrite.Rewrite, error) { return rewrite.Write(l) },
					"Count":       func() (*rewrite.Rewrite, error) { return rewrite.Count(q) },
					"Exists":      func() (*rewrite.Rewrite, error) { return rewrite.Exists(q) },
					"Columns":     func() (*rewrite.Rewrite, error) { return rewrite.Columns(q, []rewrite.Column{{Index: 0}}) },
				} {
					r, err := by()
					if err != nil {
						continue
					}
					if r.Shape == rewrite.ShapeValues {
						continue // its values have no types
					}
					literal, ok := rewritetest.Literals(s.dialect, text.SQL)
					if !ok {
						continue
					}
					written++
					statement := r.Statement(2, rewrite.Options{Literal: literal})
					if err := read(t.Context(), conn, s.dialect, statement.SQL); err != nil {
						t.Errorf("%s.txt:%d: %s of %s\n\tis %s\n\t%v", s.dialect, g.Line, name, text.SQL, statement.SQL, err)
					}
				}
			}
			t.Logf("the server read %d rewrites", written)
			if written < 100 {
				t.Errorf("%d rewrites, fewer than 100", written)
			}
		})
	}
}

// TestCopyLoadsWhatTheLoopInserts runs PostgreSQL's COPY, for which only its own driver has a call.
func TestCopyLoadsWhatTheLoopInserts(t *testing.T) {
	rewritetest.RunCopy(t, openPostgreSQL(t), func(conn any, text, rows string) error {
		_, err := conn.(*stdlib.Conn).Conn().PgConn().CopyFrom(context.Background(), strings.NewReader(rows), text)
		return err
	})
}

// TestRewritesOfGeneratedStatements runs statements that no case has thought of next to their rewrites.
func TestRewritesOfGeneratedStatements(t *testing.T) {
	for _, s := range servers {
		if s.dialect == fingerprint.SQLite {
			continue // package rewrite has it
		}
		t.Run(s.dialect.String(), func(t *testing.T) { rewritetest.RunGenerated(t, s.open(t), s.dialect, 500, 4) })
	}
}
