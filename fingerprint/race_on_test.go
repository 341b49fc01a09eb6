//go:build race

package fingerprint

// measured reports whether tests measure time and memory. Under the race detector they take minutes, and more memory.
const measured = false
