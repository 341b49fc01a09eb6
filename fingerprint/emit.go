package fingerprint

import "strings"

// A piece is a token of the normal form.
type piece struct {
	kind       tokenKind
	kw         keyword
	value      int16 // index of its binding, -1 for none
	start, end int   // offsets in the normal form
}

// An emitter writes the normal form of a text.
type emitter struct {
	lexer
	buf      []byte
	pieces   []piece
	bindings []Binding

	lists   []list
	depth   int // open parentheses beyond maxDepth
	nested  int // open lists whose elements are compared
	rows    int // of the first VALUES
	maxList int // elements of the longest list

	names    []Binding // of named placeholders
	args     int       // arguments so far
	literals uint64    // hash of the literals so far

	// Of the current statement:
	fresh  bool // nothing is written yet
	ended  bool // a semicolon has to be written before the next statement
	ddl    bool // NULL is part of a definition
	upsert bool // after ON DUPLICATE KEY: VALUES(x) is a function
	row    bool // the previous token is VALUES

	last     piece   // the previous piece
	lastByte byte    // of the buffer
	before   keyword // the keyword before the previous piece
}

// reset prepares e for another text, with the memory that it has.
func (e *emitter) reset() {
	// One field at a time: a copy of the whole struct has more write barriers.
	e.lexer = lexer{}
	e.buf, e.pieces, e.bindings, e.lists, e.names = e.buf[:0], e.pieces[:0], empty(e.bindings), e.lists[:0], empty(e.names)
	e.depth, e.nested, e.rows, e.maxList, e.args, e.literals = 0, 0, 0, 0, 0, 0
	e.fresh, e.ended, e.ddl, e.upsert, e.row = false, false, false, false, false
	e.last, e.lastByte, e.before = piece{}, 0, kwNone
}

// emit writes the normal form of the text.
func (e *emitter) emit() {
	for t := e.next(); t.kind != tokEOF; t = e.next() {
		raw := e.s[t.start:t.end]
		if raw == ";" {
			e.endStatement()
			continue
		}
		if e.ended {
			e.write(piece{kind: tokPunct, value: -1}, ";")
			e.ended = false
		}
		if e.row || e.lastByte == ')' {
			e.rowsAt(raw)
		}
		e.token(t, raw)
		e.fresh = false
	}
	e.endRows()
}

// endStatement ends a statement. Its semicolon is written when another statement follows.
func (e *emitter) endStatement() {
	e.endRows()
	e.lists, e.depth, e.nested = e.lists[:0], 0, 0
	e.ddl, e.upsert, e.row = false, false, false
	e.ended = len(e.buf) > 0
	e.fresh = true
}

func (e *emitter) token(t token, raw string) {
	switch t.kind {
	case tokString, tokNumber:
		e.literal(t.kind, raw)
	case tokParam:
		e.param(raw)
	case tokWord:
		if t.kw == kwNone {
			e.word(raw)
		} else {
			e.keyword(t.kw)
		}
	case tokQuoted:
		e.quoted(raw)
	case tokPunct:
		e.bracket(raw)
	case tokOp:
		switch raw {
		case "!=":
			raw = "<>"
		case "==":
			raw = "="
		}
		fallthrough
	default:
		e.write(piece{kind: t.kind, value: -1}, raw)
	}
}

// word writes an unquoted name, or a verb at the beginning of a statement.
func (e *emitter) word(raw string) {
	if e.fresh {
		if kind, ok := verbOf(raw); ok {
			e.ddl = kind == Schema
			e.write(piece{kind: tokWord, value: -1}, strings.ToUpper(raw))
			return
		}
	}
	e.name(raw)
}

func (e *emitter) keyword(kw keyword) {
	switch kw {
	case kwNull, kwTrue, kwFalse:
		if !e.ddl && e.last.kw != kwIs && e.last.kw != kwNot {
			e.constant(kw)
			return
		}
	case kwCreate:
		e.ddl = e.ddl || e.fresh
	case kwDuplicate:
		e.upsert = true
	case kwValues:
		e.row = !e.upsert
	}
	e.write(piece{kind: tokWord, kw: kw, value: -1}, keywordText[kw])
	if kw == kwSelect || kw == kwWith {
		if top := e.top(); top != nil && top.cur.text == e.last.start {
			top.query = true
		}
	}
}

// write appends a piece, after a space where SQL is usually written with one.
func (e *emitter) write(p piece, text string) {
	e.space(p.kind, text)
	p.start = len(e.buf)
	if len(text) == 1 { // half of the pieces
		e.buf = append(e.buf, text[0])
	} else {
		e.buf = append(e.buf, text...)
	}
	e.wrote(p)
}

// wrote records the piece whose text ends the buffer.
func (e *emitter) wrote(p piece) {
	p.end = len(e.buf)
	if len(e.pieces) < maxTokens {
		e.pieces = append(e.pieces, p)
	}
	e.before = e.last.kw
	e.last = p
	e.lastByte = e.buf[len(e.buf)-1]
}

func (e *emitter) space(kind tokenKind, text string) {
	if len(e.buf) > 0 && e.spaced(kind, text) {
		e.buf = append(e.buf, ' ')
	}
}

func (e *emitter) spaced(kind tokenKind, text string) bool {
	cast := e.last.kind == tokOp && string(e.buf[e.last.start:]) == "::"
	switch {
	case e.lastByte == '[' && e.d == Unknown && e.last.kind == tokPunct:
		return kind == tokWord // [a] is a name
	case e.last.kind == tokPunct && (e.lastByte == '(' || e.lastByte == '.' || e.lastByte == '['):
		return false
	case kind == tokOp:
		return cast || text != "::" || e.last.kind == tokOp || e.lastByte == ','
	case cast:
		return false
	case kind != tokPunct:
		return true
	}
	switch text[0] {
	case ',', ')', ']', ';':
		return false
	case '.':
		return e.lastByte == ',' // as before all elements of a list: they may change places
	case '[':
		return e.last.kind == tokOp || e.lastByte == ','
	case '(':
		return e.spacedParenthesis()
	}
	return true
}

// spacedParenthesis reports whether there is a space before an opening parenthesis. There is none before the arguments of a
// function.
func (e *emitter) spacedParenthesis() bool {
	if e.last.kind != tokWord || e.last.kw != kwNone {
		return e.last.kw != kwAny
	}
	switch e.before {
	case kwTable, kwExists, kwAs, kwWith, kwRecursive, kwConflict:
		return true
	}
	return e.columns
}

// name writes an unquoted name, in lower case where the dialect folds names to it.
func (e *emitter) name(raw string) {
	e.space(tokWord, raw)
	p := piece{kind: tokWord, start: len(e.buf), value: -1}
	e.buf = append(e.buf, raw...)
	if e.d == PostgreSQL || e.d == SQLite {
		lower(e.buf[p.start:])
	}
	e.wrote(p)
}

// quoted writes a quoted name: without quotes where the name means the same without them, else with the quotes that the
// dialect reads as those of a name.
func (e *emitter) quoted(raw string) {
	if raw[0] == 'U' || raw[0] == 'u' { // U&"d\0061t": the escapes stay
		e.write(piece{kind: tokWord, value: -1}, "U"+raw[1:])
		return
	}
	quote, name := raw[:1], raw[1:len(raw)-1]
	if raw[0] != '[' && strings.IndexByte(name, raw[0]) >= 0 {
		name = strings.ReplaceAll(name, quote+quote, quote)
	}
	if e.plain(name) {
		e.name(name)
		return
	}
	quote = "`"
	if e.d == PostgreSQL || e.d == SQLite && !e.lexer.rows.inside() {
		quote = `"`
	}
	if e.d == SQLite {
		b := []byte(name)
		lower(b)
		name = string(b)
	}
	e.write(piece{kind: tokWord, value: -1}, quote+strings.ReplaceAll(name, quote, quote+quote)+quote)
}

// plain reports whether name means the same without quotes.
func (e *emitter) plain(name string) bool {
	if e.fresh || name == "" || isDigit(name[0]) || name[0] == '$' {
		return false
	}
	if (e.lastByte != '.' || e.d == SQLite) && (keywordOf(name) != kwNone || e.reserves(name)) {
		return false // after a dot only SQLite has keywords
	}
	for i := range len(name) {
		c := name[i]
		if !isWordByte(c) || c >= 0x80 || e.d == PostgreSQL && 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}

// reserves reports whether the dialect reserves a word that is no keyword of this package.
func (e *emitter) reserves(name string) bool {
	return len(name) < 32 && reservedBegin[e.d][len(name)]>>((name[0]|0x20)&31)&1 == 1 && reserved[e.d][strings.ToLower(name)]
}

// lower changes the ASCII letters of b to lower case.
func lower(b []byte) {
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
}
