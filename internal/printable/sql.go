package printable

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// DefaultSQL is how many characters of a statement SQL shows unless it is given another limit: three lines of a terminal.
const DefaultSQL = 240

// SQL returns a statement on one line, escaped as Line does, with white space reduced to single spaces. A statement of
// more than limit characters is shortened to about limit: first rows of placeholders, then the middle. A limit of 0 means
// DefaultSQL, a negative one means no limit.
func SQL(sql string, limit int) string {
	if limit == 0 {
		limit = DefaultSQL
	}
	line := Line(strings.TrimSpace(layout.ReplaceAllString(sql, " ")))
	if limit < 0 || utf8.RuneCountInString(line) <= limit {
		return line
	}
	return shorten(placeholders.ReplaceAllString(line, "?, ?, …"), limit)
}

// placeholders matches a row of placeholders.
var placeholders = regexp.MustCompile(`\?(?:, ?\?){3,}`)

// layout matches the white space that only lays SQL out. A CR without LF is escaped instead: it would move a terminal's
// cursor.
var layout = regexp.MustCompile(`(?:[ \t\n]|\r\n)+`)

// shorten cuts the middle out of s, down to about limit characters. The start of a statement says what it does and the
// end which rows it is for; the list of columns between them is what makes it long.
func shorten(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	runes := []rune(s)
	head, tail := runes[:(limit+1)/2], runes[len(runes)-limit/2:]
	return strings.TrimRight(string(wholeWords(head)), " ,") + " … " + strings.TrimLeft(string(reversed(wholeWords(reversed(tail)))), " ,")
}

// wholeWords removes the last word of runes, which may be incomplete, unless that is more than half of them.
func wholeWords(runes []rune) []rune {
	for i := len(runes) - 1; i > len(runes)/2; i-- {
		if unicode.IsSpace(runes[i]) {
			return runes[:i]
		}
	}
	return runes
}

func reversed(runes []rune) []rune {
	out := make([]rune, len(runes))
	for i, r := range runes {
		out[len(runes)-1-i] = r
	}
	return out
}
