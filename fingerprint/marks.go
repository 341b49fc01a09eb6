package fingerprint

import "strings"

// mark reads what begins with ? $ : or @: a placeholder, a dollar-quoted text, a variable or an operator.
func (l *lexer) mark(start int) token {
	n := l.at(1)
	switch l.s[start] {
	case '?':
		if !l.jsonb() {
			return l.param(isDigit)
		}
	case '$':
		switch {
		case isDigit(n):
			return l.param(isDigit)
		case l.d == PostgreSQL || l.d == Unknown:
			if t, ok := l.dollar(start); ok {
				return t
			}
		}
		if isLetter(n) {
			return l.param(isWordByte)
		}
	case ':':
		switch {
		case n == ':' || n == '=':
		case l.bracket > 0 && l.operand: // a slice
		case isDigit(n) && !l.operand:
			return l.param(isDigit)
		case isLetter(n):
			return l.param(isWordByte)
		}
	case '@':
		switch {
		case l.d == MySQL:
			return l.variable(start)
		case isLetter(n) && (l.d != PostgreSQL || !l.operand):
			return l.param(isWordByte)
		}
	}
	return l.operator(start)
}

// jsonb reports whether a question mark here is, or begins, an operator of PostgreSQL's: it stands between two operands. In
// a normal form it may well follow a word, as in date ?, but then nothing follows that it could be compared with.
func (l *lexer) jsonb() bool {
	if l.d != PostgreSQL {
		return false
	}
	if c := l.at(1); (c == '|' || c == '&') && l.at(2) != c { // ?| and ?&, but not the end of a value before || and &&
		return true
	}
	if !l.operand {
		return false
	}
	ahead := *l
	ahead.pos++
	ahead.operand = false
	ahead.skip()
	switch t := ahead.scan(); t.kind {
	case tokEOF, tokOp:
		return false
	case tokPunct:
		return l.s[t.start] == '('
	case tokWord:
		word := l.s[t.start:t.end] // FETCH NEXT ? ROWS
		return (t.kw == kwNone || t.kw == kwArray) && !strings.EqualFold(word, "rows") && !strings.EqualFold(word, "row")
	}
	return true
}

// param reads a mark and what follows it.
func (l *lexer) param(more func(byte) bool) token {
	start := l.pos
	l.pos++
	for l.pos < len(l.s) && more(l.s[l.pos]) {
		l.pos++
	}
	return token{tokParam, kwNone, start, l.pos}
}

// digitsName passes over a name of MySQL's that begins with a digit, such as that of a table 2024_sales, and reports whether
// there is one. It looks like no number: 1e5, 0x1F and 0b01 are none.
func (l *lexer) digitsName() bool {
	i, digits := l.pos, 0
	for i < len(l.s) && isWordByte(l.s[i]) {
		if isDigit(l.s[i]) && digits == i-l.pos {
			digits++
		}
		i++
	}
	rest := l.s[l.pos+digits : i]
	if rest == "" {
		return false
	}
	switch c := rest[0] | 0x20; {
	case c == 'e' && strings.Trim(rest[1:], "0123456789") == "":
		if next := l.at(i - l.pos); len(rest) > 1 || next == '+' || next == '-' {
			return false
		}
	case c == 'x' && digits == 1 && l.s[l.pos] == '0' && len(rest) > 1 && strings.Trim(rest[1:], "0123456789abcdefABCDEF") == "",
		c == 'b' && digits == 1 && l.s[l.pos] == '0' && len(rest) > 1 && strings.Trim(rest[1:], "01") == "":
		return false
	}
	l.pos = i
	return true
}

// nameAt reports whether such a name begins n places further on.
func (l *lexer) nameAt(n int) bool {
	ahead := *l
	ahead.pos += n
	return l.d == MySQL && ahead.digitsName()
}

// number reads a number whose first digit or point stands at l.pos.
func (l *lexer) number(start int) token {
	if l.at(0) == '0' && (l.at(1)|0x20 == 'x' || l.at(1)|0x20 == 'b' || l.at(1)|0x20 == 'o') {
		l.pos += 2
		for l.pos < len(l.s) && isWordByte(l.s[l.pos]) && l.s[l.pos] != '$' {
			l.pos++
		}
		return token{tokNumber, kwNone, start, l.pos}
	}
	for l.pos < len(l.s) {
		switch c := l.s[l.pos]; {
		case isDigit(c), c == '.' && l.at(1) != '.', c == '_' && isDigit(l.at(1)):
			l.pos++
		case c|0x20 == 'e' && (isDigit(l.at(1)) || (l.at(1) == '+' || l.at(1) == '-') && isDigit(l.at(2))):
			l.pos += 2
		default:
			return token{tokNumber, kwNone, start, l.pos}
		}
	}
	return token{tokNumber, kwNone, start, l.pos}
}

// variable reads a variable of MySQL: @name, @@name, @'name'. In a quoted form it is a literal: it is the host of an account.
func (l *lexer) variable(start int) token {
	l.pos++
	if c := l.at(0); c == '\'' || c == '"' || c == '`' {
		return l.text(start, c, c != '`')
	}
	if l.at(0) == '@' {
		l.pos++
	}
	for l.pos < len(l.s) && isWordByte(l.s[l.pos]) {
		l.pos++
	}
	return token{tokVar, kwNone, start, l.pos}
}
