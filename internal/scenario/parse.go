package scenario

import (
	"fmt"
	"strings"
)

// A parser reads the lines of a scenario.
type parser struct {
	scenario   *Scenario
	number     int // of the line
	statements map[string]*statement
	order      []*statement
	last       *statement          // that indented lines add to
	open       map[*statement]bool // results that stay open
	scoped     bool                // a scope has begun
	inTx       bool                // a transaction has begun
}

func (p *parser) parse(text string) error {
	for line := range strings.Lines(text) {
		p.number++
		if err := p.line(strings.TrimRight(line, " \t\n")); err != nil {
			return p.at(p.number, err)
		}
	}
	for _, s := range p.order {
		if s.runs == 0 {
			return p.at(s.line, fmt.Errorf("%s never runs", s.name))
		}
	}
	return nil
}

func (p *parser) at(line int, err error) error {
	return fmt.Errorf("%s:%d: %w", p.scenario.File, line, err)
}

func (p *parser) line(line string) error {
	switch {
	case line == "" || line[0] == '#':
		return nil
	case line[0] == '\t' && p.last != nil:
		return p.last.add(p.scenario.dialect, strings.TrimLeft(line, "\t"))
	case line[0] == '\t':
		return fmt.Errorf("an indented line belongs to a stmt")
	}
	p.last = nil
	word, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	if read := p.reader(word); read != nil {
		return read(rest)
	}
	s, ok := p.statements[word]
	switch {
	case !ok:
		return fmt.Errorf("unknown word %q, and no stmt of that name", word)
	case !p.scoped:
		return fmt.Errorf("%s runs outside of a scope", word)
	case s.sql == "":
		return fmt.Errorf("%s has no SQL", word)
	}
	s.runs++
	return p.trace(s, rest)
}
