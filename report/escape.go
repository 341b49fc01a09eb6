package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// visible returns s on one line with every character that does not print spelled out: controls such as ESC and CR, line
// breaks, bytes that are no UTF-8, and the characters that reorder, join or hide text. What prints stays, so the result
// is for eyes and cannot be decoded. It also breaks what a CI system would take for a command in its log.
func visible(s string) string {
	s = ciCommands.Replace(s)
	if strings.HasPrefix(strings.TrimLeft(s, " "), "::") { // GitHub looks for it at the start of a line
		s = strings.Replace(s, "::", `\x3a:`, 1)
	}
	if printable(s) {
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
			b.WriteString(spelled(r))
		}
		s = s[size:]
	}
	return b.String()
}

// ciCommands defuses the commands that GitHub, Azure Pipelines and TeamCity read anywhere in a line of a log.
var ciCommands = strings.NewReplacer("##[", `#\x23[`, "##vso[", `#\x23vso[`, "##teamcity[", `#\x23teamcity[`)

// spelled returns r as Go writes it in a string.
func spelled(r rune) string {
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

func printable(s string) bool {
	for i, r := range s {
		if !unicode.IsPrint(r) || r == utf8.RuneError && !strings.HasPrefix(s[i:], string(utf8.RuneError)) {
			return false
		}
	}
	return true
}
