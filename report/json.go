package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/printable"
)

// writeJSON writes the document one finding at a time, so that the encoded form of a long report is never in memory as a
// whole. Only the order of fields and the line breaks are its own: json.Marshal would give the same document.
func writeJSON(w *bufio.Writer, v *Stream, _ Options) error {
	w.WriteString("{\n")
	if err := writeMember(w, "schema", SchemaVersion); err != nil {
		return err
	}
	if v.Tool != (Tool{}) {
		w.WriteString(",\n")
		if err := writeMember(w, "tool", v.Tool); err != nil {
			return err
		}
	}
	w.WriteString(",\n  \"findings\": [")
	n := 0
	err := v.Each(AllKinds, func(f *finding.Finding) error {
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
	if err := writeMember(w, "profile", v.Profile); err != nil {
		return err
	}
	if len(v.Runs) > 0 {
		w.WriteString(",\n")
		if err := writeMember(w, "runs", v.Runs); err != nil {
			return err
		}
	}
	if len(v.Deferred) > 0 {
		w.WriteString(",\n")
		if err := writeMember(w, "deferred", v.Deferred); err != nil {
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

// writeValue writes value indented below prefix. SQL stays readable: < and > are not escaped, since a program that puts
// a report into HTML has to escape more than them anyway.
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
