package fingerprint

import "github.com/nplusgone/nplusgone/internal/value"

// A Container is the form in which one value holds several.
type Container uint8

// The containers.
const (
	ContainerNone      Container = iota // the value is a single one
	ContainerArray                      // an array: = ANY(?), unnest(?)
	ContainerJSON                       // a JSON array: json_each(?)
	ContainerSeparated                  // a text with Binding.Separator between the values: FIND_IN_SET(column, ?), string_to_array(?, ',')
	ContainerOther                      // several values in a form that is not read: json_each(?, '$.ids')
	containerCount
)

var containerNames = [containerCount]string{"none", "array", "json", "separated", "other"}

// String returns the lower-case name of c.
func (c Container) String() string {
	if c < containerCount {
		return containerNames[c]
	}
	return containerNames[ContainerOther]
}

// MarshalText implements encoding.TextMarshaler with the form of String.
func (c Container) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// A call says what the function before a parenthesis does with a value that holds several.
type call uint8

const (
	callOther     call = iota // no function, or one of no interest
	callArray                 // unnest(array, …) makes rows
	callJSON                  // json_each(text) makes rows
	callSeparated             // string_to_array(text, separator) makes an array or rows
	callOpaque                // json_table(text, …) makes rows in a way that is not read
	callCast                  // CAST(value AS type)
	callFindInSet             // FIND_IN_SET(column, text) compares
	callMemberOf              // column MEMBER OF (text) compares
)

// callOf returns what the function with this name, in lower case, does.
func callOf(name string) call {
	switch name {
	case "unnest":
		return callArray
	case "json_each", "json_array_elements", "jsonb_array_elements", "json_array_elements_text", "jsonb_array_elements_text",
		"json_to_recordset", "jsonb_to_recordset", "openjson":
		return callJSON
	case "string_to_array", "string_to_table", "string_split":
		return callSeparated
	case "json_table", "regexp_split_to_array", "regexp_split_to_table":
		return callOpaque
	case "cast":
		return callCast
	case "find_in_set":
		return callFindInSet
	}
	return callOther
}

// container returns what the function unpacks.
func (c call) container() Container {
	switch c {
	case callArray:
		return ContainerArray
	case callJSON:
		return ContainerJSON
	case callSeparated:
		return ContainerSeparated
	case callOpaque:
		return ContainerOther
	}
	return ContainerNone
}

// makesRows reports whether the function with this name, in lower case, returns any number of rows where it is called in a
// select list.
func makesRows(name string) bool {
	switch name {
	case "unnest", "generate_series", "generate_subscripts", "jsonb_path_query", "regexp_matches", "regexp_split_to_table",
		"string_to_table", "json_array_elements", "jsonb_array_elements", "json_array_elements_text",
		"jsonb_array_elements_text", "json_each", "json_each_text", "jsonb_each", "jsonb_each_text", "json_object_keys",
		"jsonb_object_keys", "json_populate_recordset", "jsonb_populate_recordset", "json_to_recordset", "jsonb_to_recordset":
		return true
	}
	return false
}

// An operand is a value with the parentheses, casts and functions around it, up to where it is an operand of something
// else.
type operand struct {
	begin     int // its first piece
	level     int // the parenthesis that it stands in
	call      int // the outermost parenthesis of a function that unpacks the value; 0 for none
	container Container
	separator string
	converted bool // a function around it may return other values
}

// maxAround is how many parentheses around a value are looked at.
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

// separators are the texts that are recognized between the values of a text.
var separators = func() map[uint64]string {
	m := make(map[uint64]string)
	for _, s := range [...]string{",", ";", "|", " ", ":", "/", "-", "\t", "\n", ", "} {
		m[value.Text(s)] = s
	}
	return m
}()

// separator returns the text of the literal at piece i; empty when it is no literal, or not one of separators.
func (r *reader) separator(i int) string {
	if v := r.pieceAt(i).value; v >= 0 && r.p.Bindings[v].Arg < 0 {
		return separators[r.p.Bindings[v].Literal]
	}
	return ""
}

// settled returns o with the container that its elements can be read from.
func (o operand) settled() operand {
	if o.converted && o.container != ContainerNone {
		o.container = ContainerOther
	}
	return o
}

// unpacked returns what an operand with a value that holds several is compared with, and its container. The role is
// RoleOther for any other operand.
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

// separated returns the container of an operand, and notes the separator of the current value.
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
	r.p.Bindings[r.pieces[r.i].value].Separator = ","
	return c, ContainerSeparated
}

// AppendElements appends the hashes of the values that the argument v holds to dst, where position i takes a Container: no
// more than limit of them. It returns also how many v holds. A value that cannot be read has the hash value.Unknown. Known is
// false where the position takes no Container, and where v cannot be read.
func (p *Parsed) AppendElements(dst []uint64, i int, v any, limit int) (hashes []uint64, n int, known bool) {
	switch p.Facts.Values[i].Container {
	case ContainerArray:
		return value.Array(dst, v, limit)
	case ContainerJSON:
		return value.JSON(dst, v, limit)
	case ContainerSeparated:
		return value.Separated(dst, v, p.Bindings[i].Separator, limit)
	}
	return dst, 0, false
}
