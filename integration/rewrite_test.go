package integration

import (
	"testing"

	"github.com/nplusgone/nplusgone/internal/rewrite/proof"
)

// TestRewritesAnswerWhatTheLoopAnswers runs every shape of rewrite, next to its loop.
func TestRewritesAnswerWhatTheLoopAnswers(t *testing.T) {
	for _, s := range servers {
		t.Run(s.dialect.String(), func(t *testing.T) { proof.Run(t, s.open(t), s.dialect) })
	}
}
