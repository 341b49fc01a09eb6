//go:build race

package cli

// underRace says that the race detector is on. It sees nothing of what other processes do, so that tests which only run
// some are left out.
const underRace = true
