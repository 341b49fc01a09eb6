package files

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
	maxFiles = 512     // files in the cache; the oldest one is removed first
	maxBytes = 4 << 20 // bytes of a file; a larger one is not read
)

// A cache has files by name, nil for one that cannot be read.
type cache struct {
	mu    sync.Mutex
	named map[string]*File
	order []string // names in the cache, the oldest first
}

// get returns the file with that name, nil if it cannot be read. Two callers may read a file at the same time; one result
// is kept.
func (c *cache) get(name string, read func() ([]byte, error)) *File {
	c.mu.Lock()
	kept, ok := c.named[name]
	c.mu.Unlock()
	if ok {
		return kept
	}
	var fresh *File
	if src, err := read(); err == nil && len(src) <= maxBytes {
		fresh = newFile(src)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if kept, ok := c.named[name]; ok {
		return kept
	}
	if c.named == nil {
		c.named = map[string]*File{}
	}
	if len(c.order) >= maxFiles {
		delete(c.named, c.order[0])
		c.order = slices.Delete(c.order, 0, 1)
	}
	c.named[name] = fresh
	c.order = append(c.order, name)
	return fresh
}

// A File is one source file. It is parsed when its syntax is first used.
type File struct {
	lines     [][]byte
	generated bool
	parse     func() (*token.File, *ast.File)

	directives func() []directive
	tests      func() support
}

func newFile(src []byte) *File {
	f := &File{lines: bytes.Split(src, []byte("\n"))}
	f.generated = generated(f.lines)
	f.directives = sync.OnceValue(func() []directive { return directives(f.lines) })
	f.parse = sync.OnceValues(func() (*token.File, *ast.File) {
		set := token.NewFileSet()
		// The parser returns the declarations before a syntax error.
		tree, _ := parser.ParseFile(set, "", src, parser.SkipObjectResolution)
		if tree == nil {
			return nil, nil
		}
		return set.File(tree.FileStart), tree
	})
	f.tests = onceSupport(f.Tree)
	return f
}

// Tree returns the syntax of the file, nil if there is none.
func (f *File) Tree() *ast.File {
	_, tree := f.parse()
	return tree
}

// Line returns a line without its line ending, "" if there is no such line.
func (f *File) Line(n int) string {
	if n < 1 || n > len(f.lines) {
		return ""
	}
	return string(bytes.TrimSuffix(f.lines[n-1], []byte("\r")))
}

// Length returns the number of lines.
func (f *File) Length() int {
	if n := len(f.lines); len(f.lines[n-1]) > 0 {
		return n
	}
	return len(f.lines) - 1
}

// At returns the line of a position, 0 if there is none. It ignores //line comments.
func (f *File) At(pos token.Pos) int {
	tok, _ := f.parse()
	if tok == nil || !pos.IsValid() {
		return 0
	}
	return tok.PositionFor(pos, false).Line
}

// Spans reports whether node covers line.
func (f *File) Spans(node ast.Node, line int) bool {
	return f.At(node.Pos()) <= line && line <= f.At(node.End())
}

// generatedLine is the comment of generated files, see https://go.dev/s/generatedcode.
var generatedLine = regexp.MustCompile(`^// Code generated .* DO NOT EDIT\.\r?$`)

// generated reports whether a line before the package clause is the comment of a generated file.
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
