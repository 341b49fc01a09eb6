package grammar

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nplusgone/nplusgone/fingerprint"
)

func TestWithoutAParserTheFactsAreTheLexers(t *testing.T) {
	const text = "SELECT id FROM posts WHERE id = $1"
	r := Read(fingerprint.PostgreSQL, text)
	if r.Source != Lexer || r.Reason != NotLinked || r.PGFingerprint != "" {
		t.Errorf("source %s because %q, fingerprint %q", r.Source, r.Reason, r.PGFingerprint)
	}
	if diff := cmp.Diff(fingerprint.Parse(fingerprint.PostgreSQL, text).Facts, r.Facts); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestALinkedParserIsUsed(t *testing.T) {
	defer Link(nil)
	Link(func(d fingerprint.Dialect, sql string) Result {
		return Result{Parsed: fingerprint.Parse(d, sql), Source: LibPGQuery}
	})
	if r := Read(fingerprint.PostgreSQL, "SELECT 1"); r.Source != LibPGQuery {
		t.Errorf("source %s because %q", r.Source, r.Reason)
	}
}
