package driver

import (
	"context"

	"github.com/nplusgone/nplusgone/internal/record"
)

// An Observer returns the scope that a statement belongs to. It is called on the goroutine that runs the statement, before
// the statement runs, and must be safe for concurrent use.
//
// It is exported because a test's own database needs another one than a service's; record.Observer is both.
type Observer interface {
	// Scope returns the scope of a statement that is about to run with ctx; tx is the scope of the transaction around it,
	// or nil. If it returns nil, the statement is not recorded.
	Scope(ctx context.Context, tx *record.Scope) *record.Scope
}
