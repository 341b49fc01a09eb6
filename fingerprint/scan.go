package fingerprint

import (
	"strings"
	"unicode/utf8"
)

// skip skips spaces and comments.
func (l *lexer) skip() {
	for l.pos < len(l.s) {
		switch c := l.s[l.pos]; {
		case c == ' ':
			l.pos++
		case visible[c]:
			return
		case c <= ' ' || c == 0x7f:
			l.pos++
		case c == '-' && l.at(1) == '-' && (l.d != MySQL || l.at(2) <= ' '):
			l.line() // in MySQL a comment has a space after the dashes: 5--3 is 8
		case c == '#' && l.d == MySQL:
			l.line()
		case c == '/' && l.at(1) == '*':
			if !l.executable() {
				l.block()
			}
		case c == '*' && l.hint && l.at(1) == '/':
			l.hint = false
			l.pos += 2
		case c >= utf8.RuneSelf && l.space():
		default:
			return
		}
	}
}

// visible has the characters that begin neither a space nor a comment.
var visible = func() (is [256]bool) {
	for c := '!'; c < 0x7f; c++ {
		is[c] = c != '-' && c != '#' && c != '/' && c != '*'
	}
	return is
}()

// space skips a space that is not ASCII, which texts copied from a web page contain.
func (l *lexer) space() bool {
	switch r, n := utf8.DecodeRuneInString(l.s[l.pos:]); r {
	case '\u00a0', '\ufeff', '\u2028', '\u2029':
		l.pos += n
		return true
	}
	return false
}

// executable skips the opening of a comment that MySQL or MariaDB executes: /*!50000 and /*M!100100.
func (l *lexer) executable() bool {
	n := 2
	if l.at(n) == 'M' {
		n++
	}
	if l.d != MySQL || l.at(n) != '!' {
		return false
	}
	for n++; isDigit(l.at(n)); n++ {
	}
	l.pos += n
	l.hint = true
	return true
}

// line skips the rest of the line.
func (l *lexer) line() {
	if i := strings.IndexByte(l.s[l.pos:], '\n'); i >= 0 {
		l.pos += i + 1
	} else {
		l.pos = len(l.s)
	}
}

// block skips a comment. PostgreSQL's comments nest.
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

// quotesName reports whether a double quote at the current position opens a name. In MySQL and in an unknown dialect it does
// only where nothing but a name is possible.
func (l *lexer) quotesName() bool {
	if l.d == SQLite && l.rows.inside() && !l.dot && l.prev != kwAs {
		return l.qualifies()
	}
	if l.d == PostgreSQL || l.d == SQLite || l.dot || l.columns || l.prev == kwAs || l.prev.namesTable() {
		return true
	}
	return l.qualifies()
}

// qualifies reports whether what is in double quotes at the current position is followed by a dot: "schema".table.
func (l *lexer) qualifies() bool {
	i := strings.IndexByte(l.s[l.pos+1:], '"')
	return i > 0 && l.pos+i+2 < len(l.s) && l.s[l.pos+i+2] == '.'
}

// bracketsName reports whether a square bracket at the current position opens a name, as in SQLite and SQL Server. In an
// unknown dialect it can open an array as well.
func (l *lexer) bracketsName() bool {
	if l.d != Unknown {
		return l.d == SQLite
	}
	if l.operand || l.prev == kwArray || !isLetter(l.at(1)) {
		return false
	}
	i := l.pos + 1
	for i < len(l.s) && (isWordByte(l.s[i]) || l.s[i] == ' ') {
		i++
	}
	return i < len(l.s) && l.s[i] == ']'
}

// name reads a quoted name whose opening quote is at l.pos. One that is not closed is a literal.
func (l *lexer) name(start int, closing byte) token {
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

// text reads a literal whose opening quote is at l.pos. A literal that is not closed takes the rest of the text, so that no
// part of it becomes a name. In an unknown dialect so does one with a backslash before a quote: the dialects disagree about
// where it ends.
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

// alternative reads a literal of Oracle between quotes that it chooses, whose first quote is at l.pos: q'[it's]', q'!it's!'.
func (l *lexer) alternative(start int) token {
	opening, closing := l.at(1), l.at(1)
	if i := strings.IndexByte("[{(<", opening); i >= 0 {
		closing = "]})>"[i]
	}
	end := -1
	if from := l.pos + 2; from < len(l.s) {
		if end = strings.Index(l.s[from:], string([]byte{closing, '\''})); end >= 0 {
			end += from + 2
		}
	}
	if l.pos = end; end < 0 {
		l.pos = len(l.s)
	}
	return token{tokString, kwNone, start, l.pos}
}

// prefixes reports whether a word directly before a quote is part of the literal: E'…', N'…', X'…', B'…'.
func (l *lexer) prefixes(word string) bool {
	if len(word) == 1 {
		switch word[0] {
		case 'E', 'e':
			return l.d == PostgreSQL || l.d == Unknown
		case 'N', 'n', 'X', 'x', 'B', 'b':
			return true
		}
	}
	return false
}

// introduced reads a literal of MySQL after the name of its character set: _utf8mb4'x', _latin1 0x78. The name is not part
// of the literal. Other words that begin with an underscore are names.
func (l *lexer) introduced(word string) (token, bool) {
	if l.d != MySQL || word[0] != '_' || !characterSets[strings.ToLower(word[1:])] {
		return token{}, false
	}
	ahead := *l
	ahead.skip()
	switch c := ahead.at(0) | 0x20; {
	case ahead.at(0) == '\'', ahead.at(0) == '"':
		*l = ahead
		return l.text(l.pos, l.at(0), true), true
	case (c == 'x' || c == 'b') && ahead.at(1) == '\'', ahead.at(0) == '0' && !isDigit(ahead.at(1)):
		ahead.operand = false
		*l = ahead
		return l.scan(), true
	}
	return token{}, false
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

// mark reads a token that begins with ? $ : or @: a placeholder, a dollar-quoted text, a variable or an operator.
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

// jsonb reports whether a question mark at the current position is, or begins, an operator of PostgreSQL: it is between two
// operands. In a normal form it can follow a word, as in date ?, but then no operand follows.
func (l *lexer) jsonb() bool {
	if l.d != PostgreSQL {
		return false
	}
	if c := l.at(1); (c == '|' || c == '&') && l.at(2) != c { // ?| and ?&, but not a placeholder before || or &&
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

// param reads a placeholder: its mark, and the bytes after it that more accepts.
func (l *lexer) param(more func(byte) bool) token {
	start := l.pos
	l.pos++
	for l.pos < len(l.s) && more(l.s[l.pos]) {
		l.pos++
	}
	return token{tokParam, kwNone, start, l.pos}
}

// digitsName skips a name of MySQL that begins with a digit, such as 2024_sales, and reports whether there is one. The
// numbers 1e5, 0x1F and 0b01 are no names.
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

// nameAt reports whether such a name begins n bytes after the current one.
func (l *lexer) nameAt(n int) bool {
	ahead := *l
	ahead.pos += n
	return l.d == MySQL && ahead.digitsName()
}

// number reads a number whose first digit or point is at l.pos.
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

// variable reads a variable of MySQL: @name, @@name. A quoted one is a literal, the host of an account: 'user'@'host'.
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
