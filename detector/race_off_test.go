//go:build !race

package detector

// randomScopes is how many scopes are generated of each kind.
const randomScopes = 10_000
