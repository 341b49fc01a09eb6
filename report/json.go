package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// writeJSON writes the document one finding at a time, so that the encoded form of a long report is never in memory as a
// whole. Only the order of fields and the line breaks are its own: json.Marshal would give the same document.
func writeJSON(w *bufio.Writer, doc *Document, _ Options) error {
	w.WriteString("{\n")
	if err := writeMember(w, "schema", doc.Schema); err != nil {
		return err
	}
	if doc.Tool != (Tool{}) {
		w.WriteString(",\n")
		if err := writeMember(w, "tool", doc.Tool); err != nil {
			return err
		}
	}
	w.WriteString(",\n  \"findings\": [")
	for i := range doc.Findings {
		w.WriteString(separator(i) + "\n    ")
		if err := writeValue(w, &doc.Findings[i], "    "); err != nil {
			return fmt.Errorf("finding %q: %w", doc.Findings[i].Identity, err)
		}
	}
	if len(doc.Findings) > 0 {
		w.WriteString("\n  ")
	}
	w.WriteString("],\n")
	if err := writeMember(w, "profile", doc.Profile); err != nil {
		return err
	}
	if len(doc.Candidates) > 0 {
		w.WriteString(",\n")
		if err := writeMember(w, "candidates", doc.Candidates); err != nil {
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
	writeVisible(w, bytes.TrimRight(buf.Bytes(), "\n"))
	return nil
}

// writeVisible writes encoded JSON with the characters that encoding/json leaves alone and a terminal does not: DEL, C1
// controls, and characters that reorder or hide what is around them. They occur in strings only, where \u is allowed.
func writeVisible(w *bufio.Writer, encoded []byte) {
	for len(encoded) > 0 {
		r, size := utf8.DecodeRune(encoded)
		switch {
		case r != 0x7f && (r < utf8.RuneSelf || unicode.IsPrint(r)):
			w.Write(encoded[:size])
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(w, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(w, `\u%04x`, r)
		}
		encoded = encoded[size:]
	}
}
