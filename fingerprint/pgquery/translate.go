package pgquery

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// A translation is a normal form in PostgreSQL's dialect: placeholders have numbers, names have PostgreSQL's quotes.
type translation struct {
	sql   string
	depth int   // upper bound of the depth of its tree
	of    []int // position of the value of each number
}

// value returns the position of the value of $number, -1 for none.
func (t *translation) value(number int) int {
	if number < 1 || number > len(t.of) {
		return -1
	}
	return t.of[number-1]
}

// A piece is a token of the normal form.
type piece struct {
	text, keyword string
	kind          fingerprint.TokenKind
	space         bool
}

func translate(d fingerprint.Dialect, p *fingerprint.Parsed) (*translation, error) {
	var pieces []piece
	end := 0
	for t := range fingerprint.Tokens(d, p.Text) {
		pieces = append(pieces, piece{p.Text[t.Start:t.End], t.Keyword, t.Kind, t.Start > end})
		end = t.End
	}
	comma := offsetFirst(pieces)
	if comma >= 0 {
		pieces[comma] = piece{text: "OFFSET", keyword: "OFFSET", kind: fingerprint.Word, space: true}
	}
	t := new(translation)
	var b strings.Builder
	var m depth
	values := 0
	for i, piece := range pieces {
		m.token(piece.text, piece.keyword, piece.kind)
		if piece.space || piece.kind == fingerprint.Operator { // two operators without a space are one
			b.WriteByte(' ')
		}
		if piece.kind != fingerprint.Placeholder {
			text, err := word(d, piece)
			if err != nil {
				return nil, err
			}
			b.WriteString(text)
			continue
		}
		switch {
		case i > 0 && typeBefore(pieces[i-1]):
			b.WriteString("'1'") // date '2020-01-01' takes no placeholder
			values++
			continue
		case comma >= 0 && i == comma-1: // offset and count are exchanged
			t.of = append(t.of, values+1)
		case comma >= 0 && i == comma+1:
			t.of = append(t.of, values-1)
		default:
			t.of = append(t.of, values)
		}
		b.WriteString("$" + strconv.Itoa(len(t.of)))
		values++
	}
	if values != len(p.Facts.Values) {
		return nil, fmt.Errorf("%d placeholders in the normal form, %d values", values, len(p.Facts.Values))
	}
	t.sql, t.depth = b.String(), m.most
	return t, nil
}

// word returns a piece that is no value in PostgreSQL's dialect.
func word(d fingerprint.Dialect, p piece) (string, error) {
	switch p.kind {
	case fingerprint.Variable:
		return "", fmt.Errorf("PostgreSQL has no variables like %s", p.text)
	case fingerprint.Quoted:
		if p.text[0] == '`' {
			name := strings.ReplaceAll(p.text[1:len(p.text)-1], "``", "`")
			return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`, nil
		}
	case fingerprint.Operator:
		switch {
		case len(p.text) > maxOperator:
			return "", fmt.Errorf("an operator has %d characters, more than %d", len(p.text), maxOperator)
		case d == fingerprint.MySQL && (p.text == "||" || p.text == "&&" || p.text == "!" || p.text == ":="):
			return "", fmt.Errorf("%s is another operator in PostgreSQL", p.text)
		case p.text == "<=>" && d == fingerprint.MySQL:
			return "IS NOT DISTINCT FROM", nil
		}
	case fingerprint.Word:
		// Without quotes it is the name of the role.
		if d != fingerprint.PostgreSQL && strings.EqualFold(p.text, "user") {
			return `"` + p.text + `"`, nil
		}
	}
	return p.text, nil
}

// typeBefore reports whether a value after the piece is a literal of the type that the piece names.
func typeBefore(p piece) bool {
	if p.kind != fingerprint.Word {
		return false
	}
	switch strings.ToLower(p.text) {
	case "interval":
		return true
	case "zone", "to", "uescape", "separator", "regexp", "rlike", "glob", "match", "div", "mod", "xor", "first", "next", "symmetric", "some":
		return false
	}
	return p.keyword == ""
}

// offsetFirst returns the position of the comma in LIMIT offset, count, which PostgreSQL does not have; -1 for none.
func offsetFirst(pieces []piece) int {
	for i := range pieces {
		if pieces[i].keyword == "LIMIT" && i+3 < len(pieces) && pieces[i+2].text == "," &&
			pieces[i+1].kind == fingerprint.Placeholder && pieces[i+3].kind == fingerprint.Placeholder {
			return i + 2
		}
	}
	return -1
}
