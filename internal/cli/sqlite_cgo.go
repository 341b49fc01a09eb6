//go:build cgo

package cli

const sqliteHint = "see that the folder for temporary files has room and can be written to"
