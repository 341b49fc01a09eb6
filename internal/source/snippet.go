package source

import (
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/analysis"
)

// The marks of a snippet's lines.
const (
	markLoop      = "loop"
	markStatement = "statement"
)

// Snippet returns the lines around loop as [Finder.Loop] found it for stack: its first line, marked loop, and the line
// of the call in it that led to the statement, marked statement, with around lines before and after. When the two are
// far apart the lines between are left out, which the numbers show. A loop without a line gives the lines around the
// call in stack[loop.Frame]. Without source it returns nil.
func (f *Finder) Snippet(stack []analysis.Frame, loop analysis.Loop, around int) []finding.SnippetLine {
	if loop.Frame < 0 || loop.Frame >= len(stack) {
		return nil
	}
	fr := stack[loop.Frame]
	src, ok := f.open(fr.Function, fr.File)
	if !ok {
		return nil
	}
	first, last := fr.Line, fr.Line
	if loop.Line > 0 {
		first, last = min(first, loop.Line), max(last, loop.Line)
	}
	near := func(line int) bool { // of one of the two, or all between while it is short
		return line <= first+2*around+1 || line >= last-2*around-1 || last-first <= 6*around+6
	}
	var lines []finding.SnippetLine
	for n := max(first-around, 1); n <= min(last+around, src.length()); n++ {
		if near(n) {
			lines = append(lines, finding.SnippetLine{Number: n, Text: src.line(n), Mark: mark(n, loop, fr)})
		}
	}
	return lines
}

// mark says what line stands for. A loop in one line is marked as the loop.
func mark(line int, loop analysis.Loop, fr analysis.Frame) string {
	switch line {
	case loop.Line:
		return markLoop
	case fr.Line:
		return markStatement
	}
	return ""
}
