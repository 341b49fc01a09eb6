package pgquery

import (
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// A depth measures how deep the tree of a statement can be, token by token. It may measure too much, never too little.
type depth struct {
	open []level // parentheses, brackets and CASE that are open, the statement first
	most int
}

// A level is one that is open, and what goes on within it.
type level struct {
	expression int // operators of the current expression: 1 + 1 + … is a tree as deep as it is long
	chain      int // joins and unions, which are as well
	word       bool
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
		top.expression = 0 // chains of AND, and of OR, are flat
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
	default: // NOT, IS, IN, LIKE and whatever else may go on with an expression
		top.expression++
	}
	sum := 0
	for _, l := range m.open {
		sum += 1 + l.expression + l.chain
	}
	m.most = max(m.most, sum)
}

func (m *depth) push(l level) {
	if len(m.open) <= maxDepth { // beyond it the text is refused anyway
		m.open = append(m.open, l)
	}
	m.most = max(m.most, len(m.open))
}

func (m *depth) pop(word bool) {
	if n := len(m.open); n > 1 && m.open[n-1].word == word {
		m.open = m.open[:n-1]
	}
}

// postfix are words, no keywords of the lexer, that an expression goes on with.
var postfix = map[string]bool{
	"at": true, "collate": true, "isnull": true, "notnull": true, "similar": true, "overlaps": true, "operator": true,
}
