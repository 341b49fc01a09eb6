//go:build cgo

package cli

const sqliteHint = "the folder for temporary files must be writable and have space"
