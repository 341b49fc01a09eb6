//go:build race

package fingerprint

// measured is whether tests measure time and memory. Under the race detector neither means much, and it takes minutes.
const measured = false
