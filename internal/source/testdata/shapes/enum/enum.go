// Package enum holds values for loops in another package.
package enum

// Kind is a kind of post.
type Kind int

// The kinds.
const (
	Draft Kind = iota
	Published
	End
)

// Kinds are all kinds.
var Kinds = []Kind{Draft, Published}

// All returns all kinds.
func All() []Kind { return Kinds[:] }

// Registered are kinds to which others are added.
var Registered = []Kind{Draft}

// Register adds a kind.
func Register(k Kind) { Registered = append(Registered, k) }
