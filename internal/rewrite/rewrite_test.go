package rewrite_test

import (
	"database/sql"
	"testing"

	_ "github.com/mattn/go-sqlite3"

	"github.com/nplusgone/nplusgone/fingerprint"
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
