package fingerprint

import "slices"

// values follows where SQLite mostly has values: behind a comparison, in the list of IN, and in the rows of VALUES. A
// double-quoted token there is a text, as many write it, unless there is a column of that name.
type values struct {
	depth    int  // open parentheses
	list     int  // depth within the innermost list or row; 0 for none
	rows     int  // depth of the rows of VALUES, + 1; 0 for none
	opens    bool // the previous token is IN
	compared bool // the previous token is a comparison
	first    bool // the previous token is the parenthesis or a comma of the list
	assigns  bool // between SET and WHERE an equals sign compares nothing
}

// expected reports whether the next token is mostly a value.
func (v *values) expected() bool { return v.compared || v.first }

// follow takes the next token of a text.
func (v *values) follow(t token, text string) {
	opens := v.opens
	v.opens, v.compared, v.first = false, false, false
	switch t.kind {
	case tokWord:
		v.word(t.kw)
	case tokOp:
		op := text[t.start:t.end]
		v.compared = slices.Contains(comparisons[:], op) && !(v.assigns && op == "=")
	case tokPunct:
		v.punct(text[t.start], opens)
		return
	}
	if v.rows > 0 && v.depth == v.rows-1 && t.kind != tokWord {
		v.rows = 0
	}
}

func (v *values) word(kw keyword) {
	if v.rows > 0 && v.depth == v.rows-1 {
		v.rows = 0
	}
	switch kw {
	case kwIn:
		v.opens = true
	case kwValues:
		v.rows = v.depth + 1
	case kwLike:
		v.compared = true
	case kwSet:
		v.assigns = true
	case kwWhere, kwFrom, kwSelect, kwReturning:
		v.assigns = false
	}
}

func (v *values) punct(c byte, opens bool) {
	switch c {
	case '(':
		v.depth++
		if opens || v.rows > 0 && v.depth == v.rows {
			v.list, v.first = v.depth, true
		}
	case ')':
		if v.depth == v.list {
			v.list = 0
		}
		v.depth = max(v.depth-1, 0)
	case ',':
		v.first = v.list > 0 && v.depth == v.list
	case ';':
		*v = values{}
	}
}

var comparisons = [...]string{"=", "==", "<>", "!=", "<", ">", "<=", ">="}
