// Package sqlcorpus reads testdata/fingerprint for tests: SQL texts of a dialect in groups that share one fingerprint, with
// their facts. Package fingerprint is tested with them, and servers read each text.
//
//	# a comment
//	SELECT * FROM posts WHERE id = 1
//	SELECT * FROM posts
//		WHERE id = 2           a line that begins with a tab continues the text
//	! why                      no server reads the text above, and why
//	= SELECT * FROM posts …    the normal form of the first text, optional
//	> tables: posts            a fact of every text, optional
//
// A blank line ends a group. No two groups of a dialect share a fingerprint.
package sqlcorpus

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// A Group is the texts of one fingerprint.
type Group struct {
	Line  int // line of the first text
	Texts []Text
	Want  string      // normal form; empty when it is not given
	Facts [][2]string // pairs of a name and a value
}

// A Text is one SQL text of a group.
type Text struct {
	SQL  string
	Skip string // why no server reads it; empty when one does
}

// Runs reports whether a server reads a text of the group.
func (g *Group) Runs() bool {
	for _, t := range g.Texts {
		if t.Skip == "" {
			return true
		}
	}
	return false
}

// Read returns the groups of a dialect, which has the name that its String method returns. Dir is testdata/fingerprint.
func Read(dir, dialect string) ([]Group, error) {
	file, err := os.Open(filepath.Join(dir, dialect+".txt"))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var p parser
	in := bufio.NewScanner(file)
	for in.Scan() {
		p.line++
		if err := p.read(in.Text()); err != nil {
			return nil, fmt.Errorf("%s.txt:%d: %w", dialect, p.line, err)
		}
	}
	p.end()
	return p.groups, in.Err()
}

type parser struct {
	groups []Group
	g      Group
	line   int
}

func (p *parser) end() {
	if len(p.g.Texts) > 0 {
		p.groups = append(p.groups, p.g)
	}
	p.g = Group{}
}

func (p *parser) read(line string) error {
	if line == "" {
		p.end()
		return nil
	}
	var last *Text
	if n := len(p.g.Texts); n > 0 {
		last = &p.g.Texts[n-1]
	}
	mark, rest, _ := strings.Cut(line, " ")
	switch {
	case line[0] == '#':
		return nil
	case line[0] == '\t' || mark == "!" || mark == "=" || mark == ">":
		if last == nil {
			return fmt.Errorf("%q is below no text", line)
		}
	}
	switch {
	case line[0] == '\t':
		last.SQL += "\n" + line[1:]
	case mark == "!":
		last.Skip = rest
	case mark == "=":
		p.g.Want = rest
	case mark == ">":
		name, value, ok := strings.Cut(rest, ": ")
		if !ok {
			return fmt.Errorf("%q: want \"> name: value\"", line)
		}
		p.g.Facts = append(p.g.Facts, [2]string{name, value})
	default:
		if last == nil {
			p.g.Line = p.line
		}
		p.g.Texts = append(p.g.Texts, Text{SQL: line})
	}
	return nil
}
