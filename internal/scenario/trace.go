package scenario

import (
	"database/sql/driver"
	"fmt"
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// An execution is one run of a statement.
type execution struct {
	statement *statement
	parsed    *fingerprint.Parsed
	args      []driver.NamedValue
	rows      [][]driver.Value
	query     bool // it has a result
	stays     bool // the result stays open
	fails     bool
}

// trace reads a line that runs s, or that fetches more of its open result.
func (p *parser) trace(s *statement, text string) error {
	list, err := tokens(text)
	if err != nil {
		return err
	}
	if p.open[s] {
		return p.more(s, list)
	}
	e := execution{statement: s, query: s.facts.Kind == fingerprint.Select}
	given := list
	if at := slices.IndexFunc(list, func(t token) bool { return t.is("->") }); at >= 0 {
		given, e.query = list[:at], true
		if e.rows, e.stays, err = s.rows(list[at+1:]); err != nil {
			return err
		}
	} else if n := len(list); n > 0 && list[n-1].is("fails") {
		given, e.fails = list[:n-1], true
	}
	p.open[s] = e.stays
	return p.each(e, given)
}

// more reads what is fetched of an open result.
func (p *parser) more(s *statement, list []token) error {
	if len(list) == 0 || !list[0].is("...") {
		return fmt.Errorf("the result of %s is open: want %s ... and its rows", s.name, s.name)
	}
	rows, stays, err := s.rows(list[1:])
	p.open[s] = stays
	if err != nil {
		return err
	}
	return p.do(func(pl *player) { pl.fetch(s, rows, stays) })
}

// each adds one execution of e, or one for each value of a range among its arguments.
func (p *parser) each(e execution, given []token) error {
	times := 1
	for _, t := range given {
		times = max(times, len(t.values()))
	}
	for i := range times {
		one := e
		var values []driver.Value
		for n, t := range given {
			all := t.values()
			v := all[min(i, len(all)-1)]
			values = append(values, v)
			one.args = append(one.args, driver.NamedValue{Name: t.name, Ordinal: n + 1, Value: v})
		}
		text := e.statement.sql
		if strings.Contains(text, "{}") {
			var err error
			if text, err = e.statement.fill(values); err != nil {
				return err
			}
			one.args = nil
		}
		one.parsed = fingerprint.Parse(p.scenario.dialect, text)
		p.do(func(pl *player) { pl.execute(one) })
	}
	return nil
}

// rows reads rows, and whether the result stays open after them.
func (s *statement) rows(list []token) (rows [][]driver.Value, stays bool, err error) {
	if n := len(list); n > 0 && list[n-1].is("...") {
		list, stays = list[:n-1], true
	}
	var row []driver.Value
	inside := false
	for _, t := range list {
		switch {
		case t.is("(") && !inside:
			inside, row = true, nil
		case t.is(")") && inside:
			inside, rows = false, append(rows, row)
		case t.is("(") || t.is(")"):
			return nil, false, fmt.Errorf("a parenthesis too many")
		case inside:
			row = append(row, t.value())
		default:
			for _, v := range t.values() {
				rows = append(rows, []driver.Value{v})
			}
		}
	}
	if inside {
		return nil, false, fmt.Errorf("a row does not end")
	}
	for _, row := range rows {
		if len(row) != len(s.columns) {
			return nil, false, fmt.Errorf("%s has the columns %q, but a row of %d values", s.name, s.columns, len(row))
		}
	}
	return rows, stays, nil
}
