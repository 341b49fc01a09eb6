package rewrite

import (
	"strconv"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// An expression is arithmetic over columns of a result, in pieces.
type expression []term

// expression reads arithmetic as the analysis of source writes it: numbers, + - * and parentheses, each column as {INDEX}
// or {NAME}, a value of the program as ?. Division is refused: its result depends on types and on the database.
func (s *statement) expression(text string, names []string) (expression, []Column, error) {
	var (
		out     expression
		columns []Column
	)
	operands := 0
	for text != "" {
		before, rest, found := strings.Cut(text, "{")
		parts, err := s.arithmetic(before, &operands)
		if err != nil {
			return nil, nil, err
		}
		out = append(out, parts...)
		if !found {
			break
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed {
			return nil, nil, refuse("the expression of the source is not read")
		}
		c := Column{Index: -1, Name: name}
		if n, err := strconv.Atoi(name); err == nil {
			c = Column{Index: n}
		}
		t, err := s.conditionColumn(c, names)
		if err != nil {
			return nil, nil, err
		}
		out, columns, text = append(out, t), append(columns, c), after
	}
	if len(columns) == 0 {
		return nil, nil, refuse("the expression of the source has no column")
	}
	return out, columns, nil
}

// arithmetic reads the part of an expression between two columns.
func (s *statement) arithmetic(text string, operands *int) (out expression, err error) {
	if strings.Contains(text, "--") || strings.Contains(text, "/*") {
		return nil, refuse("the expression of the source is not read")
	}
	add := func(text string) {
		if text != "" {
			out = append(out, term{text: text})
		}
	}
	done := 0
	for t := range fingerprint.Tokens(s.dialect, text) {
		token := text[t.Start:t.End]
		switch {
		case t.Kind == fingerprint.Placeholder && token == "?":
			add(text[done:t.Start])
			out = append(out, term{operand: true, n: *operands})
			*operands++
			done = t.End
		case t.Kind == fingerprint.Number && exact(token), token == "(", token == ")", token == "+", token == "-", token == "*":
		default:
			return nil, refuse("the source computes with %s, which the database may do otherwise", token)
		}
	}
	add(text[done:])
	return out, nil
}

// expression writes an expression.
func (w *writer) expression(s *statement, e expression) {
	for _, t := range e {
		w.term(s, t)
	}
}

// Expression returns an expression of the source for a report: with the columns as the query names them, without their
// tables. It returns "" for an expression that is not read.
func Expression(q Query, text string) string {
	s, err := parse(q.Dialect, q.Parsed)
	if err != nil {
		return ""
	}
	e, _, err := s.expression(text, q.Names)
	if err != nil {
		return ""
	}
	var b strings.Builder
	for _, t := range e {
		switch {
		case t.operand:
			b.WriteByte('?')
		case t.column != "":
			b.WriteString(t.column)
		default:
			b.WriteString(t.text)
		}
	}
	return b.String()
}
