package main

import (
	"go/scanner"
	"go/token"
	"strings"
)

// A part is a piece of prose: a comment, a string, or a paragraph. Its lines are those of the file.
type part struct {
	number int // of the first line
	lines  []string
}

// goParts returns the comments of a Go file, each with the lines that it goes on, and its strings.
func goParts(text []byte) (parts []part) {
	var s scanner.Scanner
	files := token.NewFileSet()
	file := files.AddFile("", files.Base(), len(text))
	s.Init(file, text, func(token.Position, string) {}, scanner.ScanComments)
	last := -1 // line of the comment before
	for {
		pos, tok, literal := s.Scan()
		if tok == token.EOF {
			return parts
		}
		line := file.Line(pos)
		switch tok {
		case token.COMMENT:
			lines := strings.Split(literal, "\n")
			if line == last+1 && len(parts) > 0 {
				p := &parts[len(parts)-1]
				p.lines = append(p.lines, lines...)
			} else {
				parts = append(parts, part{line, lines})
			}
			last = line + len(lines) - 1
		case token.STRING:
			parts = append(parts, part{line, strings.Split(literal, "\n")})
			last = -1
		case token.SEMICOLON: // of a line's end
		default:
			last = -1
		}
	}
}

// pageParts returns the paragraphs of a page.
func pageParts(text []byte) []part {
	return paragraphs(text, func(string) bool { return true })
}

// hashParts returns the comments of a script, which begin with a hash sign.
func hashParts(text []byte) []part {
	return paragraphs(text, func(line string) bool { return strings.HasPrefix(strings.TrimSpace(line), "#") })
}

// paragraphs returns the lines that are wanted, with those that follow one another together.
func paragraphs(text []byte, wanted func(line string) bool) (parts []part) {
	open := false
	for i, line := range strings.Split(string(text), "\n") {
		if strings.TrimSpace(line) == "" || !wanted(line) {
			open = false
			continue
		}
		if !open {
			parts = append(parts, part{number: i + 1})
		}
		open = true
		p := &parts[len(parts)-1]
		p.lines = append(p.lines, line)
	}
	return parts
}
