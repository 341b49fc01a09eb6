package fingerprint

import "strings"

// A piece is one token of the normalised text.
type piece struct {
	kind       tokenKind
	kw         keyword
	value      int16 // index into the bindings, -1 for none
	start, end int   // in the normalised text
}

// An emitter writes the normal form of a text.
type emitter struct {
	lexer
	buf      []byte
	pieces   []piece
	bindings []Binding

	lists   []list
	depth   int // open parentheses beyond maxDepth
	nested  int // proper lists open
	rows    int
	maxList int

	names    []Binding // of named placeholders
	args     int       // arguments used so far
	literals uint64

	// Of the current statement:
	fresh  bool // nothing of it has been written
	ended  bool // a semicolon is due, should anything follow
	ddl    bool // NULL belongs to a definition
	upsert bool // after ON DUPLICATE KEY: VALUES(x) is a function
	row    bool // VALUES has been read, its first row comes

	last     piece // the latest one written
	lastByte byte
	before   keyword // the keyword before the latest piece
}

// reset forgets everything but the memory that the next text can use.
func (e *emitter) reset() {
	// Field by field: a copy of the whole would be many writes that the garbage collector has to hear of.
	e.lexer = lexer{}
	e.buf, e.pieces, e.bindings, e.lists, e.names = e.buf[:0], e.pieces[:0], empty(e.bindings), e.lists[:0], empty(e.names)
	e.depth, e.nested, e.rows, e.maxList, e.args, e.literals = 0, 0, 0, 0, 0, 0
	e.fresh, e.ended, e.ddl, e.upsert, e.row = false, false, false, false, false
	e.last, e.lastByte, e.before = piece{}, 0, kwNone
}

func (e *emitter) run() {
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

// endStatement ends a statement. The semicolon is written when another one follows: empty statements are none.
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

// word writes an unquoted name. At the beginning of a statement it is a verb.
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

// write appends one piece, with a space where people put one.
func (e *emitter) write(p piece, text string) {
	e.space(p.kind, text)
	p.start = len(e.buf)
	if len(text) == 1 { // half of all pieces
		e.buf = append(e.buf, text[0])
	} else {
		e.buf = append(e.buf, text...)
	}
	e.wrote(p)
}

// wrote notes the piece whose text now ends the buffer.
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
		return kind == tokWord // [a] would be a name
	case e.last.kind == tokPunct && (e.lastByte == '(' || e.lastByte == '.' || e.lastByte == '['):
		return false
	case kind == tokOp:
		return cast || text != "::" || e.last.kind == tokOp
	case cast:
		return false
	case kind != tokPunct:
		return true
	}
	switch text[0] {
	case ',', ')', ']', ';', '.':
		return false
	case '[':
		return e.last.kind == tokOp || e.lastByte == ','
	case '(':
		return e.spacedParenthesis()
	}
	return true
}

// spacedParenthesis reports whether a space goes before an opening parenthesis: not between a function and its arguments.
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
