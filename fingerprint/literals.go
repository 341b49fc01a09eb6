package fingerprint

import (
	"strings"

	"github.com/nplusgone/nplusgone/internal/value"
)

// literal writes a literal.
func (e *emitter) literal(kind tokenKind, raw string) {
	if kind == tokString {
		if e.last.kind == tokString && (e.d == MySQL || e.d == PostgreSQL) {
			e.adjacent(raw)
			return
		}
		// What 'now' stands for is no value but the clock: a statement with it is another one.
		if e.d != MySQL && len(raw) == len("'now'") && strings.EqualFold(raw, "'now'") {
			e.write(piece{kind: tokString, value: -1}, "'now'")
			return
		}
	}
	e.inlined(e.hashLiteral(kind, raw))
	e.last.kind = kind
}

// adjacent adds a literal to the one right before it: 'a' 'b' is one text.
func (e *emitter) adjacent(raw string) {
	h := e.hashLiteral(tokString, raw)
	e.literals = value.Mix(e.literals, h)
	if i := e.last.value; i >= 0 {
		e.bindings[i].Literal = value.Mix(e.bindings[i].Literal, h)
	}
}

// constant writes NULL, TRUE or FALSE where it is a value. The latter two are what drivers make of them: numbers.
func (e *emitter) constant(kw keyword) {
	switch kw {
	case kwTrue:
		e.inlined(value.Int(1))
	case kwFalse:
		e.inlined(value.Int(0))
	default:
		e.inlined(value.Null)
	}
}

func (e *emitter) inlined(hash uint64) {
	e.literals = value.Mix(e.literals, hash)
	e.value(Binding{Arg: -1, Literal: hash, Arity: 1})
}

// param writes a placeholder, and notes which argument it takes.
func (e *emitter) param(raw string) {
	b := Binding{Arity: 1}
	switch {
	case len(raw) == 1: // ?
		b.Arg = e.args
		e.args++
	case isDigit(raw[1]): // ?1 $1 :1
		n := 0
		for i := 1; i < len(raw) && n < 1<<20; i++ {
			n = n*10 + int(raw[i]-'0')
		}
		b.Arg = max(0, n-1)
		e.args = max(e.args, n)
	default:
		b.Arg, b.Name = e.named(raw[1:])
	}
	e.value(b)
}

// named returns the index of the argument with a name, and a copy of the name. Names count in the order they come. One
// that is too long to be a name is not kept.
func (e *emitter) named(name string) (int, string) {
	if len(name) > maxName {
		e.args++
		return e.args - 1, ""
	}
	for _, b := range e.names {
		if b.Name == name {
			return b.Arg, b.Name
		}
	}
	b := Binding{Arg: e.args, Name: strings.Clone(name)}
	e.args++
	if len(e.names) < maxValues {
		e.names = append(e.names, b)
	}
	return b.Arg, b.Name
}

// value writes the question mark that stands for every value.
func (e *emitter) value(b Binding) {
	p := piece{kind: tokParam, value: -1}
	if len(e.bindings) < maxValues {
		p.value = int16(len(e.bindings))
		e.bindings = append(e.bindings, b)
	}
	e.write(p, "?")
}
