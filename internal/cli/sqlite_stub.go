//go:build !cgo

package cli

// Without cgo the driver is a stub that returns an error.
const sqliteHint = "SQLite is written in C: install a C compiler and build nplusgone with CGO_ENABLED=1"
