package integration

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/stdlib"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/sqlcorpus"
)

const corpora = "../testdata/fingerprint"

// TestCorpus proves that the corpora of fingerprints are SQL: a server of its dialect reads every text, with the tables and
// columns that it names.
func TestCorpus(t *testing.T) {
	for _, s := range servers {
		t.Run(s.dialect.String(), func(t *testing.T) {
			conn, groups := prepared(t, s)
			ran, texts := 0, 0
			for _, g := range groups {
				if g.Runs() {
					ran++
				}
				for _, text := range g.Texts {
					if text.Skip != "" {
						continue
					}
					texts++
					if err := read(t.Context(), conn, s.dialect, text.SQL); err != nil {
						t.Errorf("%s.txt:%d: %s\n\t%v", s.dialect, g.Line, text.SQL, err)
					}
				}
			}
			t.Logf("%d groups, of which the server read %d in %d texts", len(groups), ran, texts)
			if ran < 150 {
				t.Errorf("the server read texts of %d groups, fewer than 150", ran)
			}
		})
	}
}

// prepared returns a connection to a database that has the tables of the corpus, and the corpus.
func prepared(t *testing.T, s server) (*sql.Conn, []sqlcorpus.Group) {
	t.Helper()
	groups, err := sqlcorpus.Read(corpora, s.dialect.String())
	if err != nil {
		t.Fatal(err)
	}
	conn, err := s.open(t).Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	schema, err := os.ReadFile(filepath.Join(corpora, "schema", s.dialect.String()+".sql"))
	if err != nil {
		t.Fatal(err)
	}
	for text := range fingerprint.Split(s.dialect, string(schema)) {
		exec(t, conn, text)
	}
	return conn, groups
}

// read has the server prepare a text: it parses it and looks up its names and types. Texts of several statements, which
// no server prepares, run in a transaction that is rolled back.
func read(ctx context.Context, conn *sql.Conn, d fingerprint.Dialect, text string) error {
	statements := slices.Collect(fingerprint.Split(d, text))
	if len(statements) > 1 {
		return run(ctx, conn, statements)
	}
	text = strings.TrimSuffix(strings.TrimSpace(text), ";") // MySQL reads none in a prepared statement
	if d == fingerprint.PostgreSQL {
		// database/sql would not say what pgx makes of the text before the server reads it.
		return conn.Raw(func(c any) error {
			pg := c.(*stdlib.Conn).Conn()
			_, err := pg.Prepare(ctx, "", text)
			return err
		})
	}
	stmt, err := conn.PrepareContext(ctx, text)
	if err != nil {
		return err
	}
	return stmt.Close()
}

func run(ctx context.Context, conn *sql.Conn, statements []string) error {
	if _, err := conn.ExecContext(ctx, "BEGIN"); err != nil {
		return err
	}
	defer conn.ExecContext(ctx, "ROLLBACK")
	for _, text := range statements {
		switch fingerprint.Parse(fingerprint.Unknown, text).Facts.Kind {
		case fingerprint.Begin, fingerprint.Commit:
			continue
		}
		if _, err := conn.ExecContext(ctx, text); err != nil {
			return err
		}
	}
	return nil
}
