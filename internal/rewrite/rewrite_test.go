package rewrite_test

import (
	"database/sql"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/rewrite"
	"github.com/nplusgone/nplusgone/internal/rewrite/proof"
)

// TestRewritesAnswerWhatTheLoopAnswers runs every shape on SQLite. The module integration does so on the servers.
func TestRewritesAnswerWhatTheLoopAnswers(t *testing.T) {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	proof.Run(t, db, fingerprint.SQLite)
}

// What no server here speaks is told by its text alone.
func TestUnknownDialectsGetLists(t *testing.T) {
	for _, tc := range []struct{ sql, want, refused string }{
		{"SELECT [Id] FROM [Posts] WHERE [AuthorId] = @p1 AND [Kind] <> @p2", "SELECT AuthorId, Id FROM Posts WHERE AuthorId IN (?, ?, …) AND Kind <> ?", ""},
		{"SELECT TOP (1) [Id] FROM [Posts] WHERE [Id] = @p1", "", "TOP"},
		{"SELECT TOP 3 [Id] FROM [Posts] WHERE [AuthorId] = @p1 ORDER BY [Id]", "", "TOP"},
		{"SELECT 1; SELECT a FROM t WHERE b = ?", "", "several statements"},
		{"DELETE FROM t", "", "no SELECT"},
	} {
		p := fingerprint.Parse(fingerprint.Unknown, tc.sql)
		r, err := rewrite.Select(rewrite.Loop{Dialect: fingerprint.Unknown, Parsed: p})
		switch {
		case tc.refused != "" && (err == nil || !strings.Contains(err.Error(), tc.refused)):
			t.Errorf("%s: %v, want a reason that speaks of %s", tc.sql, err, tc.refused)
		case tc.refused == "" && (err != nil || r.SQL() != tc.want):
			t.Errorf("%s: %v\n got %v\nwant %s", tc.sql, err, r, tc.want)
		}
	}
}
