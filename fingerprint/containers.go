package fingerprint

import "github.com/nplusgone/nplusgone/internal/value"

// An operand is a value with the parentheses, casts and functions around it.
type operand struct {
	begin     int // its first piece
	level     int // the level that it is in
	call      int // the level of the outermost function that unpacks the value; 0 for none
	container Container
	separator byte
	converted bool // a function around the value may return other values than it holds
}

// maxAround is how many parentheses around a value are read.
const maxAround = 6

// operand returns the operand that the value at the current piece is a part of.
func (r *reader) operand() operand {
	o := operand{begin: r.i, level: len(r.levels) - 1}
	for range maxAround {
		l := &r.levels[o.level]
		first := o.begin == l.open+1
		if o.level == l.query || l.bracket || !first && (l.call != callArray || r.textAt(o.begin-1) != ",") {
			break
		}
		before := r.pieceAt(l.open - 1)
		switch {
		case before.kind == tokWord && before.kw != kwNone, before.kind == tokEOF, l.call == callFindInSet, l.call == callMemberOf, r.isWord(l.open-1, "some"):
			return o.settled()
		case before.kind == tokWord:
			if c := l.call.container(); c != ContainerNone {
				o.call = o.level
				if o.container == ContainerNone {
					o.container = c
					if end := r.argumentEnd(); l.call == callSeparated {
						o.separator = r.separator(end + 1)
					} else if l.call == callJSON && r.textAt(end) == "," {
						o.converted = true // a path leads to the array
					}
				}
			} else if l.call != callCast {
				o.converted = true
			}
			o.begin = l.open - 1
			for r.textAt(o.begin-1) == "." {
				o.begin -= 2
			}
		default:
			o.begin = l.open
		}
		o.level--
	}
	return o.settled()
}

// argumentEnd returns the piece of the comma or parenthesis that ends the argument that the current piece is a part of.
func (r *reader) argumentEnd() int {
	const longest = 32
	depth := 0
	for i := r.i + 1; i < len(r.pieces) && i <= r.i+longest; i++ {
		switch r.textAt(i) {
		case "(", "[":
			depth++
		case ")", "]":
			if depth--; depth < 0 {
				return i
			}
		case ",":
			if depth == 0 {
				return i
			}
		}
	}
	return len(r.pieces)
}

// separators has the characters that are recognized between the values of a text, by their hashes.
var separators = func() map[uint64]byte {
	m := make(map[uint64]byte)
	for _, c := range []byte(",;|:/- \t\n") {
		m[value.Bytes([]byte{c})] = c
	}
	return m
}()

// separator returns the character of the literal at piece i. It is 0 where that is no literal, or none of separators.
func (r *reader) separator(i int) byte {
	if v := r.pieceAt(i).value; v >= 0 && r.p.Bindings[v].Arg < 0 {
		return separators[r.p.Bindings[v].Literal]
	}
	return 0
}

// settled returns o with a container whose values can be read from the argument, or ContainerOther.
func (o operand) settled() operand {
	if o.converted && o.container != ContainerNone {
		o.container = ContainerOther
	}
	return o
}

// unpacked returns the comparison of an operand whose value holds several, and its container. The role is RoleOther for
// another operand, and where the comparison is that of a source.
func (r *reader) unpacked(o operand) (comparison, Container) {
	before := o.begin - 1
	switch l := r.top(); {
	case r.opens(before) && r.quantifies(before-1):
		c := r.quantified(before - 1)
		switch {
		case o.container != ContainerNone:
			return c, r.separated(o)
		case o.converted:
			return c, ContainerOther
		}
		return c, ContainerArray
	case l.call == callFindInSet:
		return r.findInSet(l.open)
	case l.call == callMemberOf:
		c := r.columnBefore(l.open - 2)
		c.role = c.negated(RoleKey)
		return c, ContainerJSON
	case o.container == ContainerNone:
	case r.pieceAt(before).kw == kwIn: // IN UNNEST(?)
		c := r.listed(before, 0)
		c.list = false
		return c, r.separated(o)
	case r.levels[o.call].from:
		item := 0
		for k := len(r.selected) - 1; k >= 0 && r.selected[k].level == o.call; k-- {
			item++
		}
		r.selected = append(r.selected, selected{value: int(r.pieces[r.i].value), level: o.call, item: item})
		return comparison{}, r.separated(o)
	case r.levels[o.level].clause == inSelect && o.level == r.levels[o.level].query:
		return comparison{}, r.separated(o)
	}
	return comparison{}, ContainerNone
}

// separated returns the container of an operand, and records the separator of the current value.
func (r *reader) separated(o operand) Container {
	if o.container == ContainerSeparated {
		r.p.Bindings[r.pieces[r.i].value].Separator = o.separator
	}
	return o.container
}

// findInSet reads FIND_IN_SET(column, ?), whose arguments are opened at piece open, as a condition: alone, or more than 0.
func (r *reader) findInSet(open int) (comparison, Container) {
	c, ok := r.columnFrom(open + 1)
	if !ok || r.top().clause != inCondition || r.textAt(r.i-1) != "," || r.textAt(r.i+1) != ")" {
		return comparison{}, ContainerNone
	}
	switch next := r.pieceAt(r.i + 2); {
	case next.kind != tokOp, r.str(next) == ">", r.str(next) == "<>":
	default:
		return comparison{}, ContainerNone
	}
	c.role = RoleKey
	if r.pieceAt(open-2).kw == kwNot {
		c.role = RoleRange
	}
	r.p.Bindings[r.pieces[r.i].value].Separator = ','
	return c, ContainerSeparated
}
