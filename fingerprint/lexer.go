package fingerprint

import (
	"strings"
	"unicode/utf8"
)

// A tokenKind is the kind of a token.
type tokenKind uint8

const (
	tokEOF    tokenKind = iota
	tokWord             // an unquoted name or a keyword
	tokQuoted           // a quoted name, quotes included
	tokString           // a text literal in any form
	tokNumber           // a number literal, sign included
	tokParam            // a placeholder
	tokVar              // a variable: @x and @@x in MySQL
	tokOp               // an operator
	tokPunct            // ( ) [ ] , ; .
)

// A token is a piece of SQL text. Comments and spaces are no tokens.
type token struct {
	kind       tokenKind
	kw         keyword // of a tokWord
	start, end int
}

// A lexer reads SQL text of one dialect, token by token, without allocating. It knows as much of what came before as
// telling an operator from an operand takes: a sign, a question mark and a double quote mean what their place says.
type lexer struct {
	d       Dialect
	s       string
	pos     int
	operand bool    // the token before ends an operand
	dot     bool    // the token before is a dot
	prev    keyword // the token before, when it is a keyword
	bracket int     // open square brackets
	hint    bool    // inside an executable comment of MySQL
}

// next returns the next token; at the end one of kind tokEOF.
func (l *lexer) next() token {
	l.skip()
	t := l.scan()
	l.operand, l.dot = false, false
	prev := l.prev
	l.prev = kwNone
	switch t.kind {
	case tokWord:
		l.operand, l.prev = t.kw == kwNone || t.kw.operand(), t.kw
	case tokQuoted, tokString, tokNumber, tokParam, tokVar:
		l.operand = true
	case tokPunct:
		switch l.s[t.start] {
		case ')':
			l.operand = true
		case ']':
			l.operand = true
			l.bracket--
		case '[':
			l.bracket++
		case '.':
			l.dot = true
		case ',':
			if prev.namesTable() {
				l.prev = prev
			}
		}
	}
	return t
}

func (l *lexer) at(i int) byte {
	if l.pos+i < len(l.s) {
		return l.s[l.pos+i]
	}
	return 0
}

// skip passes over spaces and comments.
func (l *lexer) skip() {
	for l.pos < len(l.s) {
		switch c := l.s[l.pos]; {
		case c <= ' ' || c == 0x7f:
			l.pos++
		case c == '-' && l.at(1) == '-' && (l.d != MySQL || l.at(2) <= ' '):
			l.line() // MySQL asks for a space after the dashes: 5--3 is 8 there
		case c == '#' && l.d == MySQL:
			l.line()
		case c == '/' && l.at(1) == '*':
			if l.d == MySQL && l.at(2) == '!' {
				l.pos += 3
				for l.at(0) >= '0' && l.at(0) <= '9' {
					l.pos++
				}
				l.hint = true
				continue
			}
			l.block()
		case c == '*' && l.hint && l.at(1) == '/':
			l.hint = false
			l.pos += 2
		default:
			if c < utf8.RuneSelf {
				return
			}
			if r, n := utf8.DecodeRuneInString(l.s[l.pos:]); r == 0xa0 || r == 0xfeff || r == 0x2028 || r == 0x2029 {
				l.pos += n
				continue
			}
			return
		}
	}
}

func (l *lexer) line() {
	if i := strings.IndexByte(l.s[l.pos:], '\n'); i >= 0 {
		l.pos += i + 1
	} else {
		l.pos = len(l.s)
	}
}

// block passes over a comment; PostgreSQL's nest.
func (l *lexer) block() {
	depth := 0
	for l.pos < len(l.s) {
		switch {
		case l.s[l.pos] == '/' && l.at(1) == '*' && (depth == 0 || l.d == PostgreSQL):
			depth++
			l.pos += 2
		case l.s[l.pos] == '*' && l.at(1) == '/':
			depth--
			l.pos += 2
			if depth == 0 {
				return
			}
		default:
			l.pos++
		}
	}
}

func (l *lexer) scan() token {
	if l.pos >= len(l.s) {
		return token{kind: tokEOF, start: len(l.s), end: len(l.s)}
	}
	start := l.pos
	c := l.s[l.pos]
	switch {
	case isLetter(c):
		return l.word()
	case isDigit(c), c == '.' && !l.operand && isDigit(l.at(1)):
		return l.number(start)
	case c == '\'':
		return l.text(start, '\'', l.d == MySQL)
	case c == '"':
		if l.quotesName() {
			return l.name('"')
		}
		return l.text(start, '"', l.d == MySQL)
	case c == '`':
		return l.name('`')
	case c == '[' && (l.d == SQLite || l.d == Unknown && (l.prev.namesTable() || l.dot)):
		return l.name(']')
	case c == '(' || c == ')' || c == '[' || c == ']' || c == ',' || c == ';' || c == '.':
		l.pos++
		return token{tokPunct, kwNone, start, l.pos}
	case c == '?' || c == '$' || c == ':' || c == '@':
		return l.mark(start)
	case (c == '-' || c == '+') && !l.operand && (isDigit(l.at(1)) || l.at(1) == '.' && isDigit(l.at(2))):
		l.pos++
		return l.number(start)
	}
	return l.operator(start)
}

// quotesName reports whether a double quote here opens a name. In MySQL, and in an unknown dialect, that is so only where
// nothing else can stand.
func (l *lexer) quotesName() bool {
	if l.d == PostgreSQL || l.d == SQLite {
		return true
	}
	if l.dot || l.prev.namesTable() {
		return true
	}
	i := strings.IndexByte(l.s[l.pos+1:], '"')
	return i > 0 && l.pos+i+2 < len(l.s) && l.s[l.pos+i+2] == '.' // "schema".table
}

func (l *lexer) word() token {
	start := l.pos
	for l.pos < len(l.s) && isWordByte(l.s[l.pos]) {
		l.pos++
	}
	word := l.s[start:l.pos]
	if l.at(0) == '\'' && l.prefixes(word) {
		return l.text(start, '\'', l.d == MySQL || word == "E" || word == "e")
	}
	if (word == "U" || word == "u") && l.d == PostgreSQL && l.at(0) == '&' {
		switch l.at(1) {
		case '\'':
			l.pos++
			return l.text(start, '\'', false)
		case '"':
			l.pos++
			return l.name('"')
		}
	}
	t := token{tokWord, kwNone, start, l.pos}
	if !l.dot {
		t.kw = keywordOf(word)
	}
	return t
}

// prefixes reports whether word, right before a quote, is part of a literal: E”, N”, X”, B”, and _utf8” in MySQL.
func (l *lexer) prefixes(word string) bool {
	if len(word) == 1 {
		switch word[0] {
		case 'E', 'e':
			return l.d == PostgreSQL || l.d == Unknown
		case 'N', 'n', 'X', 'x', 'B', 'b':
			return true
		}
	}
	return l.d == MySQL && word[0] == '_'
}

func (l *lexer) number(start int) token {
	if l.at(0) == '0' && (l.at(1)|0x20 == 'x' || l.at(1)|0x20 == 'b' || l.at(1)|0x20 == 'o') {
		l.pos += 2
		for l.pos < len(l.s) && (isWordByte(l.s[l.pos]) && l.s[l.pos] != '$') {
			l.pos++
		}
		return token{tokNumber, kwNone, start, l.pos}
	}
	for l.pos < len(l.s) {
		c := l.s[l.pos]
		if isDigit(c) || c == '.' && l.at(1) != '.' || c == '_' && isDigit(l.at(1)) {
			l.pos++
			continue
		}
		if c|0x20 == 'e' && (isDigit(l.at(1)) || (l.at(1) == '+' || l.at(1) == '-') && isDigit(l.at(2))) {
			l.pos += 2
			continue
		}
		break
	}
	return token{tokNumber, kwNone, start, l.pos}
}

// text reads a literal whose opening quote stands at l.pos. One that never ends takes the rest of the text: nothing of it
// must be taken for a name. So does, in an unknown dialect, one with a backslash before a quote, which ends in one dialect
// and goes on in the other.
func (l *lexer) text(start int, quote byte, backslash bool) token {
	l.pos++
	for l.pos < len(l.s) {
		switch c := l.s[l.pos]; {
		case c == '\\' && backslash:
			l.pos += 2
		case c == '\\' && l.d == Unknown && l.at(1) == quote:
			l.pos = len(l.s)
		case c == quote && l.at(1) == quote:
			l.pos += 2
		case c == quote:
			l.pos++
			return token{tokString, kwNone, start, l.pos}
		default:
			l.pos++
		}
	}
	l.pos = len(l.s)
	return token{tokString, kwNone, start, l.pos}
}

// name reads a quoted name whose opening quote stands at l.pos. One that never ends is a literal.
func (l *lexer) name(closing byte) token {
	start := l.pos
	l.pos++
	for l.pos < len(l.s) {
		if l.s[l.pos] != closing {
			l.pos++
			continue
		}
		if l.at(1) == closing && closing != ']' {
			l.pos += 2
			continue
		}
		l.pos++
		return token{tokQuoted, kwNone, start, l.pos}
	}
	return token{tokString, kwNone, start, l.pos}
}

// mark reads what begins with ? $ : or @: a placeholder, a dollar-quoted text, a variable or an operator.
func (l *lexer) mark(start int) token {
	c, n := l.s[l.pos], l.at(1)
	switch c {
	case '?':
		if l.d == PostgreSQL && l.operand {
			return l.operator(start) // jsonb's ? ?| ?&
		}
		return l.param(start, isDigit)
	case '$':
		switch {
		case isDigit(n):
			return l.param(start, isDigit)
		case l.d == PostgreSQL || l.d == Unknown:
			if t, ok := l.dollar(start); ok {
				return t
			}
		}
		if isLetter(n) {
			return l.param(start, isWordByte)
		}
	case ':':
		switch {
		case n == ':' || n == '=':
			return l.operator(start)
		case l.bracket > 0 && l.operand: // a slice
		case isDigit(n) && !l.operand:
			return l.param(start, isDigit)
		case isLetter(n):
			return l.param(start, isWordByte)
		}
	case '@':
		switch {
		case l.d == MySQL && (n == '@' || isLetter(n) || n == '`' || n == '\''):
			l.pos += 2
			for l.pos < len(l.s) && (isWordByte(l.s[l.pos]) || l.s[l.pos] == '.') {
				l.pos++
			}
			return token{tokVar, kwNone, start, l.pos}
		case isLetter(n) && (l.d != PostgreSQL || !l.operand):
			return l.param(start, isWordByte)
		}
	}
	return l.operator(start)
}

func (l *lexer) param(start int, more func(byte) bool) token {
	l.pos++
	for l.pos < len(l.s) && more(l.s[l.pos]) {
		l.pos++
	}
	return token{tokParam, kwNone, start, l.pos}
}

// dollar reads $tag$ … $tag$.
func (l *lexer) dollar(start int) (token, bool) {
	i := start + 1
	for i < len(l.s) && isWordByte(l.s[i]) && l.s[i] != '$' {
		i++
	}
	if i >= len(l.s) || l.s[i] != '$' {
		return token{}, false
	}
	tag := l.s[start : i+1]
	l.pos = len(l.s)
	if end := strings.Index(l.s[i+1:], tag); end >= 0 {
		l.pos = i + 1 + end + len(tag)
	}
	return token{tokString, kwNone, start, l.pos}, true
}

// operators of more than one character, the longest first.
var operators = [...]string{
	"<=>", "->>", "#>>", "!~*", "||/", "<->",
	"<=", ">=", "<>", "!=", "==", "||", "&&", "->", "#>", "#-", "@>", "<@", "?|", "?&", "::", ":=", "<<", ">>", "~*", "!~", "@@", "@?", "|/", "~~",
}

func (l *lexer) operator(start int) token {
	for _, op := range operators {
		if op[0] == l.s[start] && strings.HasPrefix(l.s[start:], op) {
			l.pos = start + len(op)
			return token{tokOp, kwNone, start, l.pos}
		}
	}
	_, n := utf8.DecodeRuneInString(l.s[start:])
	l.pos = start + n
	return token{tokOp, kwNone, start, l.pos}
}

func isLetter(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c >= utf8.RuneSelf
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isWordByte(c byte) bool { return isLetter(c) || isDigit(c) || c == '$' }
