//go:build !cgo

package cli

const cgo = false
