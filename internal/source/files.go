package source

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"sync"
)

const (
	maxFiles = 512     // kept; the oldest one goes first
	maxBytes = 4 << 20 // of one file: nobody writes a larger one by hand
)

// files keeps source files by name, and that a file could not be read.
type files struct {
	mu    sync.Mutex
	named map[string]*file
	order []string // of named, the oldest first
}

func newFiles() *files { return &files{named: map[string]*file{}} }

// get returns the file of that name, reading it if need be, or nil if it cannot be read. Two callers may read a file at
// the same time; one result is kept.
func (f *files) get(name string, read func() ([]byte, error)) *file {
	f.mu.Lock()
	kept, ok := f.named[name]
	f.mu.Unlock()
	if ok {
		return kept
	}
	var fresh *file
	if src, err := read(); err == nil && len(src) <= maxBytes {
		fresh = newFile(src)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if kept, ok := f.named[name]; ok {
		return kept
	}
	if len(f.order) >= maxFiles {
		delete(f.named, f.order[0])
		f.order = slices.Delete(f.order, 0, 1)
	}
	f.named[name] = fresh
	f.order = append(f.order, name)
	return fresh
}

// A file is one source file. It is parsed when its syntax is first asked for.
type file struct {
	lines     [][]byte
	generated bool
	parse     func() (*token.File, *ast.File)

	directives func() []directive
}

func newFile(src []byte) *file {
	f := &file{lines: bytes.Split(src, []byte("\n"))}
	f.generated = generated(f.lines)
	f.directives = sync.OnceValue(func() []directive { return directives(f.lines) })
	f.parse = sync.OnceValues(func() (*token.File, *ast.File) {
		set := token.NewFileSet()
		// A file with an error still has the declarations before it.
		tree, _ := parser.ParseFile(set, "", src, parser.SkipObjectResolution)
		if tree == nil {
			return nil, nil
		}
		return set.File(tree.FileStart), tree
	})
	return f
}

// line returns a line as it is written, without its end, or "".
func (f *file) line(n int) string {
	if n < 1 || n > len(f.lines) {
		return ""
	}
	return string(bytes.TrimSuffix(f.lines[n-1], []byte("\r")))
}

// length returns the number of lines, without an empty one after the last end of line.
func (f *file) length() int {
	if n := len(f.lines); len(f.lines[n-1]) > 0 {
		return n
	}
	return len(f.lines) - 1
}

// at returns the line of a position, as the file has it: a //line comment is for other readers.
func (f *file) at(pos token.Pos) int {
	tok, _ := f.parse()
	if tok == nil || !pos.IsValid() {
		return 0
	}
	return tok.PositionFor(pos, false).Line
}

// spans reports whether node covers line.
func (f *file) spans(node ast.Node, line int) bool {
	return f.at(node.Pos()) <= line && line <= f.at(node.End())
}

// generatedLine is what https://go.dev/s/generatedcode agrees on.
var generatedLine = regexp.MustCompile(`^// Code generated .* DO NOT EDIT\.\r?$`)

// generated reports whether a line before the package clause says that a program wrote the file.
func generated(lines [][]byte) bool {
	for _, line := range lines {
		if generatedLine.Match(line) {
			return true
		}
		if bytes.HasPrefix(line, []byte("package ")) {
			break
		}
	}
	return false
}
