//go:build !cgo

package pgquery

import (
	"testing"

	"github.com/nplusgone/nplusgone/fingerprint"
)

func TestWithoutCgoTheLexerAnswers(t *testing.T) {
	r := Read(fingerprint.PostgreSQL, "SELECT id FROM posts WHERE id = $1")
	if r.Source != Lexer || r.Reason != "built without cgo" || len(r.Facts.Tables) != 1 {
		t.Errorf("source %s because %q, tables %v", r.Source, r.Reason, r.Facts.Tables)
	}
}
