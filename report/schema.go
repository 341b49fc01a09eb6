package report

import (
	"bytes"
	_ "embed" // for the schema
)

//go:embed report.schema.json
var jsonSchema []byte

// JSONSchema returns the JSON Schema (draft 2020-12) of the documents that Write writes as "json". The caller owns the
// bytes.
func JSONSchema() []byte { return bytes.Clone(jsonSchema) }
