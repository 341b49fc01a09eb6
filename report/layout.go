package report

import (
	"strings"
	"unicode/utf8"

	"github.com/nplusgone/nplusgone/internal/printable"
)

// lineWidth is the column at which prose and fixes are wrapped. The width of the terminal is not used, because a report
// often ends up in the log of a CI system.
const lineWidth = 110

// textWidth is the width beside the labels.
const textWidth = lineWidth - len(indent) - labelWidth

// sideColumn is the column, within textWidth, at which the second half of a row begins when the first is short.
const sideColumn = 48

// maxFixSQL is how many characters of a fix's statement are shown. Part of a statement cannot be used, so the limit is
// far above every usual one.
const maxFixSQL = 4_000

// sideBySide returns left and right on one line if they fit, else on two.
func sideBySide(left, right string) []string {
	n := utf8.RuneCountInString(left)
	switch {
	case left == "" || right == "":
		return []string{left + right}
	case max(n, sideColumn)+2+utf8.RuneCountInString(right) > textWidth:
		return []string{left, right}
	}
	return []string{left + strings.Repeat(" ", max(sideColumn-n, 0)) + "  " + right}
}

// wrapWords breaks prose into lines of at most width characters. A longer word is not broken.
func wrapWords(s string, width int) []string {
	return wrapParts(strings.Split(s, " "), " ", width)
}

// wrapParts joins parts with sep into lines of at most width characters. A line that does not end the text ends with sep.
func wrapParts(parts []string, sep string, width int) []string {
	var lines []string
	line, used := "", 0
	for _, part := range parts {
		n := utf8.RuneCountInString(part)
		switch {
		case line == "":
			line, used = part, n
		case used+len(sep)+n > width:
			lines = append(lines, strings.TrimRight(line+sep, " "))
			line, used = part, n
		default:
			line, used = line+sep+part, used+len(sep)+n
		}
	}
	return append(lines, line)
}

// wrapSQL returns the lines of a statement that is shown to be copied: its own lines, or for one long line, a line for
// each clause, and long clauses broken after commas. Only the layout changes, and never within quotes.
func wrapSQL(sql string) []string {
	sql = strings.TrimSpace(sql)
	if utf8.RuneCountInString(sql) > maxFixSQL {
		return []string{printable.SQL(sql, maxFixSQL)}
	}
	var lines []string
	for line := range strings.Lines(sql) {
		lines = append(lines, printable.Line(strings.ReplaceAll(strings.TrimRight(line, "\r\n"), "\t", "    ")))
	}
	if len(lines) != 1 || utf8.RuneCountInString(lines[0]) <= textWidth {
		return lines
	}
	var wrapped []string
	for _, clause := range splitClauses(lines[0]) {
		wrapped = append(wrapped, breakCommas(clause)...)
	}
	return wrapped
}

// splitClauses breaks a statement before each clause that is not in parentheses.
func splitClauses(line string) []string {
	var lines []string
	start := 0
	for _, g := range spaces(line) {
		if g.depth == 0 && startsClause(line[g.at+1:], line[start:g.at]) {
			lines = append(lines, line[start:g.at])
			start = g.at + 1
		}
	}
	return append(lines, line[start:])
}

// breakCommas breaks a long clause after commas, and indents the lines after the first.
func breakCommas(clause string) []string {
	var lines []string
	start, comma, margin := 0, 0, ""
	flush := func(end int) {
		if comma > start && utf8.RuneCountInString(clause[start:end])+len(margin) > textWidth {
			lines = append(lines, margin+clause[start:comma])
			start, margin = comma+1, indent
		}
	}
	for _, g := range spaces(clause) {
		if clause[g.at-1] == ',' {
			flush(g.at)
			comma = g.at
		}
	}
	flush(len(clause))
	return append(lines, margin+clause[start:])
}

// A space is a space outside quotes, where a statement may be broken, with the number of parentheses around it.
type space struct{ at, depth int }

func spaces(line string) []space {
	var out []space
	depth := 0
	for i := 0; i < len(line); i++ {
		switch c := line[i]; c {
		case '\'', '"', '`':
			if end := strings.IndexByte(line[i+1:], c); end >= 0 {
				i += end + 1
			}
		case '(':
			depth++
		case ')':
			depth--
		case ' ':
			if i > 0 && i+1 < len(line) {
				out = append(out, space{i, depth})
			}
		}
	}
	return out
}

// clauses are the words that begin a line of a wrapped statement.
var clauses = []string{
	"SELECT", "FROM", "WHERE", "GROUP BY", "HAVING", "ORDER BY", "LIMIT", "OFFSET", "FETCH", "UNION", "INTERSECT", "EXCEPT",
	"VALUES", "SET", "RETURNING", "ON CONFLICT", "ON DUPLICATE KEY",
	"JOIN", "LEFT", "RIGHT", "INNER", "FULL", "CROSS",
}

// leaders are the words that belong to the clause after them: a line begins with LEFT, not with the JOIN after it.
var leaders = []string{"DELETE", "LEFT", "RIGHT", "INNER", "OUTER", "FULL", "CROSS", "UPDATE", "DISTINCT", "DEFAULT", "ALL"}

// startsClause reports whether rest begins with a clause, and the text before it does not end in a leader.
func startsClause(rest, before string) bool {
	last := before[strings.LastIndexByte(before, ' ')+1:]
	for _, word := range leaders {
		if strings.EqualFold(last, word) {
			return false
		}
	}
	for _, clause := range clauses {
		if len(rest) < len(clause) || !strings.EqualFold(rest[:len(clause)], clause) {
			continue
		}
		if len(rest) == len(clause) || rest[len(clause)] == ' ' || rest[len(clause)] == '(' {
			return true
		}
	}
	return false
}
