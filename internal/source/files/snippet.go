package files

import (
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
)

// The marks of a snippet's lines.
const (
	markLoop      = "loop"
	markStatement = "statement"
)

// Snippet returns the lines around loop, which was found for stack: its first line, with the mark "loop", and the line of
// the call in it that led to the statement, with the mark "statement", with around lines before and after each. If the
// two are far apart the lines between them are left out. For a loop without a line it returns the lines around the call
// in stack[loop.Frame]. It returns nil if the file cannot be read.
func (s *Set) Snippet(stack []analysis.Frame, loop analysis.Loop, around int) []finding.SnippetLine {
	if loop.Frame < 0 || loop.Frame >= len(stack) {
		return nil
	}
	fr := stack[loop.Frame]
	src, ok := s.Open(fr.Function, fr.File)
	if !ok {
		return nil
	}
	first, last := fr.Line, fr.Line
	if loop.Line > 0 {
		first, last = min(first, loop.Line), max(last, loop.Line)
	}
	near := func(line int) bool { // close to one of the two; all lines between if they are few
		return line <= first+2*around+1 || line >= last-2*around-1 || last-first <= 6*around+6
	}
	var lines []finding.SnippetLine
	for n := max(first-around, 1); n <= min(last+around, src.Length()); n++ {
		if near(n) {
			lines = append(lines, finding.SnippetLine{Number: n, Text: src.Line(n), Mark: mark(n, loop, fr)})
		}
	}
	return lines
}

// mark returns the mark of a line. A loop on one line has the mark of the loop.
func mark(line int, loop analysis.Loop, fr analysis.Frame) string {
	switch line {
	case loop.Line:
		return markLoop
	case fr.Line:
		return markStatement
	}
	return ""
}
