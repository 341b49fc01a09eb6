package report

import (
	"strings"
	"unicode/utf8"

	"github.com/nplusgone/nplusgone/internal/printable"
)

// lineWidth is the column before which prose and fixes are wrapped. A terminal's width is not asked for: a report often
// ends up in the log of a CI system.
const lineWidth = 110

// textWidth is what is left of it beside the labels.
const textWidth = lineWidth - len(indent) - labelWidth

// maxFixSQL is how many characters of a statement to copy are shown: half a statement is of no use, but a report is no
// place for a megabyte of it either.
const maxFixSQL = 4_000

// wrapWords breaks prose into lines of at most width characters, or one word.
func wrapWords(s string, width int) []string {
	var lines []string
	line, used := "", 0
	for word := range strings.SplitSeq(s, " ") {
		n := utf8.RuneCountInString(word)
		switch {
		case line == "":
			line, used = word, n
		case used+1+n > width:
			lines = append(lines, line)
			line, used = word, n
		default:
			line, used = line+" "+word, used+1+n
		}
	}
	return append(lines, line)
}

// wrapSQL returns the lines of a statement that is there to be copied: its own lines, or when it is one long line, a line
// a clause, and long clauses broken after commas. Only the layout changes, and never inside quotes.
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
	for _, g := range gaps(line) {
		if g.depth == 0 && startsClause(line[g.at+1:], line[start:g.at]) {
			lines = append(lines, line[start:g.at])
			start = g.at + 1
		}
	}
	return append(lines, line[start:])
}

// breakCommas breaks a clause that is too long after commas; the lines that go on are indented.
func breakCommas(clause string) []string {
	var lines []string
	start, comma, margin := 0, 0, ""
	flush := func(end int) {
		if comma > start && utf8.RuneCountInString(clause[start:end])+len(margin) > textWidth {
			lines = append(lines, margin+clause[start:comma])
			start, margin = comma+1, indent
		}
	}
	for _, g := range gaps(clause) {
		if clause[g.at-1] == ',' {
			flush(g.at)
			comma = g.at
		}
	}
	flush(len(clause))
	return append(lines, margin+clause[start:])
}

// A gap is a space outside quotes, where a statement may be broken, and how many parentheses are around it.
type gap struct{ at, depth int }

func gaps(line string) []gap {
	var out []gap
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
				out = append(out, gap{i, depth})
			}
		}
	}
	return out
}
