package fingerprint

// A columnRef is a column as a condition names it.
type columnRef struct{ qual, name string }

// comparison looks around the value at the current piece for what it is compared with.
func (r *reader) comparison() (Role, columnRef) {
	role, left := r.leftOf(r.i)
	if role != RoleOther {
		return role, left
	}
	// value op column
	n := r.afterCast(r.i + 1)
	if role := roleOf(r.textAt(n)); role != RoleOther {
		if c := r.columnFrom(n + 1); c.name != "" {
			return role, c
		}
	}
	return RoleOther, columnRef{}
}

// leftOf reads what stands before the operand that begins at piece i: a column and an operator, or the inside of a list.
func (r *reader) leftOf(i int) (Role, columnRef) {
	switch prev := r.textAt(i - 1); prev {
	case "(", "[", ",":
		return r.inList(i)
	case "AND": // BETWEEN low AND high
		j := i - 2
		for k := 0; k < 8 && j >= 0; k, j = k+1, j-1 {
			if r.pieces[j].kw == kwBetween {
				return RoleRange, r.columnBefore(j)
			}
			if r.pieces[j].kw != kwNone {
				break
			}
		}
		return RoleOther, columnRef{}
	default:
		role := roleOf(prev)
		if role == RoleOther {
			return role, columnRef{}
		}
		j := i - 1
		if j > 0 && r.pieces[j-1].kw == kwNot {
			j-- // NOT LIKE
		}
		return role, r.columnBefore(j)
	}
}

// inList reads IN (…), = ANY(…), = ANY(ARRAY[…]) and rows (a, b) = (…) around the operand at piece i.
func (r *reader) inList(i int) (Role, columnRef) {
	place := 0 // in a row
	j := i - 1
	for depth := 0; j >= 0 && i-j < 256; j-- {
		t := r.textAt(j)
		if t == ")" || t == "]" {
			depth++
		} else if t == "(" || t == "[" {
			if depth == 0 {
				break
			}
			depth--
		} else if t == "," && depth == 0 {
			place++
		} else if r.pieces[j].kw == kwSelect && depth == 0 {
			return RoleOther, columnRef{}
		}
	}
	if j < 0 {
		return RoleOther, columnRef{}
	}
	before := j - 1
	if r.textAt(before) == "ARRAY" {
		before--
		if r.textAt(before) == "(" {
			before--
		}
	}
	switch r.textAt(before) {
	case "IN", "ANY", "some", "SOME":
		if r.textAt(before) != "IN" {
			before-- // the operator
			if r.textAt(before) != "=" {
				return RoleRange, columnRef{}
			}
		}
		if r.textAt(before-1) == "NOT" {
			return RoleRange, r.columnBefore(before - 1)
		}
		return RoleKey, r.columnAt(before, place)
	case "(", ",": // a row of IN ((…))
		if k := r.inKeyword(before); k >= 0 {
			return RoleKey, r.columnAt(k, place)
		}
	case "=":
		return RoleKey, r.columnAt(before, place)
	default:
		// A function around the value: lower(?) compares as the value would.
		if p := r.pieceAt(before); p.kind == tokWord && p.kw == kwNone && place == 0 {
			return r.leftOf(before)
		}
	}
	return RoleOther, columnRef{}
}

// inKeyword returns the piece of the IN whose list holds piece j, or -1.
func (r *reader) inKeyword(j int) int {
	for depth := 0; j >= 0; j-- {
		switch r.textAt(j) {
		case ")":
			depth++
		case "(":
			if depth == 0 {
				if r.textAt(j-1) == "IN" {
					return j - 1
				}
				return -1
			}
			depth--
		}
	}
	return -1
}

// columnAt returns the column before the operator at piece j: the place-th of a row (a, b), or the only one.
func (r *reader) columnAt(j, place int) columnRef {
	if r.textAt(j-1) != ")" {
		if c := r.columnBefore(j); place == 0 || r.textAt(j) == "IN" || r.textAt(j) == "=" {
			return c
		}
		return columnRef{}
	}
	open := j - 2
	commas := []int{}
	for depth := 0; open >= 0; open-- {
		t := r.textAt(open)
		if t == ")" {
			depth++
		} else if t == "(" {
			if depth == 0 {
				break
			}
			depth--
		} else if t == "," && depth == 0 {
			commas = append(commas, open)
		}
	}
	if open < 0 || place > len(commas) {
		return columnRef{}
	}
	begin := open + 1
	if place > 0 {
		begin = commas[len(commas)-place] + 1
	}
	return r.columnFrom(begin)
}

// columnBefore returns the column whose name ends before piece j; none after an expression.
func (r *reader) columnBefore(j int) columnRef {
	j = r.beforeCast(j - 1)
	p := r.pieceAt(j)
	if p.kind != tokWord || p.kw != kwNone {
		return columnRef{}
	}
	c := columnRef{name: r.str(p)}
	if r.textAt(j-1) == "." {
		if q := r.pieceAt(j - 2); q.kind == tokWord {
			c.qual = r.str(q)
		}
	}
	return c
}

// columnFrom returns the column whose name begins at piece i; none when it is a function.
func (r *reader) columnFrom(i int) columnRef {
	p := r.pieceAt(i)
	if p.kind != tokWord || p.kw != kwNone {
		return columnRef{}
	}
	c := columnRef{name: r.str(p)}
	for r.textAt(i+1) == "." && r.pieceAt(i+2).kind == tokWord {
		c.qual, c.name = c.name, r.str(r.pieceAt(i+2))
		i += 2
	}
	if r.textAt(i+1) == "(" {
		return columnRef{}
	}
	return c
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

func (r *reader) pieceAt(i int) piece {
	if i < 0 || i >= len(r.pieces) {
		return piece{value: -1}
	}
	return r.pieces[i]
}

func (r *reader) textAt(i int) string { return r.str(r.pieceAt(i)) }

// roleOf returns what an operator compares for.
func roleOf(op string) Role {
	switch op {
	case "=", "<=>":
		return RoleKey
	case "<", ">", "<=", ">=", "<>", "LIKE", "ILIKE", "~", "~*", "!~", "!~*", "~~", "BETWEEN", "glob", "regexp", "rlike", "@>", "<@", "&&":
		return RoleRange
	}
	return RoleOther
}
