package rewrite

import "github.com/nplusgone/nplusgone/fingerprint"

// A Loop is a statement that a loop runs, and what is known of its turns. The zero value of each field after Parsed is the
// cautious one.
type Loop struct {
	Dialect fingerprint.Dialect
	Parsed  *fingerprint.Parsed // of any turn

	// Values says how the value at a position of Facts.Values changes from turn to turn. Nil means that nothing is known
	// of the turns: values of keys, of SET and of INSERT vary unless InText reports true, the rest are equal.
	Values func(value int) Variation

	// Many reports whether the value, a list or an array, held several keys in some turn. Nil means what the text says: the
	// length of an IN list. How many keys an array holds is unknown then, which counts as several.
	Many func(value int) bool

	// Text reports whether the value is text, so that the database may ignore its case. Nil means unknown.
	Text func(value int) bool

	Names    []string // columns of the result as the driver reported them; nil for unknown
	LimitOne bool     // the argument of LIMIT was 1 in every turn
	Unique   bool     // the schema or the source says that a key matches one row at most
	Repeats  bool     // a key occurred in two turns of this run
	Result   Use      // whether the code uses the result of each single write

	// Varies is the former Values: it reports whether a value differed from turn to turn. A value that did not is constant
	// if InText reports true, else equal. It is not used if Values is set.
	Varies func(value int) bool
}

// A Variation says how a value changes from turn to turn of a loop.
type Variation uint8

const (
	// Varies is a value that differed between two turns, or of which nothing is known.
	Varies Variation = iota

	// Equal is a value that was the same in every turn of this run. Another run may differ: a write gives each row its own
	// value, or there is no rewrite; a read keeps the value in one place and says so in its note.
	Equal

	// Constant is a value that the source says is the same in every turn of every run.
	Constant
)

// Use says whether the code uses the result of each single statement of a loop: LastInsertId, RowsAffected, or the rows of
// RETURNING. One statement for all rows does not return it in the same form.
type Use uint8

const (
	Unknown Use = iota // the note says what the result becomes
	Used               // there is no rewrite, unless the result can be assigned to the rows
	Unused             // the result does not matter
)

// variation returns how a value changes. Without Values, a literal of which InText reports true is constant, other values of
// keys, SET and INSERT vary, and the rest are equal.
func (l *Loop) variation(value int) Variation {
	if l.Values != nil {
		return l.Values(value)
	}
	if l.Varies != nil {
		switch {
		case l.Varies(value):
			return Varies
		case InText(l.Parsed, value):
			return Constant
		}
		return Equal
	}
	if InText(l.Parsed, value) {
		return Constant
	}
	switch l.Parsed.Facts.Values[value].Role {
	case fingerprint.RoleKey, fingerprint.RoleInsert, fingerprint.RoleSet:
		return Varies
	}
	return Equal
}

// InText reports whether a value is a literal of a text that also has placeholders. It assumes that a program which passes
// arguments writes into the text only what is constant; NULL is excepted, because builders write it in place of an
// argument. The caller combines it with the fact that the texts of all turns are equal.
func InText(p *fingerprint.Parsed, value int) bool {
	b := p.Bindings[value]
	if b.Arg >= 0 || b.Literal == 0 {
		return false
	}
	for _, b := range p.Bindings {
		if b.Arg >= 0 {
			return true
		}
	}
	return false
}

// varies reports whether a value differs from turn to turn of this run.
func (l *Loop) varies(value int) bool { return l.variation(value) == Varies }

// mayVary reports whether a value may differ from turn to turn in some run.
func (l *Loop) mayVary(value int) bool { return l.variation(value) != Constant }

// many reports whether a value that a list or an array takes may hold several keys.
func (l *Loop) many(value int, array bool) bool {
	if l.Many != nil {
		return l.Many(value)
	}
	return array || l.Parsed.Bindings[value].Arity > 1
}

// limitOne reports whether LIMIT is 1.
func (l *Loop) limitOne() bool { return l.Parsed.LimitOne || l.LimitOne }

// ignoresCase reports whether the database may match a key with text in another case: MySQL does by default, the other
// databases do for some columns.
func (l *Loop) ignoresCase(k key) bool {
	for _, v := range k.values {
		switch {
		case l.Text == nil:
			if l.Dialect == fingerprint.MySQL {
				return true
			}
		case l.Text(v):
			return true
		}
	}
	return false
}
