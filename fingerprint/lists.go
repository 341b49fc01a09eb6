package fingerprint

import (
	"bytes"
	"strings"
)

// A list is an open parenthesis, bracket, or run of VALUES rows. In a list proper an element that looks like the one
// before it is dropped and counted.
type list struct {
	proper bool
	rows   bool // rows of VALUES: not opened by a parenthesis
	query  bool // it began with SELECT: no list of values
	arity  int  // elements so far
	prev   span // the element before
	cur    span
}

// A span is where an element begins and ends: in the text, the bindings and the pieces.
type span struct{ text, textEnd, bind, bindEnd, pieceEnd int }

// bracket writes a piece of punctuation, and follows the lists that it opens, parts and closes.
func (e *emitter) bracket(raw string) {
	top := e.top()
	switch raw {
	case "(", "[":
		proper := raw == "(" && e.last.kw == kwIn || raw == "[" && e.last.kw == kwArray
		e.write(piece{kind: tokPunct, value: -1}, raw)
		e.push(list{proper: proper, cur: e.here()})
		return
	case ")", "]":
		if e.depth > 0 {
			e.depth--
		} else if top != nil && !top.rows {
			e.endElement()
			e.pop()
		}
	case ",":
		if top != nil && e.depth == 0 {
			e.endElement()
			e.write(piece{kind: tokPunct, value: -1}, raw)
			top.cur = e.here()
			top.cur.text++ // the space
			return
		}
	}
	e.write(piece{kind: tokPunct, value: -1}, raw)
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

// here returns the span of an element that begins with the next piece.
func (e *emitter) here() span {
	return span{text: len(e.buf), bind: len(e.bindings)}
}

// endElement ends the current element of the innermost list. One that equals its predecessor is taken back, and the
// predecessor's values count for it.
func (e *emitter) endElement() {
	top := e.top()
	cur := top.cur
	if !top.proper || top.query || cur.text >= len(e.buf) {
		return
	}
	top.arity++
	cur.textEnd, cur.bindEnd, cur.pieceEnd = len(e.buf), len(e.bindings), len(e.pieces)
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
	// With it goes what parted the two: a comma, or several of them in a text that is no SQL.
	e.buf = e.buf[:prev.textEnd]
	e.bindings = e.bindings[:prev.bindEnd]
	e.pieces = e.pieces[:prev.pieceEnd]
}

// rowsAt begins and ends the rows of VALUES, which no bracket of their own encloses, before the token raw.
func (e *emitter) rowsAt(raw string) {
	if e.row {
		e.row = false
		if raw == "(" || strings.EqualFold(raw, "row") { // MySQL: VALUES ROW(…), ROW(…)
			l := list{proper: true, rows: true, cur: e.here()}
			l.cur.text++ // the space
			e.push(l)
		}
		return
	}
	if e.lastByte == ')' && raw != "," {
		e.endRows()
	}
}

func (e *emitter) endRows() {
	if top := e.top(); top != nil && top.rows && e.depth == 0 {
		e.endElement()
		e.pop()
	}
}
