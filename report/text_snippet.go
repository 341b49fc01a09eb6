package report

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/printable"
)

// maxSource is how many characters of a source line are shown.
const maxSource = 120

// snippet writes source lines with their numbers, and points at the lines that the finding is about.
func (t *text) snippet(lines []finding.SnippetLine) {
	if len(lines) == 0 {
		return
	}
	width := 0
	for _, l := range lines {
		width = max(width, len(strconv.Itoa(l.Number)))
	}
	shared := sharedIndent(lines)
	label := "source"
	for i, l := range lines {
		if i > 0 && l.Number > lines[i-1].Number+1 {
			t.row("", strings.Repeat(" ", width+2)+t.paint(dim, "⋮"))
		}
		source := strings.ReplaceAll(strings.TrimPrefix(strings.TrimRight(l.Text, " \t\r\n"), shared), "\t", "    ")
		source = printable.Line(source)
		if utf8.RuneCountInString(source) > maxSource {
			source = string([]rune(source)[:maxSource]) + "…"
		}
		pointer, mark := " ", ""
		if l.Mark != "" {
			pointer, mark = t.paint(red, ">"), "  "+t.paint(green, "← "+printable.Line(l.Mark))
		}
		t.row(label, fmt.Sprintf("%s %s %s", pointer, t.paint(dim, fmt.Sprintf("%*d |", width, l.Number)), source)+mark)
		label = ""
	}
}

// sharedIndent returns the white space that every line with text begins with.
func sharedIndent(lines []finding.SnippetLine) string {
	shared, first := "", true
	for _, l := range lines {
		rest := strings.TrimLeft(l.Text, " \t")
		if rest == "" {
			continue
		}
		own := l.Text[:len(l.Text)-len(rest)]
		if first {
			shared, first = own, false
		}
		for !strings.HasPrefix(own, shared) {
			shared = shared[:len(shared)-1]
		}
	}
	return shared
}
