//go:build cgo

package cli

// cgo says that the database of the demo is linked.
const cgo = true
