package fingerprint

import (
	"encoding/hex"
	"strconv"
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
		// 'now' is the clock, not a value.
		if e.d != MySQL && len(raw) == len("'now'") && strings.EqualFold(raw, "'now'") {
			e.write(piece{kind: tokString, value: -1}, "'now'")
			return
		}
	}
	e.inlined(e.hashLiteral(kind, raw))
	e.last.kind = kind
}

// adjacent adds a literal to the previous one: 'a' 'b' is one text.
func (e *emitter) adjacent(raw string) {
	h := e.hashLiteral(tokString, raw)
	e.literals = value.Mix(e.literals, h)
	if i := e.last.value; i >= 0 {
		e.bindings[i].Literal = value.Mix(e.bindings[i].Literal, h)
	}
}

// constant writes NULL, TRUE or FALSE where it is a value. TRUE and FALSE have the hashes of 1 and 0, as in package value.
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

// param writes a placeholder and records which argument it takes.
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

// named returns the index of the argument with a name, and a copy of the name. Arguments have the order in which their names
// first appear. The name is empty where it is longer than maxName.
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

// value writes the question mark of a value.
func (e *emitter) value(b Binding) {
	p := piece{kind: tokParam, value: -1}
	if len(e.bindings) < maxValues {
		p.value = int16(len(e.bindings))
		e.bindings = append(e.bindings, b)
	}
	e.write(p, "?")
}

// hashLiteral returns the hash that the value of a literal has when it is an argument.
func (e *emitter) hashLiteral(kind tokenKind, raw string) uint64 {
	if kind == tokNumber {
		return hashNumber(raw)
	}
	if raw[0] == '$' {
		tag := strings.IndexByte(raw[1:], '$') + 2
		return value.Text(strings.TrimSuffix(raw[tag:], raw[:tag]))
	}
	i := strings.IndexAny(raw, "'\"`[")
	if i < 0 {
		return value.Text(raw)
	}
	prefix, quote := raw[:i], raw[i:i+1]
	text := strings.TrimSuffix(raw[i+1:], quote)
	if prefix == "X" || prefix == "x" {
		if b, err := hex.DecodeString(text); err == nil {
			return value.Bytes(b)
		}
	}
	text = strings.ReplaceAll(text, quote+quote, quote)
	if e.d == MySQL || prefix == "E" || prefix == "e" {
		text = unescape(text)
	}
	return value.Text(text)
}

func hashNumber(raw string) uint64 {
	raw = strings.ReplaceAll(strings.TrimPrefix(raw, "+"), "_", "")
	switch {
	case len(raw) > 1 && raw[0] == '0' && isLetter(raw[1]): // 0x1F
		if n, err := strconv.ParseUint(raw, 0, 64); err == nil {
			return value.Uint(n)
		}
	case !strings.ContainsAny(raw, ".eE"):
		if n, err := strconv.ParseInt(raw, 10, 64); err == nil {
			return value.Int(n)
		}
		if n, err := strconv.ParseUint(raw, 10, 64); err == nil {
			return value.Uint(n)
		}
	}
	if f, err := strconv.ParseFloat(raw, 64); err == nil {
		return value.Float(f)
	}
	return value.Text(raw)
}

// unescape resolves the backslashes of a text, as MySQL does in every text and PostgreSQL in E'…'. Numeric escapes stay.
func unescape(text string) string {
	if strings.IndexByte(text, '\\') < 0 {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '\\' && i+1 < len(text) {
			i++
			switch c = text[i]; c {
			case 'n':
				c = '\n'
			case 'r':
				c = '\r'
			case 't':
				c = '\t'
			case 'b':
				c = '\b'
			case '0':
				c = 0
			}
		}
		b.WriteByte(c)
	}
	return b.String()
}
