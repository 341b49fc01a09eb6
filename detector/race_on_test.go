//go:build race

package detector

// randomScopes is fewer where the race detector slows them down: it has nothing to find there.
const randomScopes = 1_000
