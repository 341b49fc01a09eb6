package fingerprint

import (
	"iter"
	"strings"
	"unicode/utf8"
)

// A TokenKind is the kind of a Token.
type TokenKind uint8

// The kinds of tokens.
const (
	Word        TokenKind = iota + 1 // a keyword or a name without quotes
	Quoted                           // a quoted name, quotes included
	String                           // a text literal in any form, prefix and quotes included
	Number                           // a number, a sign before it included
	Placeholder                      // ? ?1 $1 :name @name
	Variable                         // @x and @@x of MySQL
	Operator                         // an operator
	Punct                            // one of ( ) [ ] , ; .
)

var tokenKinds = [...]TokenKind{
	tokWord: Word, tokQuoted: Quoted, tokString: String, tokNumber: Number,
	tokParam: Placeholder, tokVar: Variable, tokOp: Operator, tokPunct: Punct,
}

// A Token is a token of SQL text.
type Token struct {
	Kind       TokenKind
	Start, End int    // offsets in bytes
	Keyword    string // a Word that is a keyword, in upper case; else empty
}

// Tokens returns the tokens of sql in the dialect d. Comments and spaces are no tokens. Like Parse it never fails; a literal
// that is not closed is one token.
func Tokens(d Dialect, sql string) iter.Seq[Token] {
	return func(yield func(Token) bool) {
		l := lexer{d: d, s: sql}
		for t := l.next(); t.kind != tokEOF; t = l.next() {
			if !yield(Token{tokenKinds[t.kind], t.start, t.end, keywordText[t.kw]}) {
				return
			}
		}
	}
}

// A tokenKind is the kind of a token, with one for the end of the text.
type tokenKind uint8

const (
	tokEOF tokenKind = iota
	tokWord
	tokQuoted
	tokString
	tokNumber
	tokParam
	tokVar
	tokOp
	tokPunct
)

// A token is a token as the lexer reads it.
type token struct {
	kind       tokenKind
	kw         keyword // of a tokWord
	start, end int
}

// A lexer reads the tokens of a text in one dialect, without allocating. It remembers enough of the previous tokens to
// distinguish an operator from an operand: the meaning of a sign, a question mark and a double quote depends on it.
type lexer struct {
	d       Dialect
	s       string
	pos     int
	operand bool    // the previous token ends an operand
	dot     bool    // the previous token is a dot
	prev    keyword // the previous token, when it is a keyword
	bracket int     // open square brackets
	hint    bool    // inside an executable comment of MySQL
	into    bool    // after INTO: a parenthesis opens the columns
	columns bool    // inside these columns
	rows    rows    // of an INSERT in SQLite
}

// next returns the next token, one of kind tokEOF at the end.
func (l *lexer) next() token {
	l.skip()
	t := l.scan()
	l.operand, l.dot, l.prev = false, false, kwNone
	switch t.kind {
	case tokWord:
		l.operand, l.prev = t.kw == kwNone || t.kw.operand(), t.kw
		l.rows.keyword(t.kw)
		switch {
		case l.columns:
		case t.kw == kwNone, t.kw == kwNull, t.kw == kwTrue, t.kw == kwFalse: // a name, or a placeholder in the normal form
		default:
			l.into = t.kw == kwInto
		}
	case tokQuoted, tokString, tokNumber, tokParam, tokVar:
		l.operand = true
	case tokPunct:
		l.punct(l.s[t.start])
	}
	return t
}

func (l *lexer) punct(c byte) {
	switch c {
	case '(':
		l.columns, l.into = l.into, false
		l.rows.open()
	case ')':
		l.operand, l.columns = true, false
		l.rows.close()
	case '[':
		l.bracket++
	case ']':
		l.operand = true
		l.bracket--
	case '.':
		l.dot = true
	case ';':
		l.into, l.columns, l.bracket, l.rows = false, false, 0, rows{}
	}
}

// at returns the byte i bytes after the current one, 0 after the end.
func (l *lexer) at(i int) byte {
	if l.pos+i < len(l.s) {
		return l.s[l.pos+i]
	}
	return 0
}

func (l *lexer) scan() token {
	if l.pos >= len(l.s) {
		return token{kind: tokEOF, start: len(l.s), end: len(l.s)}
	}
	start, c := l.pos, l.s[l.pos]
	switch {
	case isWordByte(c) && !isDigit(c) && c != '$':
		return l.word()
	case c == ',' || c == '.' && !isDigit(l.at(1)):
		l.pos++
		return token{tokPunct, kwNone, start, l.pos}
	case l.d == MySQL && isDigit(c) && l.digitsName():
		return token{tokWord, kwNone, start, l.pos}
	case isDigit(c), c == '.' && !l.operand && isDigit(l.at(1)) && !l.nameAt(1):
		return l.number(start)
	case (c == '-' || c == '+') && !l.operand && (isDigit(l.at(1)) && !l.nameAt(1) || l.at(1) == '.' && isDigit(l.at(2)) && !l.nameAt(2)):
		l.pos++
		return l.number(start)
	case c == '\'', c == '"' && !l.quotesName():
		return l.text(start, c, l.d == MySQL)
	case c == '"', c == '`':
		return l.name(start, c)
	case c == '[' && l.bracketsName():
		return l.name(start, ']')
	case c == '?', c == '$', c == ':', c == '@':
		return l.mark(start)
	case c == '(', c == ')', c == '[', c == ']', c == ',', c == ';', c == '.':
		l.pos++
		return token{tokPunct, kwNone, start, l.pos}
	}
	return l.operator(start)
}

func (l *lexer) word() token {
	start := l.pos
	end := start + 1
	for end < len(l.s) && isWordByte(l.s[end]) {
		end++
	}
	l.pos = end
	word := l.s[start:end]
	if l.at(0) == '\'' && l.prefixes(word) {
		return l.text(start, '\'', l.d == MySQL || word == "E" || word == "e")
	}
	if l.d == Unknown && l.at(0) == '\'' && (strings.EqualFold(word, "q") || strings.EqualFold(word, "nq")) {
		return l.alternative(start)
	}
	if t, ok := l.introduced(word); ok {
		return t
	}
	if l.d == PostgreSQL && (word == "U" || word == "u") && l.at(0) == '&' {
		switch l.at(1) {
		case '\'':
			l.pos++
			return l.text(start, '\'', false)
		case '"':
			l.pos++
			return l.name(start, '"')
		}
	}
	t := token{tokWord, kwNone, start, l.pos}
	if !l.dot {
		t.kw = keywordOf(word)
	}
	return t
}

// operators are the operators of more than one character, the longest first.
var operators = [...]string{
	"<=>", "->>", "#>>", "!~*", "<->",
	"<=", ">=", "<>", "!=", "==", "||", "&&", "->", "#>", "#-", "@>", "<@", "?|", "?&", "::", ":=", "<<", ">>", "~*", "!~", "@@", "@?", "~~",
}

func (l *lexer) operator(start int) token {
	l.pos = start + 1
	if next := l.at(0); next <= ' ' || isWordByte(next) {
		return token{tokOp, kwNone, start, l.pos}
	}
	if l.d == PostgreSQL && l.s[start] != ':' {
		return l.munch(start)
	}
	for _, op := range operators {
		if op[0] == l.s[start] && strings.HasPrefix(l.s[start:], op) {
			l.pos = start + len(op)
			break
		}
	}
	// A comment may begin after the first character of what looks like an operator.
	for i := start + 1; i < l.pos; i++ {
		if strings.HasPrefix(l.s[i:], "--") || strings.HasPrefix(l.s[i:], "/*") {
			l.pos = i
		}
	}
	return token{tokOp, kwNone, start, l.pos}
}

// munch reads an operator of PostgreSQL, where extensions add operators: the longest run of the characters that operators
// are made of. The question mark of a placeholder, the @ of a name and a comment end it. After an operator of arithmetic or
// order, a sign at the end belongs to the operand that follows.
func (l *lexer) munch(start int) token {
	for l.pos < min(len(l.s), start+maxOperator) && strings.IndexByte("+-*/<>=~!@#%^&|`", l.s[l.pos]) >= 0 {
		if c, n := l.s[l.pos], l.at(1); c == '@' && isLetter(n) || c == '-' && n == '-' || c == '/' && n == '*' {
			break
		}
		l.pos++
	}
	if l.at(0) == '?' && l.s[start:l.pos] == "@" {
		l.pos++ // @?
	}
	if !strings.ContainsAny(l.s[start:l.pos], "~!@#%^&|`") {
		for l.pos > start+1 && (l.s[l.pos-1] == '-' || l.s[l.pos-1] == '+') {
			l.pos--
		}
	}
	return token{tokOp, kwNone, start, l.pos}
}

// maxOperator is the length of the longest operator of PostgreSQL: NAMEDATALEN - 1. Signs at the end of a run are read again, so that
// the time would be quadratic without a limit.
const maxOperator = 63

// isLetter reports whether c can begin a name. Every byte that is not ASCII can, as in PostgreSQL.
func isLetter(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c >= utf8.RuneSelf
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isWordByte(c byte) bool { return wordBytes[c] }

var wordBytes = func() (is [256]bool) {
	for c := range is {
		is[c] = isLetter(byte(c)) || isDigit(byte(c)) || c == '$'
	}
	return is
}()
