package report

import (
	"bufio"
	"bytes"
	_ "embed" // for the schema
	"encoding/json"
	"fmt"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/printable"
)

//go:embed report.schema.json
var jsonSchema []byte

// JSONSchema returns the JSON Schema (draft 2020-12) of the documents that Write writes as "json". The caller owns the
// bytes.
func JSONSchema() []byte { return bytes.Clone(jsonSchema) }

// writeJSON writes one finding at a time, so that the encoded form of a long report is not in memory as a whole. The result
// is what json.Marshal would give for the Document, but for the layout.
func writeJSON(w *bufio.Writer, s *Stream, _ Options) error {
	w.WriteString("{\n")
	if err := writeMember(w, "schema", SchemaVersion); err != nil {
		return err
	}
	if s.Tool != (Tool{}) {
		w.WriteString(",\n")
		if err := writeMember(w, "tool", s.Tool); err != nil {
			return err
		}
	}
	w.WriteString(",\n  \"findings\": [")
	n := 0
	err := s.Each(AllKinds, func(f *finding.Finding) error {
		w.WriteString(separator(n) + "\n    ")
		n++
		if err := writeValue(w, f, "    "); err != nil {
			return fmt.Errorf("finding %q: %w", f.Identity, err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if n > 0 {
		w.WriteString("\n  ")
	}
	w.WriteString("],\n")
	profile := s.Profile
	profile.SetAside = s.Tally.SetAside()
	if err := writeMember(w, "profile", profile); err != nil {
		return err
	}
	if len(s.Runs) > 0 {
		w.WriteString(",\n")
		if err := writeMember(w, "runs", s.Runs); err != nil {
			return err
		}
	}
	if len(s.Deferred) > 0 {
		w.WriteString(",\n")
		if err := writeMember(w, "deferred", s.Deferred); err != nil {
			return err
		}
	}
	w.WriteString("\n}\n")
	return nil
}

func separator(i int) string {
	if i == 0 {
		return ""
	}
	return ","
}

func writeMember(w *bufio.Writer, name string, value any) error {
	fmt.Fprintf(w, "  %q: ", name)
	return writeValue(w, value, "  ")
}

// writeValue writes value with prefix before each line but the first. The characters < and > are not escaped, so that SQL
// is readable: a program that puts a report into HTML has to escape more than these.
func writeValue(w *bufio.Writer, value any, prefix string) error {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent(prefix, "  ")
	if err := enc.Encode(value); err != nil {
		return err
	}
	w.Write(printable.JSON(bytes.TrimRight(buf.Bytes(), "\n")))
	return nil
}
