package fingerprint

// longestList is how many pieces back a bracket is looked for. Lists are short: the normal form keeps one element.
const longestList = 256

// inside reads what encloses the operand at piece i: IN (…), = ANY(…), = ANY(ARRAY[…]), the row of (a, b) = (…) or of
// (a, b) IN ((…)), or a function.
func (r *reader) inside(i int) comparison {
	open, place := r.enclosing(i)
	if open < 0 {
		return comparison{}
	}
	before := open - 1
	p := r.pieceAt(before)
	switch {
	case p.kw == kwIn:
		return r.listed(before, place)
	case p.kw == kwArray && r.textAt(before-1) == "(": // ANY(ARRAY[…])
		c := r.quantified(before - 2)
		c.list = c.role != RoleOther
		return c
	case r.opens(before): // a row of IN ((…))
		if list, _ := r.enclosing(open); list >= 0 && r.pieceAt(list-1).kw == kwIn {
			return r.listed(list-1, place)
		}
	case p.kind == tokOp: // (a, b) = (…), (a, b) < (…)
		if role := roleOf(r.str(p)); role != RoleOther {
			c := r.columnAt(before, place)
			c.role = role
			return c
		}
	case r.quantifies(before):
		return r.quantified(before)
	case p.kind == tokWord && p.kw == kwNone && place == 0 && r.textAt(r.afterCast(i+1)) == ")":
		return r.leftOf(before) // lower(?) is compared as the value would be
	}
	return comparison{}
}

// listed returns the comparison of [NOT] IN at piece i.
func (r *reader) listed(i, place int) comparison {
	role := RoleKey
	if r.pieceAt(i-1).kw == kwNot {
		role = RoleRange
		i--
	}
	c := r.columnAt(i, place)
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
		c.role = RoleRange // equal to all of them is another thing than equal to one
	}
	return c
}

// columnAt returns the column before the operator at piece i: that at a place of a row (a, b), or the only one.
func (r *reader) columnAt(i, place int) comparison {
	if r.textAt(i-1) != ")" {
		return r.columnBefore(i)
	}
	open, last := r.enclosing(i - 1)
	if open < 0 || place > last || !r.rowAt(open) {
		return comparison{}
	}
	j := open + 1
	for depth := 0; place > 0; j++ {
		if j >= i {
			return comparison{} // brackets that do not match
		}
		switch r.textAt(j) {
		case "(", "[":
			depth++
		case ")", "]":
			depth--
		case ",":
			if depth == 0 {
				place--
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

// enclosing returns the piece of the bracket that encloses piece i, and how many commas part the two; -1 when there is none
// near, or when it holds a query.
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
