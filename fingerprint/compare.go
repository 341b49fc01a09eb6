package fingerprint

import "strings"

// A comparison is what a value is compared with, and how.
type comparison struct {
	role       Role
	qual, name string // the column; empty for an expression
	list       bool
	not        bool // NOT stands before the column
}

// comparison looks around the value at the current piece for what it is compared with.
func (r *reader) comparison() comparison {
	if c := r.leftOf(r.i); c.role != RoleOther {
		return c
	}
	// value op column
	n := r.afterCast(r.i + 1)
	if role := roleOf(r.textAt(n)); role != RoleOther {
		if c, ok := r.columnFrom(n + 1); ok {
			c.role = role
			return c
		}
	}
	return comparison{}
}

// leftOf reads what stands before the operand that begins at piece i: a column and an operator, or the inside of a list.
func (r *reader) leftOf(i int) comparison {
	prev := r.pieceAt(i - 1)
	switch {
	case r.opens(i - 1):
		return r.inside(i)
	case prev.kw == kwAnd:
		return r.betweenAnd(i - 1)
	case prev.kw == kwFrom: // IS DISTINCT FROM
		return r.distinctFrom(i - 1)
	}
	return r.compared(roleOf(r.textAt(i-1)), i-1)
}

// compared returns the comparison of the column before the operator at piece i, which NOT may precede.
func (r *reader) compared(role Role, i int) comparison {
	if role == RoleOther {
		return comparison{}
	}
	if r.pieceAt(i-1).kw == kwNot {
		role = RoleRange
		i--
	}
	c := r.columnBefore(i)
	c.role = c.negated(role)
	return c
}

// negated returns the role of a comparison that NOT may stand before: NOT a = 1.
func (c *comparison) negated(role Role) Role {
	if c.not && role == RoleKey {
		return RoleRange
	}
	return role
}

// betweenAnd reads x BETWEEN low AND, up to the AND at piece i.
func (r *reader) betweenAnd(i int) comparison {
	const longest = 12 // pieces of low
	for j := i - 1; j >= 0 && i-j <= longest; j-- {
		switch p := r.pieces[j]; {
		case p.kw == kwBetween:
			return r.compared(RoleRange, j)
		case p.kw != kwNone:
			return comparison{}
		}
	}
	return comparison{}
}

// distinctFrom reads x IS [NOT] DISTINCT FROM, up to the FROM at piece i.
func (r *reader) distinctFrom(i int) comparison {
	if r.pieceAt(i-1).kw != kwDistinct {
		return comparison{}
	}
	role, is := RoleRange, i-2
	if r.pieceAt(is).kw == kwNot {
		role, is = RoleKey, i-3
	}
	if r.pieceAt(is).kw != kwIs {
		return comparison{}
	}
	return r.compared(role, is)
}

// columnBefore returns the column whose name ends before piece i; none after an expression.
func (r *reader) columnBefore(i int) comparison {
	i = r.beforeCast(i - 1)
	begin := i
	for r.textAt(begin-1) == "." {
		begin -= 2
	}
	if p := r.pieceAt(begin - 1); p.kw == kwNone && p.kind != tokEOF && !r.opens(begin-1) {
		return comparison{}
	}
	c, ok := r.columnFrom(begin)
	if !ok {
		return comparison{}
	}
	c.not = r.pieceAt(begin-1).kw == kwNot
	return c
}

// opens reports whether piece i is a bracket or a comma that an operand may follow.
func (r *reader) opens(i int) bool {
	if p := r.pieceAt(i); p.kind == tokPunct {
		c := r.text[p.start]
		return c == '(' || c == '[' || c == ','
	}
	return false
}

// columnFrom returns the column whose name begins at piece i; none when it is a function or only a part of an expression.
func (r *reader) columnFrom(i int) (c comparison, ok bool) {
	p := r.pieceAt(i)
	if p.kind != tokWord || p.kw != kwNone {
		return c, false
	}
	begin := p.start
	c.name = r.str(p)
	for r.textAt(i+1) == "." && r.pieceAt(i+2).kind == tokWord {
		c.qual = r.text[begin:r.pieces[i].end]
		i += 2
		c.name = r.textAt(i)
	}
	i = r.afterCast(i + 1)
	next := r.pieceAt(i)
	if next.kind == tokOp && roleOf(r.str(next)) == RoleOther || r.textAt(i) == "(" {
		return comparison{}, false
	}
	return c, true
}

// afterCast passes over ::type after an operand.
func (r *reader) afterCast(i int) int {
	for r.textAt(i) == "::" {
		i += 2
	}
	return i
}

// beforeCast passes back over ::type to the operand it casts.
func (r *reader) beforeCast(i int) int {
	for r.textAt(i-1) == "::" {
		i -= 2
	}
	return i
}

// roleOf returns what an operator compares for.
func roleOf(op string) Role {
	if op == "=" {
		return RoleKey
	}
	switch op {
	case "<=>", "IS":
		return RoleKey
	case "<", ">", "<=", ">=", "<>", "LIKE", "ILIKE", "BETWEEN", "~", "~*", "!~", "!~*", "~~", "@>", "<@", "&&":
		return RoleRange
	}
	for _, word := range [...]string{"glob", "rlike", "match", "regexp"} {
		if len(word) == len(op) && strings.EqualFold(word, op) {
			return RoleRange
		}
	}
	return RoleOther
}
