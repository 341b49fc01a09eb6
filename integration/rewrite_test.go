package integration

import (
	"context"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/stdlib"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/rewrite"
	"github.com/nplusgone/nplusgone/internal/rewrite/proof"
)

// TestRewritesAnswerWhatTheLoopAnswers runs every shape of rewrite, next to its loop.
func TestRewritesAnswerWhatTheLoopAnswers(t *testing.T) {
	for _, s := range servers {
		t.Run(s.dialect.String(), func(t *testing.T) { proof.Run(t, s.open(t), s.dialect) })
	}
}

// TestRewritesOfTheCorpusAreSQL rewrites every text of the corpora as if a loop ran it, and has the server read what comes
// out: shapes that nobody thought of when the proofs were written.
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
				for name, by := range map[string]func() (*rewrite.Rewrite, error){
					"Select":    func() (*rewrite.Rewrite, error) { return rewrite.Select(l) },
					"Write":     func() (*rewrite.Rewrite, error) { return rewrite.Write(l) },
					"CountRows": func() (*rewrite.Rewrite, error) { return rewrite.CountRows(s.dialect, l.Parsed) },
					"AnyRow":    func() (*rewrite.Rewrite, error) { return rewrite.AnyRow(s.dialect, l.Parsed) },
				} {
					r, err := by()
					if err != nil {
						t.Logf("%s.txt:%d: no %s: %v", s.dialect, g.Line, name, err)
						continue
					}
					if r.Shape == rewrite.Values {
						continue // its values have no types
					}
					literal, ok := proof.Literals(s.dialect, text.SQL)
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

// TestCopyLoadsWhatTheLoopInserts proves PostgreSQL's COPY, which only its own driver runs.
func TestCopyLoadsWhatTheLoopInserts(t *testing.T) {
	proof.Load(t, openPostgreSQL(t), func(conn any, text, rows string) error {
		_, err := conn.(*stdlib.Conn).Conn().PgConn().CopyFrom(context.Background(), strings.NewReader(rows), text)
		return err
	})
}
