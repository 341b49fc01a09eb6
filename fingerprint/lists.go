package fingerprint

import (
	"bytes"
	"strings"
)

// A list is an open parenthesis or bracket, or the rows of a VALUES. Where its elements count, an element with the text of
// the previous one is removed, and only its number is kept.
type list struct {
	counts bool // the elements count: IN (…), ARRAY[…], rows of VALUES
	rows   bool // rows of VALUES, which no parenthesis opens
	query  bool // it begins with SELECT and has no elements
	arity  int  // elements so far
	prev   span // the previous element
	cur    span // the current element
}

// A span is where an element begins and ends in the text, the bindings and the pieces.
type span struct{ text, textEnd, binding, bindingEnd, pieceEnd int }

// bracket writes a piece of punctuation, and opens, continues or closes a list.
func (e *emitter) bracket(raw string) {
	top := e.top()
	switch raw {
	case "(", "[":
		counts := raw == "(" && e.last.kw == kwIn || raw == "[" && e.last.kw == kwArray
		e.write(piece{kind: tokPunct, value: -1}, raw)
		e.push(list{counts: counts, cur: e.here()})
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
	l.counts = l.counts && e.nested < maxNested
	if l.counts {
		e.nested++
	}
	e.lists = append(e.lists, l)
}

func (e *emitter) pop() {
	if top := e.top(); top.counts {
		e.nested--
		e.maxList = max(e.maxList, top.arity)
		if top.rows && e.rows == 0 {
			e.rows = top.arity
		}
	}
	e.lists = e.lists[:len(e.lists)-1]
}

// here returns the span of an element that the next piece begins.
func (e *emitter) here() span {
	return span{text: len(e.buf), binding: len(e.bindings)}
}

// endElement ends the current element of the innermost list. If it has the text of the previous one, it is removed, and the
// arity of the previous one's values grows.
func (e *emitter) endElement() {
	top := e.top()
	cur := top.cur
	if !top.counts || top.query || cur.text >= len(e.buf) {
		return
	}
	top.arity++
	cur.textEnd, cur.bindingEnd, cur.pieceEnd = len(e.buf), len(e.bindings), len(e.pieces)
	prev := top.prev
	if top.arity == 1 || !bytes.Equal(e.buf[prev.text:prev.textEnd], e.buf[cur.text:cur.textEnd]) {
		top.prev = cur
		return
	}
	for i := prev.binding; i < prev.bindingEnd; i++ {
		e.bindings[i].Arity++
	}
	shift := len(e.buf) - prev.textEnd
	e.last.start, e.last.end = e.last.start-shift, e.last.end-shift
	// The comma between the two is removed as well.
	e.buf = e.buf[:prev.textEnd]
	e.bindings = e.bindings[:prev.bindingEnd]
	e.pieces = e.pieces[:prev.pieceEnd]
}

// rowsAt opens the rows of VALUES before the token raw, or closes them.
func (e *emitter) rowsAt(raw string) {
	if e.row {
		e.row = false
		if raw == "(" || strings.EqualFold(raw, "row") { // MySQL: VALUES ROW(…), ROW(…)
			l := list{counts: true, rows: true, cur: e.here()}
			l.cur.text++ // the space
			e.push(l)
		}
		return
	}
	if e.lastByte == ')' && raw != "," {
		e.endRows()
	}
}

// endRows closes the rows of VALUES.
func (e *emitter) endRows() {
	if top := e.top(); top != nil && top.rows && e.depth == 0 {
		e.endElement()
		e.pop()
	}
}
