package pgquery

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/nplusgone/nplusgone/fingerprint"
)

const (
	// maxText is the length in bytes of the longest text that passes, before and after translation.
	maxText = 8 << 10
	// maxOperator is the length of the longest operator that passes. The time of libpg_query is quadratic in it.
	maxOperator = 8
	// maxDepth is the depth of the deepest tree that passes. A stack of 128 KiB, which threads have under musl, overflows at a
	// depth of 128, and at 112 in none of the cases of TestTheGateHoldsOnASmallStack. This is less than half of that.
	maxDepth = 48
)

var errDialect = errors.New("in an unknown dialect the text may mean something else to PostgreSQL")

// pass returns the translation of a text that is safe to parse, or why it is not.
func pass(d fingerprint.Dialect, sql string, p *fingerprint.Parsed) (*translation, error) {
	switch {
	case d == fingerprint.Unknown:
		return nil, errDialect
	case len(sql) > maxText:
		return nil, fmt.Errorf("the text is longer than %d bytes", maxText)
	case !utf8.ValidString(sql):
		return nil, errors.New("the text is no UTF-8")
	case strings.IndexByte(sql, 0) >= 0:
		return nil, errors.New("the text holds a NUL")
	case p.Partial:
		return nil, errors.New("the statement has more parts than are read")
	case p.Facts.Statements > 1:
		return nil, errors.New("the text holds several statements")
	}
	switch p.Facts.Kind {
	case fingerprint.Select, fingerprint.Insert, fingerprint.Update, fingerprint.Delete, fingerprint.Merge:
	default:
		return nil, fmt.Errorf("a statement of kind %s has no facts that a parser would refine", p.Facts.Kind)
	}
	t, err := translate(d, p)
	switch {
	case err != nil:
		return nil, err
	case len(t.sql) > maxText:
		return nil, fmt.Errorf("the text is longer than %d bytes in PostgreSQL's words", maxText)
	case t.depth > maxDepth:
		return nil, fmt.Errorf("the statement is nested %d deep, more than %d", t.depth, maxDepth)
	}
	return t, nil
}

// A depth computes an upper bound of the depth of a statement's tree, token by token.
type depth struct {
	open []level // the statement, and its open parentheses, brackets and CASE
	most int     // the bound so far
}

// A level is an open parenthesis, bracket or CASE.
type level struct {
	expression int  // operators of the current expression: the tree of 1 + 1 + … is as deep as the expression is long
	chain      int  // joins and unions, whose tree is as deep as their number
	word       bool // it is a CASE
}

func (m *depth) token(text, keyword string, kind fingerprint.TokenKind) {
	if len(m.open) == 0 {
		m.open = append(m.open, level{})
	}
	top := &m.open[len(m.open)-1]
	switch keyword {
	case "CASE":
		m.push(level{word: true})
	case "END":
		m.pop(true)
	case "JOIN", "UNION", "INTERSECT", "EXCEPT":
		top.chain++
		top.expression = 0
	case "AND", "OR", "SELECT", "FROM", "WHERE", "ON", "WHEN", "THEN", "ELSE", "SET", "VALUES", "GROUP", "ORDER", "HAVING", "LIMIT", "OFFSET", "RETURNING":
		top.expression = 0 // chains of AND and of OR are flat
	case "":
		switch {
		case text == "(" || text == "[":
			m.push(level{})
		case text == ")" || text == "]":
			m.pop(false)
		case text == ",":
			top.expression = 0
		case kind == fingerprint.Operator, kind == fingerprint.Word && postfix[strings.ToLower(text)]:
			top.expression++
		}
	default: // NOT, IS, IN, LIKE and other keywords within an expression
		top.expression++
	}
	sum := 0
	for _, l := range m.open {
		sum += 1 + l.expression + l.chain
	}
	m.most = max(m.most, sum)
}

func (m *depth) push(l level) {
	if len(m.open) <= maxDepth { // a deeper text does not pass
		m.open = append(m.open, l)
	}
	m.most = max(m.most, len(m.open))
}

func (m *depth) pop(word bool) {
	if n := len(m.open); n > 1 && m.open[n-1].word == word {
		m.open = m.open[:n-1]
	}
}

// postfix has the words that continue an expression and are no keywords of the lexer.
var postfix = map[string]bool{
	"at": true, "collate": true, "isnull": true, "notnull": true, "similar": true, "overlaps": true, "operator": true,
}
