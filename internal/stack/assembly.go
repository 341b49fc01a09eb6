//go:build !purego

package stack

// purego says that the package is built without assembly.
const purego = false
