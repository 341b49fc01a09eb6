package fingerprint

import (
	"strings"
	"unicode/utf8"
)

// skip passes over spaces and comments.
func (l *lexer) skip() {
	for l.pos < len(l.s) {
		switch c := l.s[l.pos]; {
		case c == ' ':
			l.pos++
		case visible[c]: // as most are
			return
		case c <= ' ' || c == 0x7f:
			l.pos++
		case c == '-' && l.at(1) == '-' && (l.d != MySQL || l.at(2) <= ' '):
			l.line() // MySQL asks for a space after the dashes: 5--3 is 8 there
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

// visible are the characters that no space and no comment begins with.
var visible = func() (is [256]bool) {
	for c := '!'; c < 0x7f; c++ {
		is[c] = c != '-' && c != '#' && c != '/' && c != '*'
	}
	return is
}()

// space passes over one space that is not ASCII, as texts pasted from a web page have.
func (l *lexer) space() bool {
	switch r, n := utf8.DecodeRuneInString(l.s[l.pos:]); r {
	case '\u00a0', '\ufeff', '\u2028', '\u2029':
		l.pos += n
		return true
	}
	return false
}

// executable passes over the opening of a comment that MySQL or MariaDB executes: /*!50000 and /*M!100100.
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

// line passes over the rest of the line.
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
