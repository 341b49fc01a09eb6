package fingerprint

// maxAlternative is the length in bytes of the longest alternative that is compared with the first one.
const maxAlternative = 4096

// A chain is a sequence of alternatives: the conditions that OR connects, or the selects that UNION connects. Its zero value is
// a chain that has not begun.
type chain struct {
	begin      int16 // piece where the current alternative begins, counted from 1; 0 for none
	first, end int16 // pieces of the first alternative
	value      int16 // first value of the chain
	n          int16 // alternatives that have ended
	unlike     bool  // one of them differs from the first
}

// beginChain begins a chain at piece i.
func (r *reader) beginChain(c *chain, i int) {
	*c = chain{begin: int16(i + 1), value: int16(r.seen)}
}

// endAlternative ends the current alternative of a chain before piece end. The next one begins at piece next.
func (r *reader) endAlternative(c *chain, end, next int) {
	begin := int(c.begin) - 1
	if begin < 0 {
		return
	}
	switch {
	case c.n == 0:
		c.first, c.end = int16(begin), int16(end)
	case !c.unlike:
		c.unlike = !r.alike(int(c.first), int(c.end), begin, end)
	}
	c.n++
	c.begin = int16(next + 1)
}

// endChain ends a chain before piece end. If its alternatives have one form, it records their number in each of their values.
func (r *reader) endChain(c *chain, end int) {
	if c.begin == 0 {
		return
	}
	if c.n > 0 && !c.unlike {
		r.endAlternative(c, end, end)
		if !c.unlike {
			for i := int(c.value); i < r.seen; i++ {
				v := &r.f.Values[i]
				if v.Role != RoleLimit && v.Role != RoleOffset {
					v.Alternatives = max(v.Alternatives, 1) * uint16(c.n)
				}
			}
		}
	}
	*c = chain{}
}

// endChains ends the chains of a level before the current piece.
func (r *reader) endChains(l *level) {
	r.endChain(&l.or, r.i)
	r.endChain(&l.union, r.i)
}

// unites reads UNION, INTERSECT or EXCEPT at the current piece. The selects of a UNION are alternatives.
func (r *reader) unites(kw keyword) {
	q := r.query()
	q.compound = true
	if kw != kwUnion {
		q.union.unlike = true
	}
	next := r.i + 1
	if k := r.at(1).kw; k == kwAll || k == kwDistinct {
		next++
	}
	r.endAlternative(&q.union, r.i, next)
}

// alike reports whether two spans of pieces have the same text. An alias that only one of them has does not count: the first
// select of a UNION names the columns.
func (r *reader) alike(a, aEnd, b, bEnd int) bool {
	if a >= aEnd || b >= bEnd || r.pieces[aEnd-1].end-r.pieces[a].start > maxAlternative {
		return false
	}
	for a < aEnd && b < bEnd {
		if r.textAt(a) == r.textAt(b) {
			a, b = a+1, b+1
			continue
		}
		switch {
		case r.pieces[a].kw == kwAs:
			a += 2
		case r.pieces[b].kw == kwAs:
			b += 2
		default:
			return false
		}
	}
	if a < aEnd && r.pieces[a].kw == kwAs {
		a += 2
	}
	return a >= aEnd && b >= bEnd
}
