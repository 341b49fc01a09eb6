//go:build !race

package fingerprint

const measured = true
