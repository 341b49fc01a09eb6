package report

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// defaultMaxSQL is how many characters of a statement are shown unless Options say otherwise: three lines of a terminal.
const defaultMaxSQL = 240

// oneLine returns SQL as one line of at most limit characters; limit is as in Options.MaxSQL.
func oneLine(sql string, limit int) string {
	if limit == 0 {
		limit = defaultMaxSQL
	}
	line := visible(strings.TrimSpace(layout.ReplaceAllString(sql, " ")))
	if limit < 0 || utf8.RuneCountInString(line) <= limit {
		return line
	}
	return cut(placeholders.ReplaceAllString(line, "?, ?, …"), limit)
}

// placeholders matches a row of placeholders: the first thing that a long statement can do without.
var placeholders = regexp.MustCompile(`\?(?:, ?\?){3,}`)

// layout matches the white space that only lays SQL out. A lone CR is none: it would move a terminal's cursor.
var layout = regexp.MustCompile(`(?:[ \t\n]|\r\n)+`)

// cut shortens s to about limit characters. It takes them from the middle: a statement says what it does at its start,
// and to which rows at its end, while the list of columns between the two is what makes it long.
func cut(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	runes := []rune(s)
	head, tail := runes[:(limit+1)/2], runes[len(runes)-limit/2:]
	return strings.TrimRight(string(wholeWords(head)), " ,") + " … " + strings.TrimLeft(string(reversed(wholeWords(reversed(tail)))), " ,")
}

// wholeWords drops the last word of runes, which may be cut in two, unless that would drop half of them.
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
