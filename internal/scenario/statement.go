package scenario

import (
	"database/sql/driver"
	"fmt"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// A statement is SQL and the stack that it comes from.
type statement struct {
	name     string
	line     int // that it is on
	runs     int // lines of the trace that run it
	stack    stack.ID
	sql      string // {} is a literal to be filled in
	prepared bool   // once
	anew     bool   // prepared for each execution
	ran      bool
	columns  []string
	facts    fingerprint.Facts
}

// stmt reads NAME STACK.
func (p *parser) stmt(text string) error {
	name, calls, ok := strings.Cut(text, " ")
	if !ok {
		return fmt.Errorf("want stmt NAME FILE:LINE FUNCTION [< FILE:LINE FUNCTION …]")
	}
	if _, taken := p.statements[name]; taken || p.reader(name) != nil {
		return fmt.Errorf("the name %q is taken", name)
	}
	frames, err := parseStack(calls)
	if err != nil {
		return err
	}
	p.last = &statement{name: name, line: p.number, stack: stack.Intern(frames)}
	p.statements[name] = p.last
	p.order = append(p.order, p.last)
	return nil
}

// add takes in a line indented below the stmt line of s.
func (s *statement) add(d fingerprint.Dialect, line string) error {
	word, rest, _ := strings.Cut(line, " ")
	switch {
	case line == "prepared":
		s.prepared = true
	case line == "prepared anew":
		s.anew = true
	case word == "columns":
		s.columns = strings.Fields(rest)
	case s.sql != "":
		return fmt.Errorf("%s has its SQL already", s.name)
	default:
		s.sql = line
		s.facts = fingerprint.Parse(d, strings.ReplaceAll(line, "{}", "1")).Facts
		if s.columns == nil {
			s.columns = columnNames(s.facts.Columns)
		}
	}
	return nil
}

// fresh reports whether the execution that begins is the first of a prepared statement.
func (s *statement) fresh() bool {
	first := s.prepared && !s.ran
	s.ran = true
	return first || s.anew
}

// columnNames returns the names that a select list gives the columns of its result, nil if it does not say all.
func columnNames(list []string) []string {
	var names []string
	for _, item := range list {
		if strings.ContainsAny(item, "*?") && !strings.Contains(item, " AS ") {
			return nil
		}
		name := item[strings.LastIndexByte(item, ' ')+1:]
		names = append(names, name[strings.LastIndexByte(name, '.')+1:])
	}
	return names
}

// fill returns the SQL with values in the places of its holes.
func (s *statement) fill(values []driver.Value) (string, error) {
	if n := strings.Count(s.sql, "{}"); n != len(values) {
		return "", fmt.Errorf("%s has %d places to fill, not %d", s.name, n, len(values))
	}
	text := s.sql
	for _, v := range values {
		text = strings.Replace(text, "{}", literal(v), 1)
	}
	return text, nil
}
