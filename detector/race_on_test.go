//go:build race

package detector

// randomScopes is smaller with the race detector, which makes the tests slow and has nothing to find in them.
const randomScopes = 1_000
