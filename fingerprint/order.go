package fingerprint

import "strings"

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
}

// endSet ends the assignments of SET in a query before the current piece.
func (r *reader) endSet(q *level) {
	if q.assigned > 0 && q.assigned < r.i && q.kind != Merge {
		r.unordered = append(r.unordered, unordered{list: pieceSpan{q.assigned, r.i}})
	}
	q.assigned = 0
}

// endInserted records the columns of an INSERT, or a row of its VALUES, that the current piece closes.
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
		if u.last != len(r.rowSpans) || l.clause != inValues { // another INSERT is between its rows, or a row has a clause
			q.inserted, u.last = 0, u.first
			return
		}
		r.rowSpans = append(r.rowSpans, inside)
		u.last++
	}
}

// sorted appends the text to buf with each unordered list sorted by its columns, and the positions of the values in the
// sorted text to order. It is not ok where the text has that order already, and where the order may have a meaning.
func (r *reader) sorted(buf []byte, order []byte) (text []byte, positions []byte, ok bool) {
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
			if list.begin < piece { // it is within another list
				return buf, order, false
			}
			order = r.positions(order, pieceSpan{piece, list.begin})
			buf = append(buf, r.text[end:r.pieces[list.begin].start]...)
			elements := r.items
			if k > 0 {
				elements = r.elements
			}
			for n, from := range r.perm {
				if n > 0 {
					buf = append(buf, ", "...)
				}
				it := elements[from].pieceSpan
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
func (r *reader) positions(order []byte, in pieceSpan) []byte {
	for _, p := range r.pieces[in.begin:in.end] {
		if p.value >= 0 {
			order = append(order, byte(p.value))
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
				items = append(items, item{pieceSpan: pieceSpan{begin, i}})
				begin = i + 1
			}
		}
	}
	return append(items, item{pieceSpan: pieceSpan{begin, in.end}})
}

// sort reads the items of a list into r.items, and their order into r.perm. It reports false where they are sorted already, and where their order may have
// a meaning: a value reads a column of another item, which MySQL has assigned by then, or a variable; a column appears twice;
// or the list has another form.
func (r *reader) sort(u *unordered) bool {
	r.items = r.split(r.items[:0], u.list)
	if n := len(r.items); n < 2 || n > maxValues {
		return false
	}
	for i := range r.items {
		if !r.keyed(&r.items[i], u.insert) {
			return false
		}
	}
	r.perm = r.perm[:0]
	moved := false
	for i := range r.items { // an insertion sort: lists are short
		r.perm = append(r.perm, byte(i))
		for k := i; k > 0; k-- {
			order := strings.Compare(r.items[r.perm[k-1]].key, r.items[i].key)
			if order == 0 {
				return false
			}
			if order < 0 {
				break
			}
			moved = true
			r.perm[k-1], r.perm[k] = r.perm[k], r.perm[k-1]
		}
	}
	if !moved {
		return false
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

// keyed finds the column of an item: a name, which in an assignment an equals sign follows.
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
