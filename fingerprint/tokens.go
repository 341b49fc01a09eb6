package fingerprint

import "iter"

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

// A Token is one piece of SQL text.
type Token struct {
	Kind       TokenKind
	Start, End int    // its place, in bytes
	Keyword    string // in upper case, of a Word that gives SQL its structure; else empty
}

// Tokens reads sql as the lexer of a dialect does, token by token. Comments and spaces are no tokens. Like Parse it never
// fails; a literal that never ends is one token.
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
