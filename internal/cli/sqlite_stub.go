//go:build !cgo

package cli

// Without cgo the driver is a stub that answers an error.
const sqliteHint = "SQLite is written in C: install a C compiler, then build nplusgone with CGO_ENABLED=1"
