package fingerprint

import (
	"slices"
	"strings"
)

// A span of pieces: those from begin up to end.
type pieceSpan struct{ begin, end int }

// An unordered is a list whose order has no meaning: the assignments of SET, or the columns of an INSERT with the rows of
// its VALUES.
type unordered struct {
	list        pieceSpan
	insert      bool
	first, last int // its rows in reader.rowSpans
}

// An item is an element of an unordered list.
type item struct {
	pieceSpan
	key    string // the column as the text has it
	column string // its last name
	value  int    // the piece where the value of an assignment begins
	at     int    // its position in the text
}

// endSet ends the assignments of SET in a query before the current piece.
func (r *reader) endSet(q *level) {
	if q.assigned > 0 && q.assigned < r.i && q.kind != Merge {
		r.unordered = append(r.unordered, unordered{list: pieceSpan{q.assigned, r.i}})
	}
	q.assigned = 0
}

// endInserted notes the columns of an INSERT, or a row of its VALUES, that the current piece closes.
func (r *reader) endInserted(l *level) {
	q := &r.levels[l.query]
	inside := pieceSpan{l.open + 1, r.i}
	if l.clause == inColumns {
		r.unordered = append(r.unordered, unordered{list: inside, insert: true})
		q.inserted = len(r.unordered)
	} else if q.inserted > 0 {
		u := &r.unordered[q.inserted-1]
		if u.first == u.last {
			u.first, u.last = len(r.rowSpans), len(r.rowSpans)
		}
		if u.last != len(r.rowSpans) { // another INSERT stands between its rows
			q.inserted, u.last = 0, u.first
			return
		}
		r.rowSpans = append(r.rowSpans, inside)
		u.last++
	}
}

// canonical appends the text to buf with each unordered list sorted by its columns, and the positions of the values in the
// sorted text to order. Other is false when the text has that order already, or when it is not certain.
func (r *reader) canonical(buf []byte, order []uint8) (sorted []byte, positions []uint8, other bool) {
	if len(r.unordered) == 0 || r.p.Partial {
		return buf, order, false
	}
	end, piece := 0, 0
	for i := range r.unordered {
		u := &r.unordered[i]
		if u.insert && u.first == u.last || !r.sort(u) {
			continue
		}
		for k := range 1 + u.last - u.first {
			list := u.list
			if k > 0 {
				list = r.rowSpans[u.first+k-1]
				r.elements = r.split(r.elements[:0], list)
			}
			if list.begin < piece { // it is within another one
				return buf, order, false
			}
			order = r.positions(order, pieceSpan{piece, list.begin})
			buf = append(buf, r.text[end:r.pieces[list.begin].start]...)
			for n := range r.items {
				if n > 0 {
					buf = append(buf, ", "...)
				}
				it := r.items[n].pieceSpan
				if k > 0 {
					it = r.elements[r.items[n].at].pieceSpan
				}
				order = r.positions(order, it)
				buf = append(buf, r.text[r.pieces[it.begin].start:r.pieces[it.end-1].end]...)
			}
			end, piece = r.pieces[list.end-1].end, list.end
		}
	}
	if end == 0 {
		return buf, order, false
	}
	return append(buf, r.text[end:]...), r.positions(order, pieceSpan{piece, len(r.pieces)}), true
}

// positions appends the positions of the values among pieces.
func (r *reader) positions(order []uint8, in pieceSpan) []uint8 {
	for _, p := range r.pieces[in.begin:in.end] {
		if p.value >= 0 {
			order = append(order, uint8(p.value))
		}
	}
	return order
}

// split appends the items of a list.
func (r *reader) split(items []item, in pieceSpan) []item {
	begin, depth := in.begin, 0
	for i := in.begin; i < in.end; i++ {
		p := &r.pieces[i]
		if p.kind != tokPunct {
			continue
		}
		switch r.text[p.start] {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		case ',':
			if depth == 0 {
				items = append(items, item{pieceSpan: pieceSpan{begin, i}, at: len(items)})
				begin = i + 1
			}
		}
	}
	return append(items, item{pieceSpan: pieceSpan{begin, in.end}, at: len(items)})
}

// sort sorts the items of a list into r.items. It reports false when the text has their order already, or when the order may
// have a meaning: an assignment reads a column that another one writes, as MySQL does from left to right, or a variable; a
// column comes twice; or the list is not of the usual form.
func (r *reader) sort(u *unordered) bool {
	r.items = r.split(r.items[:0], u.list)
	for i := range r.items {
		if !r.keyed(&r.items[i], u.insert) {
			return false
		}
	}
	byKey := func(a, b item) int { return strings.Compare(a.key, b.key) }
	if slices.IsSortedFunc(r.items, byKey) {
		return false
	}
	slices.SortStableFunc(r.items, byKey)
	for i := 1; i < len(r.items); i++ {
		if r.items[i].key == r.items[i-1].key {
			return false
		}
	}
	for _, it := range r.items {
		if !u.insert && r.reads(pieceSpan{it.value, it.end}, it.column) {
			return false
		}
	}
	for _, row := range r.rowSpans[u.first:u.last] {
		r.elements = r.split(r.elements[:0], row)
		if len(r.elements) != len(r.items) || r.reads(row, "") {
			return false
		}
		for _, e := range r.elements {
			if e.begin == e.end {
				return false
			}
		}
	}
	return true
}

// keyed finds the column of an item: a name, which an equals sign follows in an assignment.
func (r *reader) keyed(it *item, insert bool) bool {
	i := it.begin
	for {
		if p := r.pieceAt(i); i >= it.end || p.kind != tokWord || p.kw != kwNone && !insert {
			return false
		}
		if i+1 >= it.end || r.textAt(i+1) != "." {
			break
		}
		i += 2
	}
	it.key, it.column = r.text[r.pieces[it.begin].start:r.pieces[i].end], r.textAt(i)
	if insert {
		return i+1 == it.end
	}
	it.value = i + 2
	return it.value < it.end && r.textAt(i+1) == "="
}

// reads reports whether pieces name one of the columns of r.items other than own, or a variable.
func (r *reader) reads(in pieceSpan, own string) bool {
	for _, p := range r.pieces[in.begin:in.end] {
		switch {
		case p.kind == tokVar:
			return true
		case p.kind != tokWord || p.kw != kwNone:
			continue
		}
		name := r.str(p)
		for i := range r.items {
			if c := r.items[i].column; len(c) == len(name) && c != own && strings.EqualFold(c, name) {
				return true
			}
		}
	}
	return false
}

// Position returns the position among the values of p that stands for position i of other, a text with the same ID. The two
// differ where the texts name the columns of SET or of an INSERT in another order.
func (p *Parsed) Position(other *Parsed, i int) int {
	if p == other || p.order == nil && other.order == nil {
		return i
	}
	if other.order != nil {
		i = slices.Index(other.order, uint8(i))
	}
	if p.order != nil && i >= 0 && i < len(p.order) {
		return int(p.order[i])
	}
	return i
}
