package fingerprint

import "strings"

// A comparison says what a value is compared with, and how.
type comparison struct {
	role       Role
	qual, name string // the column; empty for an expression
	list       bool
	not        bool // NOT precedes the column
}

// comparison reads what the value at the current piece is compared with.
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

// leftOf reads what precedes the operand that begins at piece i: a column and an operator, or the beginning of a list.
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

// compared returns the comparison with the column before the operator at piece i, which NOT may precede.
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

// negated returns the role of a comparison that NOT may precede: NOT a = 1.
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

// columnBefore returns the column whose name ends before piece i. It returns none where an expression ends there.
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

// opens reports whether piece i is an opening bracket or a comma.
func (r *reader) opens(i int) bool {
	if p := r.pieceAt(i); p.kind == tokPunct {
		c := r.text[p.start]
		return c == '(' || c == '[' || c == ','
	}
	return false
}

// columnFrom returns the column whose name begins at piece i. It is not ok for a function or a part of an expression.
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

// afterCast returns the piece after the casts ::type that begin at piece i.
func (r *reader) afterCast(i int) int {
	for r.textAt(i) == "::" {
		i += 2
	}
	return i
}

// beforeCast returns the piece before the casts ::type that end at piece i.
func (r *reader) beforeCast(i int) int {
	for r.textAt(i-1) == "::" {
		i -= 2
	}
	return i
}

// roleOf returns the role of the operands of an operator.
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

// longestList is how many pieces back an opening bracket is searched. The normal form has short lists.
const longestList = 256

// inside reads what encloses the operand at piece i: IN (…), = ANY(ARRAY[…]), the row of (a, b) = (…) or of
// (a, b) IN ((…)), or a function.
func (r *reader) inside(i int) comparison {
	open, column := r.enclosing(i)
	if open < 0 {
		return comparison{}
	}
	before := open - 1
	p := r.pieceAt(before)
	switch {
	case p.kw == kwIn:
		return r.listed(before, column)
	case p.kw == kwArray && r.textAt(before-1) == "(": // ANY(ARRAY[…])
		c := r.quantified(before - 2)
		c.list = c.role != RoleOther
		return c
	case r.opens(before): // a row of IN ((…))
		if list, _ := r.enclosing(open); list >= 0 && r.pieceAt(list-1).kw == kwIn {
			return r.listed(list-1, column)
		}
	case p.kind == tokOp: // (a, b) = (…), (a, b) < (…)
		if role := roleOf(r.str(p)); role != RoleOther {
			c := r.columnAt(before, column)
			c.role = role
			return c
		}
	case p.kind == tokWord && p.kw == kwNone:
		end := r.textAt(r.afterCast(i + 1))
		if column == 0 && end == ")" {
			if c := r.leftOf(before); c.role != RoleOther {
				return c // lower(?) is compared as the value would be
			}
		}
		if end == ")" || end == "," {
			return r.computed(open)
		}
	}
	return comparison{}
}

// computed reads what the result of the function whose arguments open at piece open is compared with, also through other functions
// around it: encode(digest(?, 'sha256'), 'hex'). Its values select rows as the result does, but the column has other values.
func (r *reader) computed(open int) (c comparison) {
	for range maxAround {
		begin := open - 1
		for r.textAt(begin-1) == "." {
			begin -= 2
		}
		if !r.opens(begin - 1) {
			c = r.leftOf(begin)
			break
		}
		if open, _ = r.enclosing(begin); open < 0 {
			break
		}
		if p := r.pieceAt(open - 1); p.kind != tokWord || p.kw != kwNone {
			break // a list, or a row
		}
	}
	c.qual, c.name = "", ""
	return c
}

// listed returns the comparison of [NOT] IN at piece i with a column of the row before it.
func (r *reader) listed(i, column int) comparison {
	role := RoleKey
	if r.pieceAt(i-1).kw == kwNot {
		role = RoleRange
		i--
	}
	c := r.columnAt(i, column)
	c.role, c.list = c.negated(role), true
	return c
}

// quantifies reports whether piece i is ANY, SOME or ALL.
func (r *reader) quantifies(i int) bool {
	kw := r.pieceAt(i).kw
	return kw == kwAny || kw == kwAll || r.isWord(i, "some")
}

// quantified returns the comparison of an operator and ANY, SOME or ALL at piece i.
func (r *reader) quantified(i int) comparison {
	if !r.quantifies(i) {
		return comparison{}
	}
	c := r.compared(roleOf(r.textAt(i-1)), i-1)
	if c.role == RoleKey && r.pieces[i].kw == kwAll {
		c.role = RoleRange // a value that equals all of them is no key
	}
	return c
}

// columnAt returns the column before the operator at piece i: one of a row (a, b), or the only one.
func (r *reader) columnAt(i, column int) comparison {
	if r.textAt(i-1) != ")" {
		return r.columnBefore(i)
	}
	open, last := r.enclosing(i - 1)
	if open < 0 || column > last || !r.rowAt(open) {
		return comparison{}
	}
	j := open + 1
	for depth := 0; column > 0; j++ {
		if j >= i {
			return comparison{} // the brackets do not match
		}
		switch r.textAt(j) {
		case "(", "[":
			depth++
		case ")", "]":
			depth--
		case ",":
			if depth == 0 {
				column--
			}
		}
	}
	c, _ := r.columnFrom(j)
	return c
}

// rowAt reports whether the parenthesis at piece i opens a row, not the arguments of a function.
func (r *reader) rowAt(i int) bool {
	p := r.pieceAt(i - 1)
	return p.kind != tokWord || p.kw != kwNone
}

// enclosing returns the opening bracket around piece i, and the number of commas between the two. It returns -1 where there is
// none within longestList pieces, and where the bracket holds a query.
func (r *reader) enclosing(i int) (open, commas int) {
	depth := 0
	for j := i - 1; j >= 0 && i-j <= longestList; j-- {
		p := r.pieces[j]
		if depth == 0 && p.kw == kwSelect {
			return -1, 0
		}
		if p.kind != tokPunct {
			continue
		}
		switch r.text[p.start] {
		case ')', ']':
			depth++
		case '(', '[':
			if depth == 0 {
				return j, commas
			}
			depth--
		case ',':
			if depth == 0 {
				commas++
			}
		}
	}
	return -1, 0
}
