package rewrite_test

import (
	"database/sql"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/rewrite"
	"github.com/nplusgone/nplusgone/internal/rewrite/rewritetest"
)

// memory returns an empty SQLite database.
func memory(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1) // each connection would have a database of its own
	t.Cleanup(func() { db.Close() })
	return db
}

// TestRewritesDoWhatTheCodeDoes shows that every shape has the text that its case wants and the effect of the code that it
// replaces, on SQLite. The module integration does so on PostgreSQL and MariaDB.
func TestRewritesDoWhatTheCodeDoes(t *testing.T) {
	rewritetest.Run(t, memory(t), fingerprint.SQLite)
}

// TestRewritesDoWhatTheCodeDoesOnRandomTables shows that every rewrite of a write leaves the tables as the loop does, on
// 1,000 random tables and for turns that differ where the run that made the rewrite saw equal values. Reads run on 100 of
// the tables.
func TestRewritesDoWhatTheCodeDoesOnRandomTables(t *testing.T) {
	tables := 1000
	if testing.Short() {
		tables = 100
	}
	rewritetest.RunRandom(t, memory(t), fingerprint.SQLite, tables, 1)
}

// TestRewritesOfGeneratedStatements shows that statements which no case has thought of are rewritten with the same effect, or
// refused.
func TestRewritesOfGeneratedStatements(t *testing.T) {
	statements := 2000
	if testing.Short() {
		statements = 500
	}
	rewritetest.RunGenerated(t, memory(t), fingerprint.SQLite, statements, 3)
}

// TestUnknownDialectsGetLists shows the text of rewrites for databases on which nothing is run here.
func TestUnknownDialectsGetLists(t *testing.T) {
	for _, tc := range []struct{ sql, want, refused string }{
		{"SELECT [Id] FROM [Posts] WHERE [AuthorId] = @p1 AND [Kind] <> @p2", "SELECT AuthorId, Id FROM Posts WHERE AuthorId IN (?, ?, …) AND Kind <> ?", ""},
		{"SELECT TOP (1) [Id] FROM [Posts] WHERE [Id] = @p1", "", "TOP"},
		{"SELECT TOP 3 [Id] FROM [Posts] WHERE [AuthorId] = @p1 ORDER BY [Id]", "", "TOP"},
		{"SELECT 1; SELECT a FROM t WHERE b = ?", "", "several statements"},
		{"DELETE FROM t", "", "no SELECT"},
	} {
		p := fingerprint.Parse(fingerprint.Unknown, tc.sql)
		r, err := rewrite.ByKeys(rewrite.Loop{Dialect: fingerprint.Unknown, Parsed: p})
		switch {
		case tc.refused != "" && (err == nil || !strings.Contains(err.Error(), tc.refused)):
			t.Errorf("%s: %v, want a reason that speaks of %s", tc.sql, err, tc.refused)
		case tc.refused == "" && (err != nil || r.SQL() != tc.want):
			t.Errorf("%s: %v\n got %v\nwant %s", tc.sql, err, r, tc.want)
		}
	}
}
