package rewrite

import (
	"strconv"
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// A writer writes a statement, and notes its arguments.
type writer struct {
	strings.Builder
	dialect fingerprint.Dialect
	turns   int
	more    bool // for people: an ellipsis follows the turns
	options Options
	args    []Arg
	holes   map[int]func() // what stands in place of a value, by its position
}

func (w *writer) text(s ...string) {
	for _, s := range s {
		w.WriteString(s)
	}
}

// arg writes the placeholder of an argument, or the literal that stands for it.
func (w *writer) arg(a Arg) {
	if w.options.Literal != nil && a.Turn != All {
		if text := w.options.Literal(a); text != "" {
			w.text(text)
			return
		}
	}
	w.args = append(w.args, a)
	if w.dialect == fingerprint.PostgreSQL {
		w.text("$", strconv.Itoa(len(w.args)))
	} else {
		w.text("?")
	}
}

// typed writes an argument with its type, where that is known.
func (w *writer) typed(a Arg) {
	w.arg(a)
	if w.options.Type != nil {
		if name := w.options.Type(a); name != "" {
			w.text("::", name)
		}
	}
}

// each writes something for each turn.
func (w *writer) each(separator string, write func(turn int)) {
	for turn := range w.turns {
		if turn > 0 {
			w.text(separator)
		}
		write(turn)
	}
	if w.more {
		w.text(separator, "…")
	}
}

// span writes tokens as they stand.
func (w *writer) span(s *statement, sp span) { w.spanAt(s, sp, 0) }

// spanAt writes tokens with the values of a turn.
func (w *writer) spanAt(s *statement, sp span, turn int) {
	for i := sp.begin; i < sp.end; i++ {
		t := &s.toks[i]
		if i > sp.begin && t.space {
			w.text(" ")
		}
		switch {
		case t.value < 0:
			w.text(t.text)
		case w.holes[t.value] != nil && !s.parent:
			w.holes[t.value]()
		case w.more && s.typedLiteral(i):
			w.text("'…'") // INTERVAL $1 would be none
		default:
			w.arg(Arg{Value: t.value, Turn: turn, Parent: s.parent})
			if w.more && s.arity(t.value) > 1 {
				w.text(", …") // a list that is the same in every turn
			}
		}
	}
}

// list writes what compares a key with those of all turns.
func (w *writer) list(s *statement, k key) {
	if len(k.columns) > 1 {
		w.rowList(s, k)
		return
	}
	w.span(s, k.columns[0])
	if w.dialect == fingerprint.PostgreSQL {
		w.text(" = ANY(")
		w.arg(Arg{Value: k.values[0], Turn: All})
		if k.cast != "" {
			w.text("::", k.cast, "[]")
		}
		w.text(")")
		return
	}
	w.text(" IN (")
	w.each(", ", func(turn int) { w.arg(Arg{Value: k.values[0], Turn: turn}) })
	w.text(")")
}

// rowList writes (a, b) IN ((?, ?), …). SQLite wants VALUES there.
func (w *writer) rowList(s *statement, k key) {
	w.text("(")
	for i, c := range k.columns {
		if i > 0 {
			w.text(", ")
		}
		w.span(s, c)
	}
	w.text(") IN (")
	if w.dialect == fingerprint.SQLite {
		w.text("VALUES ")
	}
	w.each(", ", func(turn int) {
		w.text("(")
		for i, v := range k.values {
			if i > 0 {
				w.text(", ")
			}
			w.arg(Arg{Value: v, Turn: turn})
		}
		w.text(")")
	})
	w.text(")")
}
