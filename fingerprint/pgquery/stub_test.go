//go:build !cgo

package pgquery

import (
	"strings"
	"testing"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/grammar"
)

func TestWithoutCgoTheLexerAnswers(t *testing.T) {
	r := Read(fingerprint.PostgreSQL, "SELECT id FROM posts WHERE id = $1")
	if r.Source != grammar.Lexer || !strings.Contains(r.Reason, "without cgo") || len(r.Facts.Tables) != 1 {
		t.Errorf("source %s because %q, tables %v", r.Source, r.Reason, r.Facts.Tables)
	}
}
