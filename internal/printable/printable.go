// Package printable makes text from outside this module safe to show. It is the only place that escapes such text.
//
// SQL, names of scopes, files and functions, panics and errors of other programs may contain anything. Shown unescaped,
// they can move a terminal's cursor, hide or reorder what is around them, or make a CI system run a command. [Line] is for
// a line of text, [SQL] for a statement, [JSON] for encoded JSON. The result is for people: it cannot be decoded, except
// that of JSON.
//
// A format that has characters of its own to escape does that after Line: GitHub's workflow commands, HTML, XML and the
// links of SARIF messages. That code is with the format, in package report.
package printable

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Line returns s on one line. Characters that do not print are written as Go escapes: control characters such as ESC and
// CR, line breaks, invalid UTF-8, and characters that reorder, join or hide text. Commands that a CI system reads in its
// log are broken up: GitHub's at the start of a line, and those of GitHub, Azure Pipelines and TeamCity anywhere in it.
func Line(s string) string {
	s = logCommands.Replace(s)
	if strings.HasPrefix(strings.TrimLeft(s, " "), "::") {
		s = strings.Replace(s, "::", `\x3a:`, 1)
	}
	if IsPrintable(s) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[0])
		case unicode.IsPrint(r):
			b.WriteRune(r)
		default:
			b.WriteString(escaped(r))
		}
		s = s[size:]
	}
	return b.String()
}

// logCommands are the commands that GitHub, Azure Pipelines and TeamCity read anywhere in a line.
var logCommands = strings.NewReplacer("##[", `#\x23[`, "##vso[", `#\x23vso[`, "##teamcity[", `#\x23teamcity[`)

// escaped returns r as Go writes it in a string literal.
func escaped(r rune) string {
	switch {
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r == '\t':
		return `\t`
	case r < utf8.RuneSelf:
		return fmt.Sprintf(`\x%02x`, r)
	case r > 0xffff:
		return fmt.Sprintf(`\U%08x`, r)
	}
	return fmt.Sprintf(`\u%04x`, r)
}

// IsPrintable reports whether every character of s prints.
func IsPrintable(s string) bool {
	for i, r := range s {
		if !unicode.IsPrint(r) || r == utf8.RuneError && !strings.HasPrefix(s[i:], string(utf8.RuneError)) {
			return false
		}
	}
	return true
}

// JSON returns encoded JSON with \u escapes for the characters that encoding/json leaves as they are and a terminal does
// not: DEL, C1 controls, and characters that reorder or hide text. The value stays the same, because these characters occur
// only in strings.
func JSON(encoded []byte) []byte {
	if safe := bytes.IndexFunc(encoded, needsEscape); safe < 0 {
		return encoded
	}
	out := make([]byte, 0, len(encoded)+16)
	for len(encoded) > 0 {
		r, size := utf8.DecodeRune(encoded)
		switch {
		case !needsEscape(r):
			out = append(out, encoded[:size]...)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, high, low)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		encoded = encoded[size:]
	}
	return out
}

// needsEscape reports whether r must not stand in encoded JSON. ASCII controls are there only as layout.
func needsEscape(r rune) bool {
	return r == 0x7f || r >= utf8.RuneSelf && !unicode.IsPrint(r)
}
