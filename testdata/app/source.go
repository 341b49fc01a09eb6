package app

import (
	"embed"
	"io/fs"
)

//go:embed *.sql auth.go cases.go doc.go http.go routes.go schema.go source.go store*.go tip*.go
var source embed.FS

// Source returns the source of this package without its tests, so that lines of it can be shown where
// the repository is not on disk.
func Source() fs.FS { return source }
