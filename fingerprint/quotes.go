package fingerprint

import "strings"

// quotesName reports whether a double quote here opens a name. In MySQL, and in an unknown dialect, that is so only where
// nothing else can stand.
func (l *lexer) quotesName() bool {
	if l.d == PostgreSQL || l.d == SQLite || l.dot || l.columns || l.prev == kwAs || l.prev.namesTable() {
		return true
	}
	i := strings.IndexByte(l.s[l.pos+1:], '"')
	return i > 0 && l.pos+i+2 < len(l.s) && l.s[l.pos+i+2] == '.' // "schema".table
}

// bracketsName reports whether a square bracket here opens a name, as in SQLite and SQL Server; in an unknown dialect it
// may as well open an array.
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

// name reads a quoted name whose opening quote stands at l.pos. One that never ends is a literal.
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

// prefixes reports whether word, right before a quote, is part of a literal: the E of E'…', N, X and B.
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

// introduced reads a literal of MySQL behind the name of its character set: _utf8mb4'x', _latin1 0x78. The name is no
// part of it. Other words with an underscore in front are names.
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

var characterSets = words(`armscii8 ascii big5 binary cp1250 cp1251 cp1256 cp1257 cp850 cp852 cp866 cp932 dec8 eucjpms euckr
	filename gb18030 gb2312 gbk geostd8 greek hebrew hp8 keybcs2 koi8r koi8u latin1 latin2 latin5 latin7 macce macroman sjis
	swe7 tis620 ucs2 ujis utf16 utf16le utf32 utf8 utf8mb3 utf8mb4`)

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
