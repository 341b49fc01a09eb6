package fingerprint

import (
	"bytes"
	"crypto/sha256"
	"strings"
	"sync"

	"github.com/nplusgone/nplusgone/internal/value"
)

// Bounds of what is remembered of one text. Text beyond them is still part of the fingerprint's text and ID.
const (
	maxTokens = 4096
	maxValues = 64
	maxDepth  = 256 // open parentheses that lists are looked for in
	maxNested = 4   // lists within lists: each level compares its elements once more
)

// A piece is one token of the normalised text.
type piece struct {
	kind       tokenKind
	kw         keyword
	start, end int // in the normalised text
	value      int // index into the bindings, -1 for none
}

// A list is an open parenthesis, bracket, or run of VALUES rows. In a list proper an element that looks like the one
// before it is dropped and counted.
type list struct {
	proper   bool
	rows     bool // rows of VALUES: not opened by a parenthesis
	arity    int  // elements so far
	prev     span // the element before
	cur      span
	distinct bool // the element began with SELECT: no list of values
}

// A span is where an element begins and ends: in the text, the pieces and the bindings.
type span struct{ text, textEnd, piece, bind, bindEnd int }

// An emitter writes the normal form of a text.
type emitter struct {
	lexer
	buf      []byte
	pieces   []piece
	bindings []Binding
	lists    []list
	depth    int // open parentheses beyond maxDepth
	nested   int // proper lists open

	names    []string // of named placeholders
	args     int      // arguments used so far
	literals uint64
	rows     int
	maxList  int
	partial  bool
	ddl      bool // NULL and DEFAULT belong to a definition
	sawNow   bool // a literal 'now', which SQLite's date functions take for the clock
	into     bool // after INTO: a parenthesis that follows opens the list of columns
	upsert   bool // after ON DUPLICATE KEY: VALUES(x) is a function
	row      bool // VALUES has been read, its first row comes

	last     piece // the latest one written
	hasLast  bool
	lastByte byte
	before   keyword // the keyword before the latest piece
}

var emitters = sync.Pool{New: func() any { return new(emitter) }}

// Parse reads one SQL text. It never fails: text that is no SQL has a fingerprint, too. Its time and memory are linear in
// the length of the text.
func Parse(d Dialect, sql string) *Parsed {
	e := emitters.Get().(*emitter)
	defer e.release()
	e.lexer = lexer{d: d, s: sql}
	e.run()
	text := string(e.buf)
	sum := sha256.Sum256(e.buf)
	p := &Parsed{
		Fingerprint: Fingerprint{Text: text}, Rows: e.rows, MaxList: e.maxList, Literals: e.literals, Partial: e.partial,
		Bindings: append([]Binding(nil), e.bindings...),
	}
	copy(p.ID[:], sum[:])
	readFacts(p, e.pieces, e.sawNow)
	if p.Facts.Kind == Insert && p.Rows == 0 {
		p.Rows = 1
	}
	if p.Facts.Kind != Insert {
		p.Rows = 0
	}
	return p
}

// release returns e to the pool, without the memory that an unusually large text took.
func (e *emitter) release() {
	if cap(e.buf) > 1<<16 || cap(e.lists) > maxDepth {
		return
	}
	*e = emitter{buf: e.buf[:0], pieces: e.pieces[:0], bindings: e.bindings[:0], lists: e.lists[:0], names: e.names[:0]}
	emitters.Put(e)
}

func (e *emitter) run() {
	for {
		t := e.next()
		if t.kind == tokEOF {
			break
		}
		e.token(t)
	}
	e.endRows()
	for len(e.buf) > 0 && e.buf[len(e.buf)-1] == ';' {
		e.buf = bytes.TrimRight(e.buf[:len(e.buf)-1], " ")
		if n := len(e.pieces); n > 0 {
			e.pieces = e.pieces[:n-1]
		}
	}
}

func (e *emitter) token(t token) {
	raw := e.s[t.start:t.end]
	if e.top() != nil && e.top().rows && e.lastByte == ')' && raw != "," {
		e.endRows()
	}
	switch t.kind {
	case tokString, tokNumber:
		e.literal(t, raw)
	case tokParam:
		e.param(raw)
	case tokWord:
		e.word(t, raw)
	case tokQuoted:
		e.write(piece{kind: tokWord, value: -1}, e.unquoted(raw))
	case tokOp:
		switch raw {
		case "!=":
			raw = "<>"
		case "==":
			raw = "="
		}
		e.write(piece{kind: tokOp, value: -1}, raw)
	case tokPunct:
		e.punct(raw)
	default:
		e.write(piece{kind: t.kind, value: -1}, raw)
	}
}

func (e *emitter) word(t token, raw string) {
	switch t.kw {
	case kwNone:
		if e.d == PostgreSQL || e.d == SQLite {
			raw = lower(raw)
		}
		if !e.hasLast {
			e.ddl = definition(raw)
		}
		e.write(piece{kind: tokWord, value: -1}, raw)
		return
	case kwNull, kwTrue, kwFalse:
		if !e.ddl && e.last.kw != kwIs && e.last.kw != kwNot {
			h := value.Null
			if t.kw == kwTrue {
				h = value.Int(1)
			} else if t.kw == kwFalse {
				h = value.Int(0)
			}
			e.literals = value.Mix(e.literals, h)
			e.value(Binding{Arg: -1, Literal: h, Arity: 1})
			return
		}
	case kwCreate:
		e.ddl = e.ddl || !e.hasLast
	case kwDuplicate:
		e.upsert = true
	}
	e.write(piece{kind: tokWord, kw: t.kw, value: -1}, upper(raw))
	switch t.kw {
	case kwValues:
		e.row = !e.upsert
	case kwInto:
		e.into = true
	case kwSelect, kwSet, kwWhere, kwFrom:
		e.into = false
	}
	if top := e.top(); top != nil && top.cur.text == e.last.start && (t.kw == kwSelect || t.kw == kwWith) {
		top.distinct = true
	}
}

// definition reports whether a statement that begins with word defines things: its NULLs are no values.
func definition(word string) bool {
	switch strings.ToLower(word) {
	case "alter", "drop", "truncate", "grant", "revoke", "comment":
		return true
	}
	return false
}

func (e *emitter) literal(t token, raw string) {
	if t.kind == tokString && e.hasLast && e.last.kind == tokString && (e.d == MySQL || e.d == PostgreSQL) {
		e.literals = value.Mix(e.literals, value.Text(raw)) // 'a' 'b' is one literal
		return
	}
	h := literalHash(t.kind, raw)
	if t.kind == tokString && len(raw) == 5 && strings.EqualFold(raw, "'now'") {
		e.sawNow = true
	}
	e.literals = value.Mix(e.literals, h)
	e.value(Binding{Arg: -1, Literal: h, Arity: 1})
	e.last.kind = t.kind
}

func literalHash(kind tokenKind, raw string) uint64 {
	if kind == tokNumber {
		return value.Text(strings.TrimPrefix(raw, "+"))
	}
	if i := strings.IndexAny(raw, "'\""); i >= 0 && len(raw) >= i+2 {
		quote := raw[i : i+1]
		raw = strings.TrimSuffix(raw[i+1:], quote)
		if strings.Contains(raw, quote+quote) {
			raw = strings.ReplaceAll(raw, quote+quote, quote)
		}
	}
	return value.Text(raw)
}

func (e *emitter) param(raw string) {
	b := Binding{Arity: 1}
	switch {
	case len(raw) == 1: // ?
		b.Arg = e.args
		e.args++
	case isDigit(raw[1]): // ?1 $1 :1
		n := 0
		for _, c := range []byte(raw[1:]) {
			if n > 1<<20 {
				break
			}
			n = n*10 + int(c-'0')
		}
		b.Arg = n - 1
		e.args = max(e.args, n)
	default:
		b.Name = raw[1:]
		b.Arg = e.named(b.Name)
	}
	e.value(b)
}

// named returns the index of the argument with a name: names count in the order they come.
func (e *emitter) named(name string) int {
	for i, n := range e.names {
		if n == name {
			return i
		}
	}
	if len(e.names) < maxValues {
		e.names = append(e.names, strings.Clone(name))
	}
	e.args++
	return e.args - 1
}

func (e *emitter) value(b Binding) {
	p := piece{kind: tokParam, value: -1}
	if len(e.bindings) < maxValues {
		p.value = len(e.bindings)
		e.bindings = append(e.bindings, b)
	}
	e.write(p, "?")
}

func (e *emitter) punct(raw string) {
	top := e.top()
	switch raw {
	case "(", "[":
		proper := raw == "(" && e.last.kw == kwIn || raw == "[" && e.last.kw == kwArray
		if e.row && raw == "(" {
			e.row = false
			e.push(list{proper: true, rows: true, cur: e.here(true)})
		}
		e.write(piece{kind: tokPunct, value: -1}, raw)
		e.into = false
		e.push(list{proper: proper, cur: e.here(false)})
	case ")", "]":
		if top != nil && !top.rows && e.depth == 0 {
			e.endElement()
			e.pop()
		} else if e.depth > 0 {
			e.depth--
		}
		e.write(piece{kind: tokPunct, value: -1}, raw)
	case ",":
		if top != nil && e.depth == 0 {
			e.endElement()
		}
		e.write(piece{kind: tokPunct, value: -1}, raw)
		if top != nil && e.depth == 0 {
			top.cur = e.here(true)
		}
	default:
		if raw == ";" {
			e.lists, e.depth, e.nested, e.upsert, e.row = e.lists[:0], 0, 0, false, false
		}
		e.write(piece{kind: tokPunct, value: -1}, raw)
	}
}

func (e *emitter) top() *list {
	if n := len(e.lists); n > 0 {
		return &e.lists[n-1]
	}
	return nil
}

func (e *emitter) push(l list) {
	if len(e.lists) >= maxDepth {
		e.depth++
		return
	}
	l.proper = l.proper && e.nested < maxNested
	if l.proper {
		e.nested++
	}
	e.lists = append(e.lists, l)
}

func (e *emitter) pop() {
	if top := e.top(); top.proper {
		e.nested--
		e.maxList = max(e.maxList, top.arity)
		if top.rows && e.rows == 0 {
			e.rows = top.arity
		}
	}
	e.lists = e.lists[:len(e.lists)-1]
}

// here returns the span of an element that begins with the next piece. space says that a space will lead it.
func (e *emitter) here(space bool) span {
	s := span{text: len(e.buf), piece: len(e.pieces), bind: len(e.bindings)}
	if space && len(e.buf) > 0 {
		s.text++
	}
	return s
}

// endElement ends the current element of the innermost list. One that equals its predecessor is taken back, and the
// predecessor's values count for it.
func (e *emitter) endElement() {
	top := e.top()
	if !top.proper || top.distinct {
		return
	}
	cur := top.cur
	if cur.text >= len(e.buf) {
		return
	}
	top.arity++
	cur.textEnd, cur.bindEnd = len(e.buf), len(e.bindings)
	prev := top.prev
	if top.arity == 1 || !bytes.Equal(e.buf[prev.text:prev.textEnd], e.buf[cur.text:cur.textEnd]) {
		top.prev = cur
		return
	}
	for i := prev.bind; i < prev.bindEnd; i++ {
		e.bindings[i].Arity++
	}
	shift := len(e.buf) - prev.textEnd
	e.last.start, e.last.end = e.last.start-shift, e.last.end-shift
	e.buf = e.buf[:prev.textEnd]
	e.bindings = e.bindings[:cur.bind]
	// The comma before the element goes with it. Beyond maxTokens there are no pieces to take back.
	if cur.piece <= len(e.pieces) && cur.piece > 0 && len(e.pieces) < maxTokens {
		e.pieces = e.pieces[:cur.piece-1]
	}
}

func (e *emitter) endRows() {
	if top := e.top(); top != nil && top.rows {
		e.endElement()
		e.pop()
	}
}

// write appends one piece, with a space where people put one.
func (e *emitter) write(p piece, text string) {
	if e.hasLast && e.spaced(p, text) {
		e.buf = append(e.buf, ' ')
	}
	p.start = len(e.buf)
	e.buf = append(e.buf, text...)
	p.end = len(e.buf)
	if len(e.pieces) < maxTokens {
		e.pieces = append(e.pieces, p)
	} else {
		e.partial = true
	}
	if e.hasLast {
		e.before = e.last.kw
	}
	e.last, e.hasLast = p, true
	e.lastByte = text[len(text)-1]
}

func (e *emitter) spaced(p piece, text string) bool {
	switch {
	case e.last.kind == tokPunct && (e.lastByte == '(' || e.lastByte == '.' || e.lastByte == '['):
		return false
	case e.last.kind == tokOp && string(e.buf[e.last.start:]) == "::":
		return false
	}
	if p.kind == tokOp && text == "::" {
		return false
	}
	if p.kind != tokPunct {
		return true
	}
	switch text[0] {
	case ',', ')', ']', ';', '.':
		return false
	case '[':
		return e.last.kind == tokOp || e.lastByte == ','
	case '(':
		if e.last.kind == tokWord && e.last.kw == kwNone {
			return e.into || e.before == kwTable || e.before == kwAs || e.before == kwWith || e.before == kwRecursive || e.before == kwConflict
		}
		return e.last.kw != kwAny
	}
	return true
}
