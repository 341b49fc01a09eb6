package driver

import (
	"context"

	"github.com/nplusgone/nplusgone/internal/record"
)

// An Observer decides which scope a statement belongs to. It is called on the goroutine that runs the statement, before
// the statement runs, and must be safe for concurrent use. detector.Observer is the one that services and tests use.
type Observer interface {
	// Scope returns the scope of a statement about to run with ctx; tx is the scope of the transaction around it, or
	// nil. A nil result means that nobody watches: the statement then runs untouched.
	Scope(ctx context.Context, tx *record.Scope) *record.Scope
}
